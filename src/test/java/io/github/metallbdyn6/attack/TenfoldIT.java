package io.github.metallbdyn6.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.testbed.AttackReport;
import io.github.metallbdyn6.testbed.PodMemory;
import io.github.metallbdyn6.testbed.RealMetalLbRelease;
import io.github.metallbdyn6.testbed.TestServices.Wanted;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** Ten times as many services as the program has a limit for, for a minute, in a pod's memory. */
class TenfoldIT {
  private static final int SERVICES = 20_000;
  private static final int RESTLESS = 200;
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** The API server has to hand out all services for each change. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private Neighbourhood here;
  private PodMemory memory;

  @BeforeEach
  void start() {
    here = new Neighbourhood(RealMetalLbRelease.V0_15, Duration.ofSeconds(60));
    memory = PodMemory.limit(here.program);
    here.awaitStart();
  }

  @AfterEach
  void stop() throws Exception {
    here.api.removeServices(here.insider.services().namespace());
    here.close();
    memory.close();
  }

  @Test
  @DisplayName("20,000 services of one namespace for a minute, 200 of them edited all the time")
  void crowd(TestReporter reporter) {
    reporter.publishEntry(AttackReport.ATTEMPTS, String.valueOf(SERVICES));
    IntStream.range(0, RESTLESS).forEach(number -> here.insider.services().create(wanted(number)));
    here.api.copyService(here.insider.services().namespace(), "s0", SERVICES - RESTLESS);
    int log = here.program.output().length();

    Instant end = Instant.now().plus(MINUTE);
    for (int round = 1; Instant.now().isBefore(end); round++) {
      edit(round);
      here.changePrefix();
      here.awaitEverybodyUnderThePrefix(PATIENCE);
    }
    here.awaitPasses(2);

    assertThat(here.program.output()).doesNotContain("OutOfMemoryError");
    assertThat(memory.peak()).isLessThanOrEqualTo(PodMemory.LIMIT);
    assertThat(here.program.output().length() - log).as("characters of log").isLessThan(100_000);
    assertThat(events()).as("Events about the crowd").isLessThanOrEqualTo(20);
  }

  /** MetalLB serves none of them: it is the program that is tried. */
  private static Wanted wanted(int number) {
    return Wanted.ipv6Only("s" + number).inClass("example.com/other");
  }

  private void edit(int round) {
    IntStream.range(1, RESTLESS)
        .parallel()
        .forEach(
            number ->
                here.insider
                    .services()
                    .annotate("s" + number, "metallb-dyn6/host-part", "edit " + round));
  }

  /** The API server itself writes some: copies of a service have the same node port. */
  private long events() {
    String namespace = here.insider.services().namespace();
    return here
        .api
        .client()
        .events()
        .v1()
        .events()
        .inNamespace(namespace)
        .list()
        .getItems()
        .stream()
        .filter(event -> "metallb-dyn6".equals(event.getReportingController()))
        .count();
  }
}
