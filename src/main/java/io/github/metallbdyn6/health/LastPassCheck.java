package io.github.metallbdyn6.health;

import io.github.metallbdyn6.report.Journal;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Camel's health check {@code passes}: down, with the reason in words, while the last pass failed
 * or held the pool. Camel's own checks stay up meanwhile, since its routes run. Only for those who
 * ask for the whole health: a restart would not mend what it says, and neither probe hears of it.
 */
public final class LastPassCheck extends AbstractHealthCheck {
  private final Journal journal;

  /** Looks at this journal. */
  public LastPassCheck(Journal journal) {
    super("metallb-dyn6", "passes");
    this.journal = journal;
  }

  @Override
  public boolean isLiveness() {
    return false;
  }

  @Override
  public boolean isReadiness() {
    return false;
  }

  @Override
  protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
    journal
        .situation()
        .troubleInWords()
        .ifPresentOrElse(reason -> builder.message(reason).down(), builder::up);
  }
}
