package io.github.metallbdyn6.health;

import io.github.metallbdyn6.kubernetes.ClusterFailure;
import io.github.metallbdyn6.kubernetes.IpAddressPool;
import io.github.metallbdyn6.pass.Explanation;
import io.github.metallbdyn6.report.Journal;
import io.github.metallbdyn6.report.Status;
import io.github.metallbdyn6.report.Trouble;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Camel's health check {@code cluster}, for the readiness probe: up when the pool can be read. It
 * goes by what the passes saw; only when they have not got as far lately, for example since the
 * source is down, it reads the pool itself.
 */
public final class ReadinessCheck extends AbstractHealthCheck {
  private final Journal journal;
  private final IpAddressPool pool;
  private final Duration fresh;
  private final Clock clock;

  /**
   * Looks at this journal.
   *
   * @param fresh how long it is enough that a pass has read the pool
   */
  public ReadinessCheck(Journal journal, IpAddressPool pool, Duration fresh, Clock clock) {
    super("metallb-dyn6", "cluster");
    this.journal = journal;
    this.pool = pool;
    this.fresh = fresh;
    this.clock = clock;
  }

  @Override
  public boolean isLiveness() {
    return false;
  }

  @Override
  protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
    Status now = journal.situation();
    boolean readLately =
        now.pool().filter(it -> it.readAt().plus(fresh).isAfter(clock.instant())).isPresent();
    boolean failing = now.trouble().filter(it -> it.area() == Explanation.Area.CLUSTER).isPresent();
    if (failing) {
      builder.message(now.trouble().map(Trouble::inWords).orElse("")).down();
    } else if (readLately) {
      builder.up();
    } else {
      ask(builder);
    }
  }

  private void ask(HealthCheckResultBuilder builder) {
    try {
      pool.read();
      builder.up();
    } catch (RuntimeException e) {
      builder
          .message(
              ClusterFailure.explain(e)
                  .map(Explanation::text)
                  .orElseGet(() -> Explanation.nameOf(e)))
          .down();
    }
  }
}
