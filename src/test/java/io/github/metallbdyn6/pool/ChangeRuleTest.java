package io.github.metallbdyn6.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.github.metallbdyn6.ipv6.AddressRange;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangeRuleTest {
  private static final String A = "2001:db8:a::1000-2001:db8:a::1999";
  private static final String B = "2001:db8:b::1000-2001:db8:b::1999";
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  private static PoolPlan plan(String desired, String recentChanges) {
    Map<String, String> annotations =
        Map.of(PoolState.RECORD, A, PoolState.RECENT_CHANGES, recentChanges);
    return PoolPlan.of(
        PoolState.of("1", List.of(A), annotations, NOON),
        AddressRange.parseEntry(desired).orElseThrow());
  }

  @ParameterizedTest
  @CsvSource({"1, 1, true", "1, 2, true", "3, 1, false", "3, 2, false", "3, 3, true", "3, 9, true"})
  void carriesAChangeOutOnceItIsConfirmed(int confirmations, int timesSeen, boolean due) {
    PoolPlan settled = new ChangeRule(confirmations, 0).settle(plan(B, ""), timesSeen);

    assertThat(settled.isDue()).isEqualTo(due);
    assertThat(settled.isChanged()).isTrue();
    assertThat(settled.held().isEmpty()).isEqualTo(due);
  }

  @Test
  void hasNothingToHoldWhenNothingChanges() {
    PoolPlan settled = new ChangeRule(5, 1).settle(plan(A, "2026-11-22T11:59:00Z"), 1);

    assertThat(settled.held()).isEmpty();
    assertThat(settled.isDue()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "2, '2026-11-22T11:30:00Z', true",
    "2, '2026-11-22T11:30:00Z,2026-11-22T11:40:00Z', false",
    "2, '2026-11-22T11:00:00Z,2026-11-22T11:40:00Z', true",
    "2, '2026-11-22T12:00:01Z,2030-01-01T00:00:00Z', true",
    "2, 'junk,2026-11-22T11:40:00Z', true",
    "0, '2026-11-22T11:30:00Z,2026-11-22T11:40:00Z', true"
  })
  void countsTheChangesOfTheLastHour(int maxPerHour, String recentChanges, boolean due) {
    assertThat(new ChangeRule(1, maxPerHour).settle(plan(B, recentChanges), 1).isDue())
        .isEqualTo(due);
  }

  @Test
  void saysWhenTheNextChangeIsAllowed() {
    String changes = "2026-11-22T11:10:00Z,2026-11-22T11:20:00Z,2026-11-22T11:30:00Z";

    assertThat(new ChangeRule(1, 2).settle(plan(B, changes), 1).held())
        .hasValueSatisfying(
            reason ->
                assertThat(reason)
                    .contains(B)
                    .contains("METALLB_DYN6_MAX_CHANGES_PER_HOUR=2")
                    .endsWith(
                        "the next is allowed at 2026-11-22T12:20:00Z; to go on at once, annotate the pool with metallb-dyn6/forget-changes, or call forgetChanges in JMX"));
  }

  @Test
  void remembersChangesInThePatchAndForgetsThemAfterAnHour() {
    String changes = "2026-11-22T10:59:59Z,2026-11-22T11:30:00Z";

    assertThat(plan(B, changes).patch(Optional.empty(), Map.of()))
        .extracting("metadata.annotations")
        .extracting(PoolState.RECENT_CHANGES)
        .isEqualTo("2026-11-22T11:30:00Z,2026-11-22T12:00:00Z");
  }

  @Test
  void remembersNoMoreChangesThanItCanCount() {
    String changes = "2026-11-22T11:30:00Z,".repeat(500);

    assertThat(plan(B, changes).patch(Optional.empty(), Map.of()))
        .extracting("metadata.annotations")
        .extracting(PoolState.RECENT_CHANGES)
        .asString()
        .satisfies(text -> assertThat(text.split(",", -1)).hasSize(ChangeRule.HIGHEST_PER_HOUR))
        .endsWith("2026-11-22T12:00:00Z");
  }

  @Test
  void saysWhyAChangeIsHeld() {
    ChangeRule rule = new ChangeRule(2, 0);

    assertThat(rule.settle(plan(B, ""), 1).held())
        .get(STRING)
        .contains("METALLB_DYN6_CONFIRMATIONS=2");
    assertThat(rule.settle(plan(B, ""), 2).held()).isEmpty();
  }

  @Test
  void saysThatSomebodyUndoesChangesWhenTheyAreTooMany() {
    PoolState reverted =
        PoolState.of(
            "1",
            List.of(A),
            Map.of(PoolState.RECORD, B, PoolState.RECENT_CHANGES, "2026-11-22T11:30:00Z"),
            NOON);
    ChangeRule rule = new ChangeRule(1, 1);
    PoolPlan held = rule.settle(PoolPlan.of(reverted, AddressRange.parseEntry(B).orElseThrow()), 1);

    assertThat(held.reversion()).isPresent();
    assertThat(held.held())
        .get(STRING)
        .endsWith("; somebody has put %s in the place of %s".formatted(A, B));
  }
}
