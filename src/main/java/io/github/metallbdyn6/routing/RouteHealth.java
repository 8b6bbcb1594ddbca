package io.github.metallbdyn6.routing;

import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Camel's health check {@code routes}: down, with the reason, while what is in the folder is not
 * what runs. The program works meanwhile, so this makes it neither dead nor unready.
 */
public final class RouteHealth extends AbstractHealthCheck {
  private final RouteWatch watch;

  public RouteHealth(RouteWatch watch) {
    super("metallb-dyn6", "routes");
    this.watch = watch;
  }

  @Override
  public boolean isReadiness() {
    return false;
  }

  @Override
  public boolean isLiveness() {
    return false;
  }

  @Override
  protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
    watch.refusal().ifPresentOrElse(reason -> builder.message(reason).down(), builder::up);
  }
}
