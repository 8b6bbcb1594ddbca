package io.github.metallbdyn6.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.lease.Term.Step;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TermTest {
  private static final Duration DURATION = Duration.ofSeconds(15);
  private static final String US = "one_1a2b3c4d";
  private static final String OTHER = "two_5e6f7a8b";

  /** Any value may be the clock's first, also one from which a sum overflows. */
  private static final long START = Long.MAX_VALUE - seconds(5);

  private final Term term = new Term(US, DURATION);

  private static long seconds(long seconds) {
    return Duration.ofSeconds(seconds).toNanos();
  }

  private static long at(long seconds) {
    return START + seconds(seconds);
  }

  private static Lease lease(int version, String holder) {
    return new Lease(String.valueOf(version), holder, DURATION, 3);
  }

  @Test
  void readsTheLeaseFirst() {
    assertThat(term.next(START)).isEqualTo(Step.READ);
    assertThat(term.leads(START)).isFalse();
  }

  @Test
  void createsTheLeaseThatIsMissing() {
    term.missing();
    assertThat(term.next(START)).isEqualTo(Step.CREATE);
  }

  @Test
  void takesTheLeaseThatNobodyHolds() {
    term.found(lease(1, ""), START);
    assertThat(term.next(START)).isEqualTo(Step.TAKE);
  }

  @Test
  void leadsAShorterTimeThanOthersWait() {
    term.written(lease(1, US), START);
    assertThat(term.leads(at(0))).isTrue();
    assertThat(term.leads(at(12) - 1)).isTrue();
    assertThat(term.leads(at(12))).isFalse();
    assertThat(term.isHolder()).isTrue();
  }

  @Test
  void renewsThreeTimesInTheLifeOfTheLease() {
    term.written(lease(1, US), START);
    assertThat(term.next(at(4))).isEqualTo(Step.WAIT);
    assertThat(term.idle(at(4))).isEqualTo(seconds(1));
    assertThat(term.next(at(5))).isEqualTo(Step.RENEW);
    assertThat(term.idle(at(5))).isZero();
  }

  /** The API server was away: nobody has taken the Lease meanwhile, as its version proves. */
  @Test
  void renewsAfterItsTermToo() {
    term.written(lease(1, US), START);
    assertThat(term.next(at(100))).isEqualTo(Step.RENEW);
    term.written(lease(2, US), at(100));
    assertThat(term.leads(at(101))).isTrue();
  }

  @Test
  void waitsForAsLongAsTheHolderShowsLife() {
    term.found(lease(1, OTHER), START);
    term.found(lease(2, OTHER), at(10));
    assertThat(term.next(at(24))).isEqualTo(Step.WAIT);
    assertThat(term.idle(at(24))).isEqualTo(seconds(1));
    assertThat(term.next(at(25))).isEqualTo(Step.TAKE);
  }

  /** A read that finds nothing new is no sign of life. */
  @Test
  void countsFromTheLastChange() {
    term.found(lease(1, OTHER), START);
    term.found(lease(1, OTHER), at(10));
    assertThat(term.next(at(15))).isEqualTo(Step.TAKE);
  }

  /** During an update of the settings replicas may differ. */
  @Test
  void waitsForTheHoldersDurationIfThatIsLonger() {
    term.found(new Lease("1", OTHER, Duration.ofSeconds(60), 0), START);
    assertThat(term.next(at(59))).isEqualTo(Step.WAIT);
    assertThat(term.next(at(60))).isEqualTo(Step.TAKE);
  }

  @Test
  void ceasesToLeadWhenAnotherReplicaHasTheLease() {
    term.written(lease(1, US), START);
    term.found(lease(2, OTHER), at(1));
    assertThat(term.leads(at(1))).isFalse();
    assertThat(term.isHolder()).isFalse();
  }

  @Test
  void readsAgainAfterALostRace() {
    term.written(lease(1, US), START);
    term.doubt();
    assertThat(term.next(at(1))).isEqualTo(Step.READ);
  }

  @Test
  void leadsNoLongerOnceItHasResigned() {
    term.written(lease(1, US), START);
    term.resign();
    assertThat(term.leads(at(1))).isFalse();
  }

  @Test
  void hasANameThatPeopleKnow() {
    assertThat(Lease.nameIn(Lease.identity("metallb-dyn6-7c9f_x", "1a2b3c4d")))
        .isEqualTo("metallb-dyn6-7c9f_x");
    assertThat(Lease.nameIn("set-by-hand")).isEqualTo("set-by-hand");
  }
}
