package io.github.metallbdyn6.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.github.metallbdyn6.lease.Leadership;
import io.github.metallbdyn6.pass.OnePool;
import io.github.metallbdyn6.report.Journal;
import io.github.metallbdyn6.report.Journals;
import io.github.metallbdyn6.testbed.Explainers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.health.HealthCheck;
import org.junit.jupiter.api.Test;

/** The health of a replica that led until a moment ago. */
class StandbyHealthTest {
  private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final Duration LONGEST_PASS = Duration.ofMinutes(9);

  private final Journal journal = new Journal("my-ip", CLOCK, Explainers.REAL);
  private boolean leads = true;
  private Instant since = NOW.minus(Duration.ofDays(1));
  private final Journals journals =
      new Journals(new OnePool<>("home/public", journal), Explainers.REAL, new Replica());

  private static HealthCheck.Result result(StatusCheck check) {
    return check.call(Map.of());
  }

  /** Its passes failed since the API server was away, which is why it does not lead any more. */
  @Test
  void forgetsTheTroubleOfItsOwnPasses() {
    ReadinessCheck ready = new ReadinessCheck(journals, pool -> {}, LONGEST_PASS, CLOCK);
    journal.failed(new KubernetesClientException("it does not answer"));
    assertThat(result(ready).getState()).isEqualTo(HealthCheck.State.DOWN);

    leads = false;
    assertThat(result(ready).getState()).isEqualTo(HealthCheck.State.UP);
    assertThat(result(ready).getMessage()).contains("standing by for other");
    assertThat(result(new LastPassCheck(journals)).getState()).isEqualTo(HealthCheck.State.UP);
  }

  @Test
  void isNotReadyWhileItCannotReadThePool() {
    leads = false;
    ReadinessCheck ready =
        new ReadinessCheck(
            journals,
            pool -> {
              throw new KubernetesClientException("it does not answer");
            },
            LONGEST_PASS,
            CLOCK);
    assertThat(result(ready).getState()).isEqualTo(HealthCheck.State.DOWN);
  }

  @Test
  void isAliveAlthoughNoPassEnds() {
    Clock later = Clock.offset(CLOCK, Duration.ofHours(1));
    LivenessCheck pulse = new LivenessCheck(journals, LONGEST_PASS, later);
    assertThat(result(pulse).getState()).isEqualTo(HealthCheck.State.DOWN);

    leads = false;
    assertThat(result(pulse).getState()).isEqualTo(HealthCheck.State.UP);
    leads = true;
    since = NOW.plus(Duration.ofHours(1));
    assertThat(result(pulse).getState())
        .as("its first pass has begun a moment ago")
        .isEqualTo(HealthCheck.State.UP);
  }

  private final class Replica implements Leadership {
    @Override
    public boolean leads() {
      return leads;
    }

    @Override
    public Optional<String> leader() {
      return Optional.of("other");
    }

    @Override
    public Instant since() {
      return since;
    }

    @Override
    public boolean isElected() {
      return true;
    }
  }
}
