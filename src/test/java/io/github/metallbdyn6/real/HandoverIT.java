package io.github.metallbdyn6.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.flow.Street;
import io.github.metallbdyn6.testbed.ProgramProcess;
import io.github.metallbdyn6.testbed.RealMetalLbRelease;
import io.github.metallbdyn6.testbed.TestServices.Wanted;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A street of services of every kind under a new prefix, and under another one right after it. */
class HandoverIT extends RealFlow {
  private static final String INTERNAL = "internal";

  @ParameterizedTest
  @EnumSource
  void keepsIpv4AndHostPartsOfEverybodyAtEveryInstant(RealMetalLbRelease release) {
    startHome(release, "handover");
    Street street = new Street(services, A);
    Map<String, String> pods = home.cluster().pods().uids();
    ProgramProcess program = start(Map.of());
    awaitPasses(2);
    home.changePrefix(B);
    awaitOnly(B);
    street.assertSameUnder(B, A);
    home.changePrefix(C);
    awaitOnly(C);

    street.assertSameUnder(C, A);
    street.assertUntouchedOnes();
    eventually(home.history()::assertComplete);
    home.history().assertNobodyLostAnything();
    assertThat(home.cluster().pods().uids()).as("pods").isEqualTo(pods);
    assertNothingRefused();
    assertThat(program.output()).doesNotContain("WARN", "ERROR", "Exception");
  }

  @Test
  void requestsNothingByAnAnnotationThatMetalLbCallsDeprecated() {
    startHome(RealMetalLbRelease.V0_15, "handover");
    services.create(Wanted.dualStack("automatic"));
    services.create(Wanted.dualStack("older").annotated(OLDER_PIN, "192.0.2.25," + A + "::1500"));
    eventually(() -> assertThat(services.addresses("older")).contains("192.0.2.25"));
    start(Map.of());
    awaitPasses(2);
    home.changePrefix(B);
    awaitOnly(B);

    eventually(() -> assertThat(services.addresses("automatic")).contains(B + "::1000"));
    eventually(() -> assertThat(warnedOfDeprecation()).as("the user's own").contains("older"));
    assertThat(warnedOfDeprecation()).doesNotContain("automatic");
  }

  /** MetalLB 0.15 and later say on a service that an annotation of it is an older one. */
  private Set<String> warnedOfDeprecation() {
    return RealMetalLbRelease.V0_15
        .server()
        .client()
        .v1()
        .events()
        .inNamespace(services.namespace())
        .list()
        .getItems()
        .stream()
        .filter(event -> "deprecatedAnnotation".equals(event.getReason()))
        .map(event -> event.getInvolvedObject().getName())
        .collect(Collectors.toSet());
  }

  /** While another pool cannot be read, MetalLB goes on with what it knows. */
  @Test
  void tellsInMetalLbsWordsThatItRefusesItsConfigurationAndMovesNobody() {
    startHome(RealMetalLbRelease.V0_15, "handover");
    services.create(Wanted.dualStack("web"));
    eventually(() -> assertThat(services.addresses("web")).contains("192.0.2.10", A + "::1000"));
    ProgramProcess program = start(Map.of());
    awaitPasses(2);
    breakConfiguration();
    home.changePrefix(B);

    awaitLog(program, "MetalLB refuses its configuration: ");
    assertThat(program.output()).contains("not-an-address");
    assertThat(services.annotations("web")).doesNotContainKey(RECORD);
    mendConfiguration();
    awaitOnly(B);
    eventually(() -> assertThat(services.addresses("web")).contains("192.0.2.10", B + "::1000"));
    home.auditedServices(RealMetalLbRelease.V0_15).assertIpv4Kept(Set.of("web"));
    assertNothingRefused();
  }

  /** Each program has its own pool; the record on a service says whose the service is. */
  @Test
  void twoProgramsForTwoPoolsLeaveEachOthersServicesAlone() {
    startHome(RealMetalLbRelease.V0_15, "handover");
    home.cluster()
        .createPool(INTERNAL, List.of("198.51.100.10-198.51.100.40", A + "::2000-" + A + "::2999"));
    services.create(inPool("web", "public"));
    services.create(inPool("intranet", INTERNAL));
    eventually(() -> assertThat(services.addresses("web")).contains("192.0.2.10", A + "::1000"));
    eventually(
        () -> assertThat(services.addresses("intranet")).contains("198.51.100.10", A + "::2000"));
    start(Map.of());
    start(
        Map.of(
            "KUBERNETES_MASTER",
            "",
            "KUBECONFIG",
            RealMetalLbRelease.V0_15.server().adminKubeconfig().toString(),
            "METALLB_DYN6_METALLB_POOL",
            INTERNAL,
            "METALLB_DYN6_HOST_RANGE",
            "::2000-::2999"),
        List.of());
    awaitPasses(4);
    home.changePrefix(B);

    eventually(
        () -> {
          assertThat(services.addresses("web"))
              .as(this::story)
              .containsExactlyInAnyOrder("192.0.2.10", B + "::1000");
          assertThat(services.addresses("intranet"))
              .as(this::story)
              .containsExactlyInAnyOrder("198.51.100.10", B + "::2000");
        });
    awaitOnly(B);
    home.auditedServices(RealMetalLbRelease.V0_15).assertIpv4Kept(Set.of("web", "intranet"));
  }

  private static Wanted inPool(String name, String pool) {
    return Wanted.dualStack(name).annotated("metallb.io/address-pool", pool);
  }
}
