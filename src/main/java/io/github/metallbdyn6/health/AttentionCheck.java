package io.github.metallbdyn6.health;

import static java.util.stream.Collectors.joining;

import io.github.metallbdyn6.report.Concern;
import io.github.metallbdyn6.report.Journals;
import io.github.metallbdyn6.report.Status;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Camel's health check {@code attention}: down while something is not right although passes
 * succeed, such as a service that cannot be reached. Only for those who ask for the whole health:
 * neither a restart nor another Pod would mend it.
 */
public final class AttentionCheck extends StatusCheck {

  public AttentionCheck(Journals journals) {
    super("attention", journals);
  }

  @Override
  Optional<String> complaint(String pool, Status now) {
    return now.concerns().isEmpty()
        ? Optional.empty()
        : Optional.of(now.concerns().stream().map(Concern::inWords).collect(joining(" ")));
  }

  @Override
  Optional<String> praise(Map<String, Status> all) {
    if (all.size() == 1) {
      return all.values().stream().map(AttentionCheck::counts).findFirst();
    }
    return Optional.of(
        all.entrySet().stream()
            .map(entry -> "pool %s: %s".formatted(entry.getKey(), counts(entry.getValue())))
            .collect(joining("; ")));
  }

  private static String counts(Status now) {
    if (now.services().isEmpty()) {
      return now.plan().isEmpty()
          ? "no pass has looked at services yet"
          : "the program cannot see services";
    }
    return now.services().filter(List::isEmpty).isPresent()
        ? "no services"
        : now.serviceCounts().entrySet().stream()
            .filter(entry -> entry.getValue() > 0)
            .map(entry -> "%d %s".formatted(entry.getValue(), entry.getKey().title()))
            .collect(joining(", ", "services: ", ""));
  }
}
