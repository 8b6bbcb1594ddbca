package io.github.metallbdyn6.handover;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MisplacedServicesTest {
  private final MisplacedServices misplaced = new MisplacedServices(new HandoverSchedule());
  private final LiveService web = LiveService.at("web", "192.0.2.11", "2001:db8:a::1001");

  @Test
  void isNobodyWhoWantsNothing() {
    assertThat(misplaced.note(web.state())).isFalse();
    assertThat(misplaced.isAny()).isFalse();
  }

  @Test
  void countsEveryStateOfAServiceOnce() {
    ServiceState lacking = web.annotated(ServiceAnnotations.HOST_PART, "::1025").state();
    assertThat(misplaced.note(lacking)).isTrue();
    misplaced.done();

    assertThat(misplaced.note(lacking)).isFalse();
    assertThat(misplaced.note(web.annotated(ServiceAnnotations.HOST_PART, "::1026").state()))
        .isTrue();
  }

  @Test
  void isAServiceInTheMiddleOfAMoveAndNotOneThatWasGivenUp() {
    String record =
        "moving; pool=metallb-system/public; to=2001:db8:b::1; from=2001:db8:a::1; pin=yours;"
            + " since=2026-11-22T19:59:00Z";

    assertThat(misplaced.note(web.annotated(ServiceAnnotations.RECORD, record).state())).isTrue();
    misplaced.done();
    String givenUp = record.replace("moving", "given-up");
    assertThat(misplaced.note(web.annotated(ServiceAnnotations.RECORD, givenUp).state())).isFalse();
  }

  @Test
  void haveANewChanceWhenAnotherServiceGivesUpAnAddress() {
    LiveService other = LiveService.at("other", "192.0.2.12", "2001:db8:b::1001");
    misplaced.note(web.state());
    misplaced.note(other.state());
    misplaced.left(true);

    assertThat(misplaced.note(other.annotated(ServiceAnnotations.SHARING, "x").state())).isFalse();
    assertThat(misplaced.note(other.given("192.0.2.12").state())).isTrue();
    misplaced.done();
    assertThat(misplaced.note(other.annotated(ServiceAnnotations.PIN, "192.0.2.13").state()))
        .isTrue();
    misplaced.done();
    assertThat(misplaced.gone(other.state().uid())).isTrue();
    misplaced.done();
    misplaced.left(false);
    assertThat(misplaced.note(web.given("192.0.2.11").state())).isFalse();
  }
}
