package io.github.metallbdyn6.management;

import io.github.metallbdyn6.http.Response;
import io.github.metallbdyn6.status.StatusJson;
import io.github.metallbdyn6.text.ForeignText;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;

/** Camel's health as JSON, as Camel's own management server writes it: 503 while it is down. */
final class HealthReport {
  private static final String FULL = "full";

  private final CamelContext context;

  HealthReport(CamelContext context) {
    this.context = context;
  }

  /** Every check. */
  Response all() {
    return report(HealthCheckHelper.invoke(context, FULL), false);
  }

  /** Those that only a restart mends. */
  Response live() {
    return report(HealthCheckHelper.invokeLiveness(context, FULL), false);
  }

  /** Those without which the program does no work. */
  Response ready() {
    return report(HealthCheckHelper.invokeReadiness(context, FULL), true);
  }

  private static Response report(Collection<HealthCheck.Result> results, boolean readiness) {
    boolean up = HealthCheckHelper.isResultsUp(results, readiness);
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("status", up ? "UP" : "DOWN");
    if (!results.isEmpty()) {
      report.put("checks", results.stream().map(HealthReport::check).toList());
    }
    return Response.of(up ? 200 : 503, "application/json", StatusJson.of(report));
  }

  private static Map<String, Object> check(HealthCheck.Result result) {
    Map<String, Object> check = new LinkedHashMap<>();
    check.put("name", result.getCheck().getId());
    check.put("status", result.getState().name());
    result
        .getError()
        .map(error -> ForeignText.of(String.valueOf(error.getMessage())))
        .ifPresent(error -> check.put("error-message", error));
    result.getMessage().ifPresent(message -> check.put("message", message));
    return check;
  }
}
