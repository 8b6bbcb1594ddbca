package io.github.metallbdyn6.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

import io.github.metallbdyn6.ipv6.AddressRange;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.MapAssert;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoolPlanTest {
  private static final String A = "2001:db8:a::1000-2001:db8:a::1999";
  private static final String B = "2001:db8:b::1000-2001:db8:b::1999";
  private static final String C = "2001:db8:c::1000-2001:db8:c::1999";

  private static final String IPV4 = "192.0.2.10-192.0.2.99";
  private static final String ULA = "fd12:3456:789a:1::/112";
  private static final String USERS = "2001:db8:feed::/112";
  private static final String USERS_TOO = "2001:db8:beef::1-2001:db8:beef::9";

  @Nested
  class WithARecord {

    @Test
    void replacesTheRecordedEntryInItsPlace() {
      PoolPlan plan = LivePool.withRecord(A, List.of(IPV4, A, ULA)).plan(range(B));

      assertThat(plan.addresses()).containsExactly(IPV4, B, ULA);
      assertThat(plan.record()).containsExactly(range(B));
      assertThat(plan.isChanged()).isTrue();
      assertThat(plan.summary()).isEqualTo(A + " replaced by " + B);
    }

    /** A pin under the replaced prefix is repaired when services may be moved again. */
    @Test
    void remembersTheReplacedRangeWhereServicesWereMovedBefore() {
      PoolState moved =
          PoolState.of(
              "1",
              List.of(IPV4, B),
              Map.of(PoolState.RECORD, B, PoolState.EARLIER, A),
              Instant.EPOCH);

      assertAnnotations(Transition.REPLACE.plan(moved, range(C)))
          .containsEntry(PoolState.EARLIER, A + "," + B);
      assertAnnotations(Transition.HANDOVER.plan(moved, range(C)))
          .as("the old range stays until services have moved")
          .containsEntry(PoolState.EARLIER, A);
      assertAnnotations(LivePool.withRecord(A, List.of(IPV4, A)).plan(range(B)))
          .doesNotContainKey(PoolState.EARLIER);
    }

    private MapAssert<Object, Object> assertAnnotations(PoolPlan plan) {
      return assertThat(plan.patch(Optional.empty(), Map.of()))
          .extractingByKey("metadata", MAP)
          .extractingByKey("annotations", MAP);
    }

    @Test
    void changesNothingWhenTheRangeIsThere() {
      PoolPlan plan = LivePool.withRecord(A, List.of(IPV4, A)).plan(range(A));

      assertThat(plan.isChanged()).isFalse();
      assertThat(plan.addresses()).containsExactly(IPV4, A);
      assertThat(plan.record()).containsExactly(range(A));
    }

    @Test
    void keepsForeignEntriesVerbatim() {
      String spelledOddly = "  FD00:0::0001 -fd00::000F ";

      PoolPlan plan =
          LivePool.withRecord(A, List.of("junk", spelledOddly, A, " 192.0.2.0/28", ""))
              .plan(range(B));

      assertThat(plan.addresses()).containsExactly("junk", spelledOddly, B, " 192.0.2.0/28", "");
    }

    @Test
    void keepsAnEntryOfOurShapeThatIsNotRecorded() {
      PoolPlan plan = LivePool.withRecord(A, List.of(C, A)).plan(range(B));

      assertThat(plan.addresses()).containsExactly(C, B);
    }

    @Test
    void keepsTheOnlyGlobalEntryWhenItIsNotRecorded() {
      PoolPlan plan = LivePool.withRecord(A, List.of(USERS)).plan(range(B));

      assertThat(plan.addresses()).containsExactly(USERS, B);
      assertThat(plan.doubt()).isEmpty();
    }

    @Test
    void findsTheRecordedEntryInAnotherSpelling() {
      PoolPlan plan =
          LivePool.withRecord("2001:0DB8:A::1000 - 2001:db8:a:0::1999", List.of(A)).plan(range(B));

      assertThat(plan.addresses()).containsExactly(B);
    }

    @Test
    void findsTheRecordedEntryAsACidrPrefix() {
      PoolPlan plan =
          LivePool.withRecord("2001:db8:a::1000-2001:db8:a::1fff", List.of("2001:DB8:A::1000/116"))
              .plan(range(B));

      assertThat(plan.addresses()).containsExactly(B);
    }

    @Test
    void replacesAllRecordedEntriesByOne() {
      PoolPlan plan = LivePool.withRecord(A + "," + B, List.of(A, IPV4, B)).plan(range(C));

      assertThat(plan.addresses()).containsExactly(C, IPV4);
      assertThat(plan.record()).containsExactly(range(C));
      assertThat(plan.summary()).isEqualTo(A + ", " + B + " replaced by " + C);
    }

    @Test
    void dropsARecordedEntryThatIsOutOfDateBesideTheCurrentOne() {
      PoolPlan plan = LivePool.withRecord(A + "," + B, List.of(B, IPV4, A)).plan(range(A));

      assertThat(plan.addresses()).containsExactly(A, IPV4);
    }

    @Test
    void addsTheRangeAgainWhenSomeoneTookItOut() {
      PoolPlan plan = LivePool.withRecord(A, List.of(IPV4)).plan(range(A));

      assertThat(plan.addresses()).containsExactly(IPV4, A);
    }

    @Test
    void ignoresARecordOfEntriesThatAreGone() {
      PoolPlan plan = LivePool.withRecord(A, List.of(IPV4, USERS)).plan(range(B));

      assertThat(plan.addresses()).containsExactly(IPV4, USERS, B);
      assertThat(plan.record()).containsExactly(range(B));
    }

    @Test
    void ownsNothingByAnEmptyRecord() {
      PoolPlan plan = LivePool.withRecord("", List.of(A, IPV4)).plan(range(B));

      assertThat(plan.addresses()).containsExactly(A, IPV4, B);
      assertThat(plan.record()).containsExactly(range(B));
    }

    @ParameterizedTest
    @ValueSource(strings = {",", "junk", "192.0.2.0/24", "2001:db8:a::1999-2001:db8:a::1000", "[]"})
    void takesARecordThatCannotBeReadForNone(String record) {
      List<String> addresses = List.of(A, USERS, IPV4);

      assertThat(LivePool.withRecord(record, addresses).plan(range(B)).addresses())
          .isEqualTo(LivePool.withoutRecord(addresses).plan(range(B)).addresses())
          .containsExactly(B, USERS, IPV4);
    }

    @Test
    void ownsWhatCanBeReadOfARecord() {
      PoolPlan plan = LivePool.withRecord("junk, " + A + " ,", List.of(A, C)).plan(range(B));

      assertThat(plan.addresses()).containsExactly(B, C);
    }

    @Test
    void fillsAnEmptyPool() {
      PoolPlan plan = LivePool.withRecord(A, List.of()).plan(range(B));

      assertThat(plan.addresses()).containsExactly(B);
    }
  }

  @Nested
  class WithoutARecord {

    @Test
    void replacesAnEntryWithOurHostPartUnderAnotherPrefix() {
      PoolPlan plan = LivePool.withoutRecord(List.of(USERS, IPV4, A, ULA)).plan(range(B));

      assertThat(plan.addresses()).containsExactly(USERS, IPV4, B, ULA);
      assertThat(plan.record()).containsExactly(range(B));
      assertThat(plan.doubt()).isEmpty();
    }

    @Test
    void replacesAllEntriesWithOurHostPart() {
      PoolPlan plan = LivePool.withoutRecord(List.of(A, USERS, C)).plan(range(B));

      assertThat(plan.addresses()).containsExactly(B, USERS);
    }

    @Test
    void replacesTheOnlyGlobalEntryWhateverItsHostPart() {
      PoolPlan plan = LivePool.withoutRecord(List.of(IPV4, USERS, ULA)).plan(range(B));

      assertThat(plan.addresses()).containsExactly(IPV4, B, ULA);
      assertThat(plan.summary()).isEqualTo(USERS + " replaced by " + B);
    }

    @Test
    void keepsSeveralCandidatesAndNamesThem() {
      PoolPlan plan = LivePool.withoutRecord(List.of(USERS, IPV4, USERS_TOO)).plan(range(B));

      assertThat(plan.addresses()).containsExactly(USERS, IPV4, USERS_TOO, B);
      assertThat(plan.record()).containsExactly(range(B));
      assertThat(plan.doubt())
          .hasValueSatisfying(doubt -> assertThat(doubt).contains(USERS).contains(USERS_TOO));
    }

    @Test
    void appendsWhereThereIsNoGlobalEntry() {
      PoolPlan plan = LivePool.withoutRecord(List.of(IPV4, ULA)).plan(range(B));

      assertThat(plan.addresses()).containsExactly(IPV4, ULA, B);
      assertThat(plan.doubt()).isEmpty();
    }

    @Test
    void keepsAUniqueLocalEntryWithOurHostPart() {
      String ulaWithOurHostPart = "fd12:3456:789a:1::1000-fd12:3456:789a:1::1999";

      PoolPlan plan = LivePool.withoutRecord(List.of(ulaWithOurHostPart, A)).plan(range(B));

      assertThat(plan.addresses()).containsExactly(ulaWithOurHostPart, B);
    }

    @Test
    void changesNothingInThePredecessorsPoolWhileThePrefixStays() {
      LivePool predecessors = LivePool.withoutRecord(List.of(IPV4, A));

      assertThat(predecessors.plan(range(A)).isChanged()).isFalse();
      assertThat(predecessors.afterPass(range(A)).afterPass(range(B)).addresses())
          .containsExactly(IPV4, B);
    }

    @Test
    void changesNothingWhenTheRangeIsThereInAnotherSpelling() {
      PoolPlan plan =
          LivePool.withoutRecord(List.of("2001:DB8:000A::1000 - 2001:db8:a:0::1999"))
              .plan(range(A));

      assertThat(plan.isChanged()).isFalse();
    }
  }

  @Nested
  class WhenTheUserWroteAnEqualEntry {

    @Test
    void neitherRepeatsNorClaimsIt() {
      PoolPlan plan = LivePool.withRecord(B, List.of(IPV4, A, B)).plan(range(A));

      assertThat(plan.addresses()).containsExactly(IPV4, A);
      assertThat(plan.record()).isEmpty();
    }

    @Test
    void neverDeletesIt() {
      LivePool pool = LivePool.withRecord(B, List.of(A, B)).afterPass(range(A)).afterPass(range(C));

      assertThat(pool.addresses()).containsExactly(A, C);
      assertThat(pool.afterPass(range(A)).afterPass(range(B)).addresses()).containsExactly(A, B);
    }

    @Test
    void leavesItsSpelling() {
      String usersSpelling = "2001:0DB8:A::1000 - 2001:DB8:A::1999";

      PoolPlan plan = LivePool.withRecord(B, List.of(usersSpelling, B)).plan(range(A));

      assertThat(plan.addresses()).containsExactly(usersSpelling);
    }

    @Test
    void doesNotTakeTheOnlyOtherGlobalEntryForOurs() {
      PoolPlan plan = LivePool.withoutRecord(List.of(A, USERS)).plan(range(A));

      assertThat(plan.isChanged()).isFalse();
      assertThat(plan.leaving()).isEmpty();
    }
  }

  @Nested
  class WhenTheRangeOverlapsAForeignEntry {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "2001:db8:b::/64",
          "2001:db8:b::1999-2001:db8:b::2999",
          "2001:db8:b::1-2001:db8:b::1000",
          "2001:db8:b::1234/128",
          "2001:db8::/32"
        })
    void refusesToPlan(String foreign) {
      assertThatExceptionOfType(PoolConflict.class)
          .isThrownBy(() -> LivePool.withRecord(A, List.of(A, foreign)).plan(range(B)))
          .withMessageContaining(B)
          .withMessageContaining(foreign)
          .withMessageContaining("METALLB_DYN6_HOST_RANGE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2001:db8:b::199a/128", "2001:db8:b::1-2001:db8:b::fff"})
    void toleratesANeighbour(String foreign) {
      PoolPlan plan = LivePool.withRecord(A, List.of(A, foreign)).plan(range(B));

      assertThat(plan.addresses()).containsExactly(B, foreign);
    }

    @Test
    void replacesAnOverlappingEntryThatIsOurs() {
      String narrower = "2001:db8:b::1000-2001:db8:b::1099";

      PoolPlan plan = LivePool.withRecord(narrower, List.of(narrower)).plan(range(B));

      assertThat(plan.addresses()).containsExactly(B);
    }
  }

  @Test
  void goesBackToAnEarlierPrefix() {
    LivePool pool = LivePool.withRecord(A, List.of(IPV4, A));

    LivePool there = pool.afterPass(range(B));
    LivePool back = there.afterPass(range(A));

    assertThat(there.addresses()).containsExactly(IPV4, B);
    assertThat(back.addresses()).isEqualTo(pool.addresses());
    assertThat(back.annotations()).containsEntry(PoolState.RECORD, A);
  }

  /** A person may be faster than the program, and write the new range beside the old one. */
  @Test
  void goesOnFromARangeThatAPersonWroteBeforeThereWasARecord() {
    LivePool there = LivePool.withoutRecord(List.of(IPV4, A, B)).afterPass(range(B));
    LivePool next = there.afterPass(range(C));

    assertThat(there.addresses()).containsExactly(IPV4, B);
    assertThat(there.annotations()).containsEntry(PoolState.RECORD, B);
    assertThat(next.addresses()).containsExactly(IPV4, C);
  }

  @Nested
  class ThePatch {
    private final PoolPlan plan =
        PoolPlan.of(
            PoolState.of("4711", List.of(IPV4, A), Map.of(PoolState.RECORD, A), Instant.EPOCH),
            range(B));

    @Test
    void carriesAddressesRecordAndMarkInOneRequest() {
      assertThat(plan.patch(Optional.of("uid-1,uid-2"), Map.of()))
          .isEqualTo(
              Map.of(
                  "metadata",
                  Map.of(
                      "resourceVersion",
                      "4711",
                      "annotations",
                      Map.of(
                          "metallb-dyn6/managed-addresses",
                          B,
                          "metallb-dyn6/reload-pending",
                          "uid-1,uid-2",
                          "metallb-dyn6/recent-changes",
                          "1970-01-01T00:00:00Z")),
                  "spec",
                  Map.of("addresses", List.of(IPV4, B))));
    }

    @Test
    void leavesAMarkThatIsThereWhenNoReloadIsOwed() {
      assertThat(plan.patch(Optional.empty(), Map.of()))
          .isEqualTo(
              Map.of(
                  "metadata",
                  Map.of(
                      "resourceVersion",
                      "4711",
                      "annotations",
                      Map.of(
                          "metallb-dyn6/managed-addresses",
                          B,
                          "metallb-dyn6/recent-changes",
                          "1970-01-01T00:00:00Z")),
                  "spec",
                  Map.of("addresses", List.of(IPV4, B))));
    }

    @Test
    void recordsThatNothingIsOurs() {
      PoolPlan usersOwn = LivePool.withRecord(B, List.of(A, B)).plan(range(A));

      assertThat(usersOwn.patch(Optional.empty(), Map.of()))
          .extracting("metadata.annotations")
          .asInstanceOf(MAP)
          .containsEntry("metallb-dyn6/managed-addresses", "");
    }
  }

  @Test
  void knowsTheMarkThatAnEarlierPassLeft() {
    PoolPlan owed =
        PoolPlan.of(
            PoolState.of("1", List.of(A), Map.of(PoolState.RELOAD_MARK, "uid-1"), Instant.EPOCH),
            range(A));
    PoolPlan notOwed = LivePool.withoutRecord(List.of(A)).plan(range(A));

    assertThat(owed.current().isReloadPending()).isTrue();
    assertThat(owed.current().reloadMark()).contains("uid-1");
    assertThat(notOwed.current().isReloadPending()).isFalse();
    assertThat(notOwed.current().reloadMark()).isEmpty();
  }

  private static AddressRange range(String text) {
    return AddressRange.parseEntry(text).orElseThrow();
  }
}
