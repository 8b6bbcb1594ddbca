package io.github.metallbdyn6.report;

import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Camel's health check {@code passes}: down, with the reason in words, while the last pass failed
 * or held the pool. Camel's own checks stay up meanwhile, since its routes run.
 */
public final class PassHealth extends AbstractHealthCheck {
  private final PassLog log;

  /** Looks at this log. */
  public PassHealth(PassLog log) {
    super("metallb-dyn6", "passes");
    this.log = log;
  }

  @Override
  protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
    log.lastFailure().ifPresentOrElse(reason -> builder.message(reason).down(), builder::up);
  }
}
