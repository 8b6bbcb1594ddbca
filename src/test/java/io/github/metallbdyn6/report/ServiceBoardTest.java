package io.github.metallbdyn6.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.metallbdyn6.handover.HandoverPlan;
import io.github.metallbdyn6.handover.HandoverRule;
import io.github.metallbdyn6.handover.ServiceCondition;
import io.github.metallbdyn6.handover.ServiceCondition.Kind;
import io.github.metallbdyn6.handover.ServiceState;
import io.github.metallbdyn6.ipv6.AddressRange;
import io.github.metallbdyn6.pool.ChangeRule;
import io.github.metallbdyn6.pool.PoolPlan;
import io.github.metallbdyn6.pool.PoolState;
import io.github.metallbdyn6.pool.Transition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServiceBoardTest {
  private static final Instant START = Instant.parse("2026-11-28T10:00:00Z");
  private static final Instant LATER = START.plus(Sighting.GRACE);
  private static final String RANGE = "2001:db8:a::1000-2001:db8:a::1999";

  private final ServiceBoard board =
      new ServiceBoard(HandoverRule.of("0", 60).forPool("metallb-system/public"), true);
  private final PoolState pool =
      PoolState.of(
          "1", List.of("192.0.2.10-192.0.2.40", RANGE), Map.of(PoolState.RECORD, RANGE), START);
  private final PoolPlan plan =
      Transition.HANDOVER.plan(pool, AddressRange.parseEntry(RANGE).orElseThrow());

  private static ServiceState service(String name, String... addresses) {
    return new ServiceState(
        "home", name, "uid-" + name, "1", Map.of(), true, "", List.of(addresses), Optional.empty());
  }

  private List<Kind> kinds(Instant now) {
    return board.look(pool, plan, now).orElseThrow().stream()
        .map(it -> it.condition().kind())
        .toList();
  }

  private List<String> news(Instant now) {
    return board.news(pool, plan, now).stream().map(ServiceCondition::toString).toList();
  }

  @Test
  void showsNothingBeforeServicesCanBeSeen() {
    board.changed(service("web", "192.0.2.10", "2001:db8:a::1000"));
    assertThat(board.look(pool, plan, START)).isEmpty();
    board.open();
    assertThat(kinds(START)).containsExactly(Kind.IN_PLACE);
  }

  @Test
  void hearsOfEveryChangeAtOnce() {
    board.open();
    board.changed(service("web", "192.0.2.10", "2001:db8:a::1000"));
    assertThat(kinds(START)).containsExactly(Kind.IN_PLACE);
    board.changed(service("web"));
    assertThat(kinds(START)).containsExactly(Kind.NO_ADDRESS);
    board.gone("uid-web");
    assertThat(kinds(START)).isEmpty();
  }

  @Test
  void tellsOfAnUnreachableServiceOnceAndOnlyWhenItLasts() {
    board.open();
    board.changed(service("web", "192.0.2.10", "2001:db8:a::1000"));
    assertThat(news(START)).isEmpty();
    board.changed(service("web"));
    assertThat(news(START)).as("MetalLB needs a moment").isEmpty();
    assertThat(news(LATER)).containsExactly("home/web: it has no address");
    assertThat(news(LATER.plusSeconds(60))).isEmpty();
  }

  @Test
  void tellsOfItAgainAfterItCouldBeReached() {
    board.open();
    board.changed(service("web", "2001:db8:a::1000"));
    assertThat(news(START)).isEmpty();
    board.changed(service("web"));
    assertThat(news(START)).isEmpty();
    assertThat(news(LATER)).hasSize(1);
    board.changed(service("web", "2001:db8:a::1000"));
    assertThat(news(LATER)).isEmpty();
    board.changed(service("web"));
    assertThat(news(LATER)).as("it begins anew").isEmpty();
    assertThat(news(LATER.plus(Sighting.GRACE))).hasSize(1);
  }

  @Test
  void keepsTheBeginOfACondition() {
    board.open();
    board.changed(service("web", "2001:db8:a::1000"));
    board.look(pool, plan, START);
    board.changed(service("web", "2001:db8:a::1000", "192.0.2.10"));
    assertThat(board.look(pool, plan, LATER).orElseThrow())
        .extracting(Sighting::since)
        .containsExactly(START);
  }

  @Test
  void nothingIsOnItsWayInADryRun() {
    PoolPlan due =
        Transition.HANDOVER.plan(
            pool, AddressRange.parseEntry("2001:db8:b::1000-2001:db8:b::1999").orElseThrow());
    board.open();
    board.changed(service("web", "192.0.2.10", "2001:db8:a::1000"));
    assertThat(board.look(pool, due, START).orElseThrow())
        .extracting(it -> it.condition().kind())
        .containsExactly(Kind.MOVING);
    board.showOnly();
    assertThat(board.look(pool, due, START).orElseThrow())
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.condition().kind()).isEqualTo(Kind.LEFT_BEHIND);
              assertThat(it.condition().reason())
                  .isEqualTo("it still has 2001:db8:a::1000, and a dry run moves no service");
            });
  }

  @Test
  void isNotInPlaceUnderAnEarlierPrefixWhileTheChangeIsHeld() {
    PoolState full =
        PoolState.of(
            "2",
            List.of("192.0.2.10-192.0.2.40", RANGE),
            Map.of(PoolState.RECORD, RANGE, PoolState.RECENT_CHANGES, START.toString()),
            START);
    PoolPlan held =
        new ChangeRule(1, 1)
            .settle(
                Transition.HANDOVER.plan(
                    full,
                    AddressRange.parseEntry("2001:db8:b::1000-2001:db8:b::1999").orElseThrow()),
                1);
    assertThat(held.held()).isPresent();
    board.open();
    board.changed(service("web", "192.0.2.10", "2001:db8:a::1000"));
    assertThat(board.look(full, held, START).orElseThrow())
        .extracting(Sighting::condition)
        .extracting(ServiceCondition::kind, ServiceCondition::reason)
        .containsExactly(
            tuple(
                Kind.LEFT_BEHIND,
                "it has 2001:db8:a::1000, under an earlier prefix, as long as the pool is held"));
  }

  @Test
  void namesWhatTheLastPassFoundInTheWay() {
    PoolState wide =
        PoolState.of(
            "2",
            List.of(RANGE, "2001:db8:b::1000-2001:db8:b::1999"),
            Map.of(
                PoolState.RECORD,
                RANGE + ",2001:db8:b::1000-2001:db8:b::1999",
                PoolState.RETIRING,
                RANGE + "=" + START),
            START);
    PoolPlan next =
        Transition.HANDOVER.plan(
            wide, AddressRange.parseEntry("2001:db8:b::1000-2001:db8:b::1999").orElseThrow());
    ServiceState web = service("web", "2001:db8:a::1000");
    board.open();
    board.changed(web);
    assertThat(board.look(wide, next, START).orElseThrow())
        .extracting(it -> it.condition().kind())
        .containsExactly(Kind.MOVING);

    board.obstructed(List.of(new HandoverPlan.Problem(web, "a webhook refuses it", true, false)));
    assertThat(board.look(wide, next, START).orElseThrow())
        .extracting(Sighting::condition)
        .extracting(ServiceCondition::kind, ServiceCondition::reason)
        .containsExactly(tuple(Kind.LEFT_BEHIND, "a webhook refuses it"));

    board.obstructed(List.of());
    assertThat(board.look(wide, next, START).orElseThrow())
        .extracting(it -> it.condition().kind())
        .containsExactly(Kind.MOVING);
  }
}
