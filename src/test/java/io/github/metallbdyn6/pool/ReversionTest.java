package io.github.metallbdyn6.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.ipv6.AddressRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A pool that a GitOps tool, or {@code kubectl apply}, has put back to what its file says: the
 * entries are those of the file, and our annotations stay.
 */
class ReversionTest {
  private static final String A = "2001:db8:a::1000-2001:db8:a::1999";
  private static final String B = "2001:db8:b::1000-2001:db8:b::1999";
  private static final String C = "2001:db8:c::1000-2001:db8:c::1999";
  private static final String OTHER_HOSTS = "2001:db8:feed::1-2001:db8:feed::9";
  private static final String IPV4 = "192.0.2.10-192.0.2.99";
  private static final String ULA = "fd00:db8::1000-fd00:db8::1999";
  private static final Instant NOW = Instant.parse("2026-11-22T20:00:00Z");

  private static AddressRange range(String text) {
    return AddressRange.parseEntry(text).orElseThrow();
  }

  private static PoolPlan plan(Transition transition, String record, String... entries) {
    return plan(transition, LivePool.withRecord(record, List.of(entries)), B);
  }

  private static PoolPlan plan(Transition transition, LivePool pool, String desired) {
    return transition.plan(pool.read(NOW), range(desired));
  }

  @Test
  void isReplacedAgain() {
    PoolPlan plan = plan(Transition.REPLACE, B, IPV4, A, ULA);

    assertThat(plan.addresses()).containsExactly(IPV4, B, ULA);
    assertThat(plan.record()).containsExactly(range(B));
    assertThat(plan.summary()).isEqualTo(A + " replaced by " + B);
    assertThat(plan.reversion())
        .hasValueSatisfying(
            it ->
                assertThat(it)
                    .hasToString("somebody has put %s in the place of %s".formatted(A, B)));
  }

  /** So that the services which MetalLB has moved there are moved back. */
  @Test
  void retiresInAHandover() {
    PoolPlan plan = plan(Transition.HANDOVER, B, IPV4, A, ULA);

    assertThat(plan.addresses()).containsExactly(IPV4, A, B, ULA);
    assertThat(plan.retiring()).extracting(RetiringRange::range).containsExactly(range(A));
    assertThat(plan.isHandover()).isTrue();
    assertThat(plan.reversion()).isPresent();
  }

  @ParameterizedTest
  @EnumSource
  void isPutRightAfterTheNextChangeToo(Transition transition) {
    PoolPlan plan = plan(transition, LivePool.withRecord(B, List.of(IPV4, A)), C);

    assertThat(plan.addresses()).contains(C).doesNotContain(B);
    assertThat(plan.addresses().contains(A)).isEqualTo(transition == Transition.HANDOVER);
    assertThat(plan.reversion()).isPresent();
  }

  @ParameterizedTest
  @EnumSource
  void inTheMiddleOfAHandoverIsOneToo(Transition transition) {
    LivePool pool =
        new LivePool(
            List.of(IPV4, A),
            Map.of(PoolState.RECORD, A + "," + B, PoolState.RETIRING, A + "=2026-11-22T19:00:00Z"));

    PoolPlan plan = plan(transition, pool, B);

    assertThat(plan.addresses().get(plan.addresses().size() - 1)).isEqualTo(B);
    assertThat(plan.reversion())
        .hasValueSatisfying(
            it ->
                assertThat(it)
                    .hasToString("somebody has put %s in the place of %s".formatted(A, B)));
  }

  @ParameterizedTest
  @EnumSource
  void withoutASuccessorIsToldAndPutRight(Transition transition) {
    PoolPlan plan = plan(transition, B, IPV4, ULA);

    assertThat(plan.addresses()).containsExactly(IPV4, ULA, B);
    assertThat(plan.reversion())
        .hasValueSatisfying(
            it -> assertThat(it).hasToString("somebody has taken %s out of the pool".formatted(B)));
  }

  @ParameterizedTest
  @EnumSource
  void leavesEntriesAloneThatHaveOtherHostParts(Transition transition) {
    PoolPlan plan = plan(transition, B, IPV4, OTHER_HOSTS);

    assertThat(plan.addresses()).containsExactly(IPV4, OTHER_HOSTS, B);
    assertThat(plan.retiring()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void leavesAllAloneWhereSeveralCanBeTheSuccessor(Transition transition) {
    PoolPlan plan = plan(transition, B, A, C);

    assertThat(plan.addresses()).containsExactly(A, C, B);
    assertThat(plan.retiring()).isEmpty();
    assertThat(plan.doubt())
        .hasValueSatisfying(text -> assertThat(text).contains(A, C, "not certain"));
    assertThat(plan.reversion()).isPresent();
  }

  @ParameterizedTest
  @EnumSource
  void isNoneWhereTheFileHasTheRangeThatIsWanted(Transition transition) {
    PoolPlan plan = plan(transition, A, IPV4, B);

    assertThat(plan.isChanged()).isFalse();
    assertThat(plan.reversion()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void isNoneWhereOurEntryIsThere(Transition transition) {
    assertThat(plan(transition, A, A, C).reversion()).isEmpty();
    assertThat(plan(transition, A, A, C).addresses()).contains(B, C);
  }

  @ParameterizedTest
  @EnumSource
  void isNoneWhereNothingWasOurs(Transition transition) {
    PoolPlan plan = plan(transition, "", IPV4, A);

    assertThat(plan.reversion()).isEmpty();
    assertThat(plan.addresses()).containsExactly(IPV4, A, B);
  }

  /** With the annotations reverted, too, it is a first run. */
  @Test
  void withoutARecordIsAFirstRun() {
    PoolPlan plan = plan(Transition.REPLACE, LivePool.withoutRecord(List.of(IPV4, A)), B);

    assertThat(plan.addresses()).containsExactly(IPV4, B);
    assertThat(plan.reversion()).isEmpty();
  }

  static LongStream seeds() {
    return LongStream.range(0, 1000);
  }

  /**
   * The pool ends as if it had never been reverted, whatever it was when its file was written,
   * unless the user has the wanted range, too; and what is not global survives.
   */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void convergesWhateverIsInThePool(long seed) {
    Random random = new Random(seed);
    RandomPool initial = RandomPool.of(seed, seed);
    LivePool file = initial.any(random).afterPass(RandomPool.desired(random));
    AddressRange desired = RandomPool.desired(random);
    LivePool changed = file.afterPass(desired);
    LivePool reverted = new LivePool(file.addresses(), changed.annotations());

    LivePool pool = reverted.afterPass(desired);

    assertThat(pool.addresses())
        .filteredOn(initial.neverOurs()::contains)
        .isEqualTo(initial.neverOurs());
    assertThat(pool.addresses())
        .filteredOn(text -> AddressRange.parseEntry(text).filter(desired::equals).isPresent())
        .hasSize(1);
    assertThat(pool.plan(desired).isChanged()).isFalse();
    assertThat(pool.plan(desired).reversion()).isEmpty();
    List<String> surplus = new ArrayList<>(pool.addresses());
    surplus.removeAll(changed.addresses());
    boolean ours = !changed.annotations().getOrDefault(PoolState.RECORD, "").isEmpty();
    if (ours && reverted.plan(desired).doubt().isEmpty()) {
      assertThat(surplus).as("%s after %s", pool, reverted).isEmpty();
    }
  }
}
