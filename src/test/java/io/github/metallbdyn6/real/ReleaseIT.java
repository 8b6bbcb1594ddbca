package io.github.metallbdyn6.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesList;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.github.metallbdyn6.flow.Street;
import io.github.metallbdyn6.kustomize.Kubectl;
import io.github.metallbdyn6.testbed.HomeWithServices;
import io.github.metallbdyn6.testbed.ProgramProcess;
import io.github.metallbdyn6.testbed.RealMetalLbRelease;
import io.github.metallbdyn6.testbed.TestServices.Wanted;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The program is removed at some instant of a handover, and nothing tells of it any more. */
class ReleaseIT extends RealFlow {
  private static final String HOST_PART = "metallb-dyn6/host-part";

  static Stream<Arguments> instants() {
    return Stream.concat(
        Stream.of(HandoverInstant.values())
            .map(instant -> Arguments.of(RealMetalLbRelease.V0_15, instant)),
        Stream.of(Arguments.of(RealMetalLbRelease.V0_13, HandoverInstant.FIRST_ASKED)));
  }

  @ParameterizedTest(name = "{0}, killed at {1}")
  @MethodSource("instants")
  void finishesTheHandover(RealMetalLbRelease release, HandoverInstant instant) throws Exception {
    startHome(release, "handover");
    Street street = new Street(services, A);
    Set<String> names = Set.copyOf(services.names());
    ProgramProcess program = start(Map.of());
    awaitPasses(1);
    home.changePrefix(B);
    await()
        .atMost(Duration.ofSeconds(60))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> instant.isReached(home, A, B));
    program.kill();
    int unused = program.exitStatus();

    release("--release");

    assertThat(home.cluster().annotations()).as(this::story).containsOnlyKeys("example.com/owner");
    assertThat(home.cluster().addresses())
        .as(this::story)
        .containsExactly(HomeWithServices.pool(B));
    street.assertSameUnder(B, A);
    street.assertUntouchedOnes();
    for (String name : services.names()) {
      assertThat(services.annotations(name)).as(name).doesNotContainKey(RECORD);
    }
    home.auditedServices(release).assertIpv4Kept(names);
    assertNothingRefused(504); // the audit log has it where a request lost its sender to the kill
  }

  /** By the three commands of the manual: the release, kubectl delete -k, and one more. */
  @Test
  void leavesNothingOfTheProgramInTheCluster() throws Exception {
    startHome(RealMetalLbRelease.V0_15, "handover", "release", "push", "handover-policy");
    services.create(Wanted.dualStack("web").annotated(HOST_PART, "::1025"));
    eventually(() -> assertThat(services.addresses("web")).contains(A + "::1000"));
    ProgramProcess program = start(Map.of("METALLB_DYN6_SOURCE", "my-ip"));
    eventually(() -> assertThat(services.addresses("web")).contains(A + "::1025"));
    home.changePrefix(B);
    awaitOnly(B);
    assertThat(left()).as("what a release is for").anyMatch(it -> it.startsWith("ipaddresspool"));
    program.terminate();
    int unused = program.exitStatus();

    release("--release");
    kubectl("delete", "--wait", "-k", overlay());
    kubectl(
        "-n",
        home.cluster().namespace(),
        "delete",
        "configmap",
        "-l",
        "app.kubernetes.io/name=metallb-dyn6");

    assertThat(left()).containsExactly("service web: annotation " + HOST_PART);
    assertThat(services.addresses("web")).contains(B + "::1025");
  }

  private void release(String argument) throws Exception {
    try (ProgramProcess release = installation.start(home.isp(), Map.of(), argument)) {
      await().atMost(Duration.ofSeconds(90)).until(() -> !release.isRunning());
      assertThat(release.exitStatus()).as(release.output()).isZero();
      assertThat(release.output()).contains("Nothing of the program is left");
    }
  }

  private String overlay() {
    return installation.overlay().toString();
  }

  private static String kubectl(String... words) {
    return Kubectl.run(
        Stream.concat(
                Stream.of(
                    "kubectl",
                    "--kubeconfig=" + RealMetalLbRelease.V0_15.server().adminKubeconfig()),
                Stream.of(words))
            .toArray(String[]::new));
  }

  /** Lists every object of every kind but Events that has the program's name in it. */
  private List<String> left() {
    String kinds =
        kubectl("api-resources", "--verbs=list", "-o", "name")
            .lines()
            .filter(kind -> !kind.startsWith("events"))
            .collect(Collectors.joining(","));
    String all = kubectl("get", kinds, "--all-namespaces", "-o", "json");
    String json = all.substring(all.indexOf('{')); // kinds that are deprecated are warned of
    return Serialization.unmarshal(json, KubernetesList.class).getItems().stream()
        .filter(this::isHere)
        .flatMap(ReleaseIT::traces)
        .distinct()
        .toList();
  }

  /** Other tests install the program into namespaces of their own at the same time. */
  private boolean isHere(HasMetadata object) {
    String namespace = object.getMetadata().getNamespace();
    return namespace == null
        ? !object.getKind().equals("Namespace")
        : namespace.equals(home.cluster().namespace()) || namespace.equals(services.namespace());
  }

  private static Stream<String> traces(HasMetadata object) {
    String name = object.getKind().toLowerCase(Locale.ROOT) + " " + object.getMetadata().getName();
    Map<String, String> annotations = object.getMetadata().getAnnotations();
    Map<String, String> labels = object.getMetadata().getLabels();
    boolean isOurs =
        object.getMetadata().getName().startsWith("metallb-dyn6")
            || (labels != null && labels.containsValue("metallb-dyn6"));
    Stream<String> marks =
        annotations == null
            ? Stream.empty()
            : annotations.keySet().stream()
                .filter(key -> key.startsWith("metallb-dyn6/"))
                .map(key -> name + ": annotation " + key);
    return Stream.concat(isOurs ? Stream.of(name) : Stream.empty(), marks);
  }
}
