package io.github.metallbdyn6.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.handover.ServiceCondition;
import io.github.metallbdyn6.handover.ServiceCondition.Kind;
import io.github.metallbdyn6.handover.ServiceState;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AttentionTest {
  private static final Instant START = Instant.parse("2026-11-28T10:00:00Z");

  private final Attention attention =
      new Attention(Clock.fixed(START.plus(Sighting.GRACE), ZoneOffset.UTC));

  private static Sighting trouble(String name, String reason, String advice) {
    ServiceState service =
        new ServiceState(
            "home", name, "uid-" + name, "1", Map.of(), true, "", List.of(), Optional.empty());
    return new Sighting(new ServiceCondition(service, Kind.NO_ADDRESS, reason, advice), START);
  }

  private Concern concern(Sighting... services) {
    List<Concern> all = attention.all(List.of(services));
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  /** A reason has commas of its own. */
  @Test
  void servicesAreToldApart() {
    assertThat(concern(trouble("a", "one, two", "Do."), trouble("b", "three", "Do.")).text())
        .isEqualTo("2 services are in trouble: home/a: one, two; home/b: three");
  }

  @Test
  void anAdviceIsForAllOfThem() {
    assertThat(concern(trouble("a", "one", "Do."), trouble("b", "two", "Do.")).advice())
        .isEqualTo("Do.");
    assertThat(concern(trouble("a", "one", "Do."), trouble("b", "two", "Wait.")).advice())
        .isEqualTo(Advice.LOOK_AT_SERVICES);
  }
}
