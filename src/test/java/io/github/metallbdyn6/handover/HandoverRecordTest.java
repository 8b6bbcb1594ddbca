package io.github.metallbdyn6.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.handover.HandoverRecord.Stage;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HandoverRecordTest {
  private static final String TEXT =
      "given-up; pool=metallb-system/public; to=192.0.2.11,2001:db8:b::1;"
          + " from=192.0.2.11,2001:db8:a::1; pin=metallb.io/loadBalancerIPs; refusals=2;"
          + " since=2026-11-22T20:00:00Z";

  @Test
  void namesTheReplicaThatHasBegunTheMove() {
    String text = TEXT.replace("; to=", "; by=metallb-dyn6-7c9f5d6b8-x2k4p; to=");
    assertThat(parse(text).replica()).isEqualTo("metallb-dyn6-7c9f5d6b8-x2k4p");
    assertThat(parse(text).refused().toString()).contains("; by=metallb-dyn6-7c9f5d6b8-x2k4p; ");
    assertThat(parse(TEXT).replica()).isEmpty();
  }

  private static HandoverRecord parse(String text) {
    return HandoverRecord.parse(text).orElseThrow();
  }

  @Test
  void isReadAsItWasWritten() {
    HandoverRecord record = parse(TEXT);

    assertThat(record.stage()).isEqualTo(Stage.GIVEN_UP);
    assertThat(record.pool()).isEqualTo("metallb-system/public");
    assertThat(record.target()).hasToString("Optional[2001:db8:b::1]");
    assertThat(record.origin()).hasToString("Optional[2001:db8:a::1]");
    assertThat(record.ownPin()).contains(ServiceAnnotations.NEWER_PIN);
    assertThat(record.refusals()).isEqualTo(2);
    assertThat(record).hasToString(TEXT);
  }

  @Test
  void ofVersion100HasNoPoolAndMeansTheOlderKeyByOurs() {
    HandoverRecord record =
        parse("moving; to=2001:db8:b::1; from=2001:db8:a::1; pin=ours; since=2026-11-22T20:00:00Z");

    assertThat(record.pool()).isEmpty();
    assertThat(record.ownPin()).contains(ServiceAnnotations.PIN);
    assertThat(
            parse(record.toString().replace("pin=" + ServiceAnnotations.PIN, "pin=yours")).ownPin())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hello",
        "moving",
        "resting; to=2001:db8:b::1; from=2001:db8:a::1; since=2026-11-22T20:00:00Z",
        "moving; to=2001:db8:b::1; from=2001:db8:a::1; since=now",
        "moving; to=2001:db8:b::1; since=2026-11-22T20:00:00Z",
        "moving; to=192.0.2.1; from=192.0.2.2; since=2026-11-22T20:00:00Z",
        "moving; to=2001:db8:b::1; from=2001:db8:a::1; pin=yours; since=2026-11-22T20:00:00Z;"
            + " more=1",
        "moving; to=2001:db8:b::1; from=2001:db8:a::1; pin=mine; since=2026-11-22T20:00:00Z",
        "moving; to=2001:db8:b::1; from=2001:db8:a::1; pin=yours; since=2026-11-22T20:00:00.0Z",
        "moving; to=2001:db8:b::1; from=2001:db8:a::1; pin=yours; refusals=0;"
            + " since=2026-11-22T20:00:00Z",
        "moving; from=2001:db8:a::1; to=2001:db8:b::1; pin=yours; since=2026-11-22T20:00:00Z",
        "moving; moving; to=2001:db8:b::1; from=2001:db8:a::1; pin=yours;"
            + " since=2026-11-22T20:00:00Z",
        "moving; to=192.0.2.1,2001:db8:b::1; from=2001:db8:a::1; pin=yours;"
            + " since=2026-11-22T20:00:00Z",
        "moving; to=192.0.2.1,2001:db8:b::1; from=192.0.2.2,2001:db8:a::1; pin=yours;"
            + " since=2026-11-22T20:00:00Z",
        "moving; to=2001:db8:b::1,2001:db8:b::2; from=2001:db8:a::1,2001:db8:a::2; pin=yours;"
            + " since=2026-11-22T20:00:00Z"
      })
  void isNoneWhereTheProgramCannotHaveWrittenIt(String text) {
    assertThat(HandoverRecord.parse(text)).isEmpty();
  }

  @Test
  void isNoneWhereItIsLongerThanAnyThatTheProgramWrites() {
    String pool = TEXT.replace("metallb-system/public", "x".repeat(1_000));

    assertThat(HandoverRecord.parse(pool)).isEmpty();
  }

  @Test
  void allowsAnotherTryLaterAfterEveryRefusalAndAtMostAMinuteLater() {
    Instant since = Instant.parse("2026-11-22T20:00:00Z");
    HandoverRecord record = parse(TEXT.replace("refusals=2; ", ""));

    assertThat(record.retryAt()).isEqualTo(since.plusSeconds(2));
    assertThat(record.refused().retryAt()).isEqualTo(since.plusSeconds(4));
    assertThat(parse(TEXT.replace("refusals=2", "refusals=99")).refused().retryAt())
        .isEqualTo(since.plus(Duration.ofMinutes(1)));
  }
}
