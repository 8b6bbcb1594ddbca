package io.github.metallbdyn6.health;

import io.github.metallbdyn6.report.Journals;
import io.github.metallbdyn6.report.Status;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * One of Camel's health checks that goes by how things stand with the pools. By itself it is for no
 * probe.
 */
abstract class StatusCheck extends AbstractHealthCheck {
  final Journals journals;

  StatusCheck(String id, Journals journals) {
    super("metallb-dyn6", id);
    this.journals = journals;
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
    Map<String, Status> all = journals.situations();
    Optional<String> standby = journals.leadership().standbyInWords();
    if (standby.isPresent() && !isForStandby()) {
      builder.message(standby.get()).up();
      return;
    }
    Map<String, String> complaints = new LinkedHashMap<>();
    all.forEach(
        (pool, now) ->
            complaint(pool, now).ifPresent(complaint -> complaints.put(pool, complaint)));
    if (isDown(complaints.size(), all.size())) {
      builder.message(told(complaints, all.size())).down();
    } else {
      standby.or(() -> praise(all)).ifPresent(builder::message);
      builder.up();
    }
  }

  /** With several pools, each complaint names its own. */
  private static String told(Map<String, String> complaints, int pools) {
    return pools == 1
        ? String.join("", complaints.values())
        : complaints.entrySet().stream()
            .map(entry -> "pool %s: %s".formatted(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining(" "));
  }

  /** Tells whether so many pools in trouble, of all of them, make the check be down. */
  boolean isDown(int complaints, int pools) {
    return complaints > 0;
  }

  /** Tells whether a replica is asked, too, that runs no passes since another one leads. */
  boolean isForStandby() {
    return false;
  }

  /** Returns what is wrong with a pool, if anything is. */
  abstract Optional<String> complaint(String pool, Status now);

  /** Returns what is told while nothing is wrong. */
  Optional<String> praise(Map<String, Status> all) {
    return Optional.empty();
  }
}
