package io.github.metallbdyn6.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.metallbdyn6.handover.HandoverGoal;
import io.github.metallbdyn6.handover.HandoverPlan;
import io.github.metallbdyn6.handover.HandoverRule;
import io.github.metallbdyn6.handover.HandoverSchedule;
import io.github.metallbdyn6.handover.MisplacedServices;
import io.github.metallbdyn6.handover.ServiceAnnotations;
import io.github.metallbdyn6.handover.ServiceState;
import io.github.metallbdyn6.ipv6.AddressRange;
import io.github.metallbdyn6.pass.Handover;
import io.github.metallbdyn6.pool.PoolState;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

class ServicePlacementTest {
  private final AtomicInteger looks = new AtomicInteger();
  private int edits;

  /** A service that asks for another host part each time. */
  private ServiceState edited() {
    edits++;
    return new ServiceState(
        "evil",
        "web",
        "uid",
        String.valueOf(edits),
        Map.of(ServiceAnnotations.HOST_PART, "::%x".formatted(0x1000 + edits)),
        true,
        "",
        List.of("192.0.2.10", "2001:db8:a::1"),
        Optional.empty());
  }

  private HandoverPlan waitingFor(int services) {
    PoolState pool = PoolState.of("1", List.of(), Map.of(), Instant.now());
    AddressRange range = AddressRange.parseEntry("2001:db8:b::1000-2001:db8:b::1999").orElseThrow();
    HandoverGoal goal = HandoverRule.of("0", 60).goalUnder(pool, range, Date.from(Instant.now()));
    List<ServiceState> waiting = Stream.generate(this::edited).limit(services).toList();
    return new HandoverPlan(goal, List.of(), waiting, List.of(), Set.of());
  }

  /** A look that began with so many services to wait for, and ended with so many. */
  private Handover look(int first, int last) {
    HandoverPlan begin = waitingFor(first);
    HandoverPlan end = waitingFor(last);
    return new Handover(end.goal(), List.of(), begin, end, null);
  }

  private interface Scenario {
    void runWith(ServicePlacement placement) throws Exception;
  }

  private void run(Scenario scenario) throws Exception {
    try (DefaultCamelContext context = new DefaultCamelContext()) {
      context.addRoutes(
          new RouteBuilder() {
            @Override
            public void configure() {
              from("direct:look").process(exchange -> looks.incrementAndGet());
            }
          });
      context.start();
      Passes passes = new Passes("direct:look", failure -> {});
      passes.runIn(context);
      HandoverSchedule lookout = new HandoverSchedule();
      ServicePlacement placement =
          new ServicePlacement(
              "direct:look",
              "home/public",
              passes,
              () -> true,
              lookout,
              new MisplacedServices(lookout),
              failure -> {});
      placement.runIn(
          context,
          context.getExecutorServiceManager().newSingleThreadScheduledExecutor(this, "placements"));
      scenario.runWith(placement);
    }
  }

  @Test
  void looksAtServicesSeldomWhileSomebodyEditsOneAllTheTime() throws Exception {
    run(
        placement -> {
          await()
              .atMost(Duration.ofSeconds(30))
              .pollInterval(Duration.ofMillis(50))
              .until(
                  () -> {
                    placement.changed(edited());
                    return looks.get() >= 10;
                  });
          await()
              .pollInterval(Duration.ofMillis(50))
              .during(Duration.ofSeconds(2))
              .atMost(Duration.ofSeconds(5))
              .until(
                  () -> {
                    placement.changed(edited());
                    return looks.get() == 10;
                  });
          assertThat(edits).isGreaterThan(looks.get());
        });
  }

  /** A look ends after five seconds, and a thousand services take longer. */
  @Test
  void goesOnAtOnceWhileServicesArrive() throws Exception {
    run(
        placement -> {
          placement.looked(look(1000, 1));

          await().atMost(Duration.ofSeconds(1)).until(() -> looks.get() == 1);
        });
  }

  @Test
  void looksAgainLaterWhereNothingHasGotOn() throws Exception {
    run(
        placement -> {
          placement.looked(look(3, 3));

          await()
              .during(Duration.ofSeconds(1))
              .atMost(Duration.ofSeconds(2))
              .until(() -> looks.get() == 0);
          await().atMost(Duration.ofSeconds(10)).until(() -> looks.get() == 1);
        });
  }
}
