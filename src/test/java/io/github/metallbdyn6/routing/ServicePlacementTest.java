package io.github.metallbdyn6.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.metallbdyn6.handover.HandoverSchedule;
import io.github.metallbdyn6.handover.MisplacedServices;
import io.github.metallbdyn6.handover.ServiceAnnotations;
import io.github.metallbdyn6.handover.ServiceState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
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

  @Test
  void looksAtServicesSeldomWhileSomebodyEditsOneAllTheTime() throws Exception {
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
      ServicePlacement placements =
          new ServicePlacement(
              "direct:look",
              "home/public",
              passes,
              () -> true,
              lookout,
              new MisplacedServices(lookout),
              failure -> {});
      placements.runIn(
          context,
          context.getExecutorServiceManager().newSingleThreadScheduledExecutor(this, "placements"));

      await()
          .atMost(Duration.ofSeconds(30))
          .pollInterval(Duration.ofMillis(50))
          .until(
              () -> {
                placements.changed(edited());
                return looks.get() >= 10;
              });
      await()
          .pollInterval(Duration.ofMillis(50))
          .during(Duration.ofSeconds(2))
          .atMost(Duration.ofSeconds(5))
          .until(
              () -> {
                placements.changed(edited());
                return looks.get() == 10;
              });
      assertThat(edits).isGreaterThan(looks.get());
    }
  }
}
