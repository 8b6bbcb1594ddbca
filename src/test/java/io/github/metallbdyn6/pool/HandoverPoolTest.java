package io.github.metallbdyn6.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.metallbdyn6.ipv6.AddressRange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pool in a handover: the new range beside those that retire, and then without them. */
class HandoverPoolTest {
  private static final String A = "2001:db8:a::1000-2001:db8:a::1999";
  private static final String B = "2001:db8:b::1000-2001:db8:b::1999";
  private static final String C = "2001:db8:c::1000-2001:db8:c::1999";
  private static final String IPV4 = "192.0.2.10-192.0.2.99";
  private static final String ULA = "fd00:db8::1000-fd00:db8::1999";
  private static final Instant FIRST = Instant.parse("2026-11-22T20:00:00Z");
  private static final Instant SECOND = Instant.parse("2026-11-22T20:05:00Z");

  private static AddressRange range(String text) {
    return AddressRange.parseEntry(text).orElseThrow();
  }

  private static LivePool widened(LivePool pool, String desired, Instant now) {
    return pool.patched(Transition.HANDOVER.plan(pool.read(now), range(desired)));
  }

  private static LivePool retired(LivePool pool, String... ranges) {
    List<AddressRange> values = new ArrayList<>();
    for (String text : ranges) {
      values.add(range(text));
    }
    return pool.patched(new Retirement(pool.read(SECOND), values).operations(Optional.empty()));
  }

  @Test
  void putsTheNewRangeRightBehindTheOldOne() {
    LivePool pool = widened(LivePool.withRecord(A, List.of(IPV4, A, ULA)), B, FIRST);

    assertThat(pool.addresses()).containsExactly(IPV4, A, B, ULA);
    assertThat(pool.annotations())
        .containsEntry(PoolState.RECORD, A + "," + B)
        .containsEntry(PoolState.RETIRING, A + "=2026-11-22T20:00:00Z");
    assertThat(pool.read(FIRST).serving()).contains(range(B));
  }

  @Test
  void keepsSinceWhenWhateverComesNext() {
    LivePool pool = widened(LivePool.withRecord(A, List.of(IPV4, A, ULA)), B, FIRST);

    LivePool again = widened(pool, C, SECOND);

    assertThat(again.addresses()).containsExactly(IPV4, A, B, C, ULA);
    assertThat(again.annotations())
        .containsEntry(
            PoolState.RETIRING, A + "=2026-11-22T20:00:00Z," + B + "=2026-11-22T20:05:00Z");
  }

  /** Somebody wrote it, or a clock that was wrong; the range would stay for as long. */
  @Test
  void countsFromNowARangeThatRetiresOnlyInTheFuture() {
    for (String since : List.of("+1000000000-12-31T23:59:59.999999999Z", "2026-11-22T20:06:01Z")) {
      LivePool pool =
          widened(LivePool.withRecord(A, List.of(A)), B, FIRST)
              .patched(
                  List.of(
                      Map.of(
                          "op",
                          "add",
                          "path",
                          "/metadata/annotations/metallb-dyn6~1retiring",
                          "value",
                          A + "=" + since)));

      assertThat(widened(pool, B, SECOND).annotations())
          .containsEntry(PoolState.RETIRING, A + "=2026-11-22T20:05:00Z");
    }
  }

  @Test
  void turnsRoundWhenTheOldPrefixComesBack() {
    LivePool pool = widened(LivePool.withRecord(A, List.of(A)), B, FIRST);

    LivePool back = widened(pool, A, SECOND);

    assertThat(back.addresses()).containsExactly(A, B);
    assertThat(back.annotations()).containsEntry(PoolState.RETIRING, B + "=2026-11-22T20:05:00Z");
  }

  @Test
  void leavesNothingBehind() {
    LivePool pool =
        widened(widened(LivePool.withRecord(A, List.of(IPV4, A, ULA)), B, FIRST), C, SECOND);

    LivePool half = retired(pool, A);
    assertThat(half.addresses()).containsExactly(IPV4, B, C, ULA);
    assertThat(half.annotations()).containsEntry(PoolState.RETIRING, B + "=2026-11-22T20:05:00Z");
    LivePool end = retired(half, B);
    assertThat(end.addresses()).containsExactly(IPV4, C, ULA);
    assertThat(end.annotations())
        .containsEntry(PoolState.RECORD, C)
        .doesNotContainKey(PoolState.RETIRING);
  }

  @Test
  void remembersWhereServicesWere() {
    LivePool pool = widened(LivePool.withRecord(A, List.of(A)), B, FIRST);
    assertThat(pool.annotations()).doesNotContainKey(PoolState.EARLIER);

    pool = retired(pool, A);
    assertThat(pool.annotations()).containsEntry(PoolState.EARLIER, A);
    pool = retired(widened(pool, C, SECOND), B);
    pool = retired(widened(pool, A, SECOND), C);
    pool = retired(widened(pool, B, SECOND), A);

    assertThat(pool.annotations()).containsEntry(PoolState.EARLIER, B + "," + C + "," + A);
  }

  @Test
  void retiringIsNoChangeOfThePrefix() {
    LivePool pool = widened(LivePool.withRecord(A, List.of(A)), B, FIRST);

    assertThat(retired(pool, A).annotations().get(PoolState.RECENT_CHANGES))
        .isEqualTo(pool.annotations().get(PoolState.RECENT_CHANGES));
  }

  @Test
  void replacesARangeThatOverlapsTheNewOne() {
    String wider = "2001:db8:a::1000-2001:db8:a::2fff";
    PoolPlan plan =
        Transition.HANDOVER.plan(
            LivePool.withRecord(A, List.of(IPV4, A, ULA)).read(FIRST), range(wider));

    assertThat(plan.addresses()).containsExactly(IPV4, wider, ULA);
    assertThat(plan.retiring()).isEmpty();
    assertThat(plan.isHandover()).isFalse();
  }

  @Test
  void retiresNothingFromAPoolThatSomebodyHasEdited() {
    LivePool pool = widened(LivePool.withRecord(A, List.of(IPV4, A)), B, FIRST);
    Retirement retirement = new Retirement(pool.read(SECOND), List.of(range(A)));
    LivePool edited = new LivePool(List.of(IPV4, A, B, ULA), pool.annotations());

    assertThatThrownBy(() -> edited.patched(retirement.operations(Optional.empty())))
        .hasMessage("422");
    assertThat(retirement.operations(Optional.of("all")).toString()).doesNotContain("ersion");
  }

  @Test
  void isNotWrittenAgain() {
    LivePool pool = widened(LivePool.withRecord(A, List.of(IPV4, A)), B, FIRST);

    PoolPlan again = Transition.HANDOVER.plan(pool.read(SECOND), range(B));

    assertThat(again.isChanged()).isFalse();
    assertThat(again.isHandover()).isTrue();
  }

  @Test
  void remembersWhatRetiresWhenSomebodyTakesTheAnnotationAway() {
    LivePool pool = new LivePool(List.of(A, B), Map.of(PoolState.RECORD, A + "," + B));

    PoolPlan plan = Transition.HANDOVER.plan(pool.read(SECOND), range(B));

    assertThat(plan.isDue()).isTrue();
    assertThat(plan.retiring())
        .containsExactly(new RetiringRange(range(A), SECOND, Optional.empty()));
  }

  private static PoolPlan plan(LivePool pool, String desired, Instant now, PrefixValidity said) {
    return Transition.HANDOVER.plan(pool.read(now), range(desired), said);
  }

  @Test
  void remembersWhatWasLastSaidOfThePrefixThatRetires() {
    PrefixValidity said = new PrefixValidity();
    said.note(range(A), Optional.of(Duration.ofHours(9)), FIRST.minusSeconds(60));
    said.note(range(A), Optional.of(Duration.ofHours(2)), FIRST);
    said.note(range(B), Optional.of(Duration.ofDays(7)), FIRST);
    LivePool pool = LivePool.withRecord(A, List.of(IPV4, A));

    LivePool widened = pool.patched(plan(pool, B, FIRST, said));

    assertThat(widened.read(SECOND).retiring())
        .containsExactly(
            new RetiringRange(range(A), FIRST, Optional.of(FIRST.plus(Duration.ofHours(2)))));
    assertThat(widened.annotations())
        .containsEntry(PoolState.RETIRING, A + "=2026-11-22T20:00:00Z/2026-11-22T22:00:00Z")
        .containsEntry(PoolState.VALID_UNTIL, B + "=2026-11-29T20:00:00Z");
    said.note(range(B), Optional.of(Duration.ofDays(6)), SECOND);
    said.note(range(A), Optional.of(Duration.ofDays(6)), SECOND);
    assertThat(plan(widened, B, SECOND, said).isChanged()).as("a source that counts").isFalse();
  }

  @Test
  void knowsFromThePoolWhatWasSaidBeforeAStart() {
    PrefixValidity said = new PrefixValidity();
    said.note(range(B), Optional.of(Duration.ofHours(2)), FIRST);
    LivePool first = LivePool.withRecord(A, List.of(A));
    LivePool pool = first.patched(plan(first, B, FIRST, said));

    PoolPlan next = plan(pool, C, SECOND, new PrefixValidity());

    assertThat(next.retiring())
        .containsExactly(
            new RetiringRange(range(A), FIRST, Optional.empty()),
            new RetiringRange(range(B), SECOND, Optional.of(FIRST.plus(Duration.ofHours(2)))));
    assertThat(pool.patched(next).annotations()).doesNotContainKey(PoolState.VALID_UNTIL);
  }

  @Test
  void readsWhatVersion100WroteAndDoesNotWriteItAgain() {
    LivePool pool =
        new LivePool(
            List.of(A, B),
            Map.of(PoolState.RECORD, A + "," + B, PoolState.RETIRING, A + "=2026-11-22T20:00:00Z"));
    PrefixValidity said = new PrefixValidity();
    said.note(range(A), Optional.of(Duration.ofHours(2)), FIRST);

    PoolPlan plan = plan(pool, B, SECOND, said);

    assertThat(plan.isChanged()).isFalse();
    assertThat(plan.retiring().get(0).validity()).isZero();
  }

  @Test
  void takesAnEndBeforeTheChangeForNoTimeAtAll() {
    assertThat(new RetiringRange(range(A), SECOND, Optional.of(FIRST)).validity()).isZero();
  }

  @Test
  void replacingEndsAHandoverThatWasBegun() {
    LivePool pool = widened(LivePool.withRecord(A, List.of(IPV4, A)), B, FIRST);

    LivePool replaced = pool.patched(Transition.REPLACE.plan(pool.read(SECOND), range(B)));

    assertThat(replaced.addresses()).containsExactly(IPV4, B);
    assertThat(replaced.annotations()).doesNotContainKey(PoolState.RETIRING);
  }

  @Test
  void replacingWithoutOneDoesNotMentionIt() {
    PoolPlan plan =
        Transition.REPLACE.plan(LivePool.withRecord(A, List.of(A)).read(FIRST), range(B));

    assertThat(plan.patch(Optional.empty(), Map.of()).toString())
        .doesNotContain(PoolState.RETIRING);
  }

  static LongStream seeds() {
    return LongStream.range(0, 1000);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void keepsAllThatIsNotOursAndEndsWithOneRange(long seed) {
    Random random = new Random(seed);
    RandomPool initial = RandomPool.of(seed, seed);
    LivePool pool = initial.any(random);
    for (int change = 0; change < 5; change++) {
      AddressRange desired = RandomPool.desired(random);
      PoolPlan plan = Transition.HANDOVER.plan(pool.read(FIRST), desired);
      pool = plan.isChanged() ? pool.patched(plan) : pool;

      assertThat(pool.addresses())
          .filteredOn(initial.neverOurs()::contains)
          .isEqualTo(initial.neverOurs());
      assertThat(Transition.HANDOVER.plan(pool.read(SECOND), desired).isChanged()).isFalse();
      if (random.nextBoolean()) {
        PoolState state = pool.read(SECOND);
        List<AddressRange> old = state.retiring().stream().map(RetiringRange::range).toList();
        pool = pool.patched(new Retirement(state, old).operations(Optional.empty()));
        assertThat(pool.annotations()).doesNotContainKey(PoolState.RETIRING);
        assertThat(pool.read(SECOND).record().orElseThrow()).hasSizeLessThanOrEqualTo(1);
      }
    }
  }
}
