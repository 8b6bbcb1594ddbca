package io.github.metallbdyn6.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import io.github.metallbdyn6.kustomize.Components;
import io.github.metallbdyn6.kustomize.Kubectl;
import io.github.metallbdyn6.kustomize.Permission;
import io.github.metallbdyn6.testbed.HomeWithServices;
import io.github.metallbdyn6.testbed.ProgramProcess;
import io.github.metallbdyn6.testbed.RealApiServer;
import io.github.metallbdyn6.testbed.RealMetalLbRelease;
import io.github.metallbdyn6.testbed.TestServices.Wanted;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Objects of {@code kubectl apply -k}: a real API server accepts them, and they are just enough.
 */
class InstallationIT extends RealFlow {
  private static final String HOST_PART = "metallb-dyn6/host-part";

  static Stream<Path> builds() {
    return Stream.of(
            Stream.of(Path.of("kustomize", "overlays", "example")),
            Components.names().stream().map(name -> Components.overlay(name, List.of(name))),
            Stream.of(Components.overlay("all", Components.names())))
        .flatMap(folders -> folders);
  }

  @ParameterizedTest
  @MethodSource("builds")
  void isAcceptedByTheApiServer(Path build) {
    RealApiServer api = RealMetalLbRelease.V0_15.server();
    createNamespace(api, "metallb-system", Map.of());
    createNamespace(api, "metallb-dyn6", Map.of());

    String answer =
        Kubectl.run(
            "kubectl",
            "--kubeconfig=" + api.adminKubeconfig(),
            "apply",
            "--server-side",
            "--dry-run=server",
            "-k",
            build.toString());

    assertThat(answer.lines()).isNotEmpty().allMatch(line -> line.endsWith(" (server dry run)"));
  }

  /** The API server judges by the same standard as its documentation tells: restricted. */
  @Test
  void makesAPodThatTheRestrictedStandardAllows() {
    RealApiServer api = RealMetalLbRelease.V0_15.server();
    createNamespace(api, "restricted", Map.of("pod-security.kubernetes.io/enforce", "restricted"));
    PodTemplateSpec template =
        Kubectl.build(Path.of("kustomize", "overlays", "example"))
            .the(Deployment.class)
            .getSpec()
            .getTemplate();

    assertThat(
            api.client()
                .pods()
                .inNamespace("restricted")
                .resource(
                    new PodBuilder()
                        .withNewMetadata()
                        .withName("metallb-dyn6")
                        .endMetadata()
                        .withSpec(template.getSpec())
                        .build())
                .dryRun()
                .create())
        .isNotNull();
  }

  private static void createNamespace(RealApiServer api, String name, Map<String, String> labels) {
    api.client()
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(labels)
                .endMetadata()
                .build())
        .createOr(NonDeletingOperation::update);
  }

  @Test
  void usesEveryVerbThatTheRoleGrantsAndNoOther() {
    startHome(RealMetalLbRelease.V0_13);
    ProgramProcess program = start(Map.of());
    awaitPasses(1);
    home.changePrefix(B);
    awaitOnly(B);
    awaitLog(program, "MetalLB runs on the new addresses");

    assertThat(used()).isEqualTo(granted());
    assertNothingRefused(500); // MetalLB's webhook while its pod is made anew
  }

  @Test
  void usesEveryVerbThatAHandoverIsGrantedAndNoOther() {
    startHome(RealMetalLbRelease.V0_15, "handover", "reload-never");
    services.create(Wanted.dualStack("web"));
    services.create(Wanted.dualStack("far").annotated(HOST_PART, "::beef"));
    eventually(() -> assertThat(services.addresses("far")).hasSize(2));
    ProgramProcess program = start(Map.of());
    awaitPasses(1);
    breakConfiguration();
    home.changePrefix(B);
    awaitLog(program, "MetalLB refuses its configuration");
    mendConfiguration();
    awaitLog(program, "Moving 2 services");
    eventually(
        () -> assertThat(home.cluster().addresses()).containsExactly(HomeWithServices.pool(B)));

    eventually(
        () ->
            assertThat(used().stream().map(InstallationIT::anyService).distinct())
                .containsExactlyInAnyOrderElementsOf(granted()));
    assertNothingRefused();
  }

  /** The removal lists the pools, as does a watch that cannot be resumed. */
  @Test
  void usesEveryVerbThatAnnotatedPoolsAreGrantedAndNoOther() throws Exception {
    startHome(RealMetalLbRelease.V0_13, "annotated-pools");
    home.cluster().annotate("public", "metallb-dyn6/host-range", "::1000-::1999");
    ProgramProcess program = start(Map.of());
    awaitLog(program, "The first pass has succeeded");
    home.changePrefix(B);
    awaitOnly(B);
    awaitLog(program, "MetalLB runs on the new addresses");
    assertThat(granted().stream().map(Permission::ofAnyName))
        .containsAll(used().stream().map(Permission::ofAnyName).toList());
    assertNothingRefused(500); // MetalLB's webhook while its pod is made anew
    program.terminate();
    int unused = program.exitStatus();
    try (ProgramProcess release = installation.start(home.isp(), Map.of(), "--release")) {
      assertThat(release.exitStatus()).as(release.output()).isZero();
    }

    awaitAllGrantedUsed("ipaddresspools");
    awaitAllGrantedUsed("pods");
  }

  /** The ClusterRole is for services of any name, the Role for one pool. */
  private static Permission anyService(Permission used) {
    return used.resource().equals("services")
        ? new Permission(used.group(), used.resource(), "", used.verb())
        : used;
  }

  @Test
  void tellsOnThePoolWhatHappens() {
    startHome(RealMetalLbRelease.V0_13);
    start(Map.of());
    awaitPasses(1);
    home.changePrefix(B);

    eventually(
        () ->
            assertThat(describePool())
                .containsPattern(
                    "Normal +PrefixChanged .* metallb-dyn6 +source my-ip answers the prefix 2001:db8:b::/64")
                .containsPattern("Normal +PoolPatched .* metallb-dyn6 +.*2001:db8:b::1000")
                .containsPattern("Normal +MetalLBReloaded .* metallb-dyn6 "));
  }

  private String describePool() {
    return Kubectl.run(
        "kubectl",
        "--kubeconfig=" + RealMetalLbRelease.V0_13.server().adminKubeconfig(),
        "-n",
        home.cluster().namespace(),
        "describe",
        "ipaddresspool",
        "public");
  }
}
