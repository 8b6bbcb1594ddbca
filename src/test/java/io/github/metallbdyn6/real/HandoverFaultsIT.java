package io.github.metallbdyn6.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.metallbdyn6.flow.Street;
import io.github.metallbdyn6.testbed.PoolGate;
import io.github.metallbdyn6.testbed.ProgramProcess;
import io.github.metallbdyn6.testbed.RealApiServer;
import io.github.metallbdyn6.testbed.RealMetalLb;
import io.github.metallbdyn6.testbed.RealMetalLbRelease;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The faults that only reality has, each at several instants of a handover of services of every
 * kind. No IPv4 address is missing or changes at any instant, every host part is kept in the end,
 * and all is settled half a minute after the fault is over.
 */
class HandoverFaultsIT extends RealFlow {
  private static final Duration SETTLED = Duration.ofSeconds(30);

  /** A program that waits for a fixed time has gone on by then. */
  private static final Duration LONGER_THAN_ANY_WAIT = Duration.ofSeconds(10);

  ProgramProcess program;

  static Stream<Arguments> faultsAndInstants() {
    return Stream.of(RealFault.values())
        .flatMap(
            fault ->
                Stream.of(HandoverInstant.values()).map(instant -> Arguments.of(fault, instant)));
  }

  @ParameterizedTest(name = "{0} at {1}")
  @MethodSource("faultsAndInstants")
  void survives(RealFault fault, HandoverInstant instant) {
    startHome(RealMetalLbRelease.V0_15, "handover");
    Street street = new Street(services, A);
    Set<String> names = Set.copyOf(services.names());
    fault.prepare(this);
    startProgram();
    awaitPasses(1);
    home.changePrefix(B);
    await()
        .atMost(Duration.ofSeconds(60))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> instant.isReached(home, A, B));

    fault.strike(this);

    await()
        .atMost(SETTLED)
        .untilAsserted(
            () -> {
              assertOnly(B);
              street.assertSameUnder(B, A);
            });
    street.assertUntouchedOnes();
    home.auditedServices(RealMetalLbRelease.V0_15).assertIpv4Kept(names);
  }

  /**
   * The API server is started again, and MetalLB's watch of services comes back before the one of
   * pools: MetalLB sees requests for addresses of a range that it does not know.
   */
  @Test
  void movesNobodyWhileMetalLbHearsOfServicesButNotOfPools() {
    startHome(RealMetalLbRelease.V0_15, "handover");
    PoolGate gate = metalLb().putBehindGate();
    Street street = new Street(services, A);
    Set<String> names = Set.copyOf(services.names());
    startProgram();
    awaitPasses(1);
    gate.shut();
    api().kill();
    api().startAgain();
    api().awaitReady();
    gate.awaitServicesHeard();

    home.changePrefix(B);

    eventually(() -> assertThat(home.cluster().annotations()).containsKey(RETIRING));
    await()
        .during(LONGER_THAN_ANY_WAIT)
        .atMost(LONGER_THAN_ANY_WAIT.plusSeconds(5))
        .untilAsserted(() -> home.auditedServices(RealMetalLbRelease.V0_15).assertIpv4Kept(names));
    gate.open();
    awaitOnly(B);
    street.assertSameUnder(B, A);
    street.assertUntouchedOnes();
    home.auditedServices(RealMetalLbRelease.V0_15).assertIpv4Kept(names);
  }

  void startProgram() {
    program = start(Map.of());
  }

  RealApiServer api() {
    return RealMetalLbRelease.V0_15.server();
  }

  RealMetalLb metalLb() {
    return home.realMetalLb().orElseThrow();
  }
}
