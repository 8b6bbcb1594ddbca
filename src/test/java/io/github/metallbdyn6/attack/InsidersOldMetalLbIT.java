package io.github.metallbdyn6.attack;

import static java.util.stream.Collectors.joining;

import io.github.metallbdyn6.testbed.AttackReport;
import io.github.metallbdyn6.testbed.RealMetalLbRelease;
import io.github.metallbdyn6.testbed.TestServices;
import io.github.metallbdyn6.testbed.TestServices.Wanted;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestReporter;

/**
 * An old MetalLB does not say that it knows the new range: one service goes ahead of all others.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InsidersOldMetalLbIT {
  private static final String PIN = "metallb.universe.tf/loadBalancerIPs";
  private static final String UNREAD_PIN = "metallb.io/loadBalancerIPs";
  private static final String RECORD = "metallb-dyn6/handover";

  private Neighbourhood here;

  @BeforeAll
  void start() {
    here = new Neighbourhood(RealMetalLbRelease.V0_13, Duration.ofSeconds(20));
    here.awaitStart();
  }

  @AfterEach
  void callOff() {
    here.insider.leave();
    here.awaitOnlyThePrefix();
  }

  @AfterAll
  void stop() throws Exception {
    here.close();
  }

  @Test
  @DisplayName("Services that are sent ahead and never arrive, with MetalLB 0.13")
  void neverArriving(TestReporter reporter) throws Exception {
    List<String> guides = List.of("one", "two");
    guides.forEach(name -> here.create(Wanted.ipv6Only(name)));
    String odd = here.create(Wanted.ipv6Only("odd")).get(0);
    here.insider.services().annotate("odd", PIN, odd + ",nonsense");
    String old = here.prefix();
    here.changePrefix();
    try (Repeated attack = new Repeated(() -> strike(guides, old))) {
      here.awaitEverybodyUnderThePrefix();
      reporter.publishEntry(AttackReport.ATTEMPTS, String.valueOf(attack.times()));
    }
  }

  /** Takes away what was requested of the guides, and has another service seem to be under way. */
  private void strike(List<String> guides, String old) {
    TestServices own = here.insider.services();
    for (String name : guides) {
      own.annotate(name, PIN, null);
      own.annotate(name, RECORD, null);
    }
    own.annotate(
        "odd",
        RECORD,
        "moving; pool=%s; to=%s::1003; from=%s::1003; pin=yours; since=%s"
            .formatted(here.pool(), here.prefix(), old, Instant.now()));
  }

  @Test
  @DisplayName("Pins for the whole range on the service that is sent ahead, with MetalLB 0.13")
  void pinsForTheWholeRange(TestReporter reporter) {
    String all =
        IntStream.rangeClosed(0x1000, 0x1999)
            .mapToObj(part -> "%s::%x".formatted(here.prefix(), part))
            .collect(joining(","));
    here.create(Wanted.ipv6Only("greedy").annotated(UNREAD_PIN, all));
    here.changePrefix();

    here.awaitEverybodyUnderThePrefix();
    reporter.publishEntry(AttackReport.ATTEMPTS, String.valueOf(all.split(",").length));
  }
}
