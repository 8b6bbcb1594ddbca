package io.github.metallbdyn6.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.ipv6.AddressRange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Properties of every pool. The seed in a test's name is all that its case depends on. */
class PoolPlanPropertyTest {

  static LongStream seeds() {
    return LongStream.range(0, 2000);
  }

  static LongStream fewSeeds() {
    return LongStream.range(0, 40);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void keepsAllButTheRecordedEntriesVerbatimAndInOrder(long seed) {
    RandomPool random = RandomPool.of(seed, seed);
    AddressRange desired = RandomPool.desired(new Random(seed));

    PoolPlan plan = random.withRecord().plan(desired);

    assertThat(plan.addresses())
        .hasSizeLessThanOrEqualTo(random.unrecorded().size() + 1)
        .filteredOn(random.unrecorded()::contains)
        .isEqualTo(random.unrecorded());
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void keepsAllButGlobalEntriesVerbatimAndInOrderWithoutARecord(long seed) {
    RandomPool random = RandomPool.of(seed, seed);
    AddressRange desired = RandomPool.desired(new Random(seed));

    assertThat(random.withoutRecord().plan(desired).addresses())
        .filteredOn(random.neverOurs()::contains)
        .isEqualTo(random.neverOurs());
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void putsTheRangeInExactlyOnce(long seed) {
    Random random = new Random(seed);
    AddressRange desired = RandomPool.desired(random);

    PoolPlan plan = RandomPool.of(seed, seed).any(random).plan(desired);

    assertThat(plan.addresses())
        .filteredOn(text -> AddressRange.parseEntry(text).filter(desired::equals).isPresent())
        .hasSize(1);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void planningAgainOnTheResultChangesNothing(long seed) {
    Random random = new Random(seed);
    AddressRange desired = RandomPool.desired(random);
    LivePool pool = RandomPool.of(seed, seed).any(random);
    PoolPlan plan = pool.plan(desired);

    PoolPlan again = pool.patched(plan).plan(desired);

    assertThat(again.isChanged()).isFalse();
    assertThat(again.record()).isEqualTo(plan.record());
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void dependsOnValuesAndNotOnTheirSpelling(long seed) {
    AddressRange desired = RandomPool.desired(new Random(seed));
    LivePool one = RandomPool.of(seed, 1).any(new Random(seed));
    LivePool other = RandomPool.of(seed, 2).any(new Random(seed));

    PoolPlan plan = one.plan(desired);
    PoolPlan otherPlan = other.plan(desired);

    assertThat(values(plan.addresses()))
        .as("%s and %s", one, other)
        .isEqualTo(values(otherPlan.addresses()));
    assertThat(plan.record()).isEqualTo(otherPlan.record());
    assertThat(plan.isChanged()).isEqualTo(otherPlan.isChanged());
    assertThat(plan.doubt().isPresent()).isEqualTo(otherPlan.doubt().isPresent());
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("fewSeeds")
  void growsByAtMostOneEntryHoweverOftenThePrefixChanges(long seed) {
    Random random = new Random(seed);
    RandomPool initial = RandomPool.of(seed, seed);
    LivePool pool = initial.any(random);
    for (int rotation = 0; rotation < 1000; rotation++) {
      pool = pool.afterPass(RandomPool.desired(random));

      assertThat(pool.addresses())
          .as("rotation %d", rotation)
          .hasSizeLessThanOrEqualTo(initial.addresses().size() + 1)
          .filteredOn(initial.neverOurs()::contains)
          .isEqualTo(initial.neverOurs());
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("fewSeeds")
  void endsWhereItBeganAfterRotationsWithARecord(long seed) {
    Random random = new Random(seed);
    RandomPool initial = RandomPool.of(seed, seed);
    AddressRange first = RandomPool.desired(random);
    LivePool begin = initial.withRecord().afterPass(first);

    LivePool pool = begin;
    for (int rotation = 0; rotation < 100; rotation++) {
      pool = pool.afterPass(RandomPool.desired(random));
    }

    assertThat(values(pool.afterPass(first).addresses()))
        .containsExactlyInAnyOrderElementsOf(values(begin.addresses()));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void patchesWithoutNulls(long seed) {
    Random random = new Random(seed);
    PoolPlan plan = RandomPool.of(seed, seed).any(random).plan(RandomPool.desired(random));

    assertThat(plan.patch(Optional.empty(), Map.of()).toString()).doesNotContain("null");
  }

  private static List<String> values(List<String> addresses) {
    return addresses.stream()
        .map(text -> AddressRange.parseEntry(text).map(AddressRange::toString).orElse(text))
        .toList();
  }
}
