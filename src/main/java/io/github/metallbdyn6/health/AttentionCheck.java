package io.github.metallbdyn6.health;

import static java.util.stream.Collectors.joining;

import io.github.metallbdyn6.report.Concern;
import io.github.metallbdyn6.report.Journal;
import io.github.metallbdyn6.report.Status;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Camel's health check {@code attention}: down while something is not right although passes
 * succeed, such as a service that cannot be reached. Only for those who ask for the whole health:
 * neither a restart nor another Pod would mend it.
 */
public final class AttentionCheck extends AbstractHealthCheck {
  private final Journal journal;

  /** Looks at this journal. */
  public AttentionCheck(Journal journal) {
    super("metallb-dyn6", "attention");
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
    Status now = journal.situation();
    if (now.concerns().isEmpty()) {
      builder.message(counts(now)).up();
    } else {
      builder.message(now.concerns().stream().map(Concern::inWords).collect(joining(" "))).down();
    }
  }

  private static String counts(Status now) {
    return now.services().isEmpty()
        ? "the program cannot see services"
        : now.serviceCounts().entrySet().stream()
            .filter(entry -> entry.getValue() > 0)
            .map(entry -> "%d %s".formatted(entry.getValue(), entry.getKey().title()))
            .collect(joining(", ", "services: ", ""));
  }
}
