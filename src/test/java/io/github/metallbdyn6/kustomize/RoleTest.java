package io.github.metallbdyn6.kustomize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.github.metallbdyn6.pool.PoolState;
import io.github.metallbdyn6.testbed.ApiCall;
import io.github.metallbdyn6.testbed.FakeIsp;
import io.github.metallbdyn6.testbed.HomeWithServices;
import io.github.metallbdyn6.testbed.MetalLbRelease;
import io.github.metallbdyn6.testbed.RunningProgram;
import io.github.metallbdyn6.testbed.TestCluster;
import io.github.metallbdyn6.testbed.TestServices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Role allows what the program was seen to ask of the API server, and nothing else. */
class RoleTest {
  private static final Path BASE = Path.of("kustomize", "base");
  private static final String HOST_PART = "metallb-dyn6/host-part";
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final List<String> OLD = List.of("2001:db8:a::1000-2001:db8:a::1999");
  private static final List<String> NEW = List.of("2001:db8:b::1000-2001:db8:b::1999");

  /** Acts of a user or an ISP while the program runs. */
  private interface Scenario {
    void play(TestCluster cluster, FakeIsp isp);
  }

  @TempDir private Path folder;

  @Test
  void allowsExactlyWhatTheProgramDoes() throws Exception {
    Manifests base = Kubectl.build(BASE);
    Set<Permission> used = new HashSet<>();
    used.addAll(seen(base, Map.of(), RoleTest::startBeforeThePoolAndRestartTwice));
    used.addAll(seen(base, Map.of("METALLB_DYN6_DRY_RUN", "true"), RoleTest::onlyLook));
    used.addAll(seen(base, Map.of("METALLB_DYN6_RELOAD", "never"), RoleTest::follow));

    assertThat(Permission.of(base.the(Role.class))).isEqualTo(used);
  }

  @Test
  void allowsNoAccessToPodsWhereTheyAreNeverRestarted() throws Exception {
    Manifests never = Kubectl.build(Components.overlay("reload-never", List.of("reload-never")));

    assertThat(Permission.of(never.the(Role.class)))
        .isEqualTo(seen(never, Map.of(), RoleTest::startBeforeThePool));
  }

  @Test
  void allowsInAllNamespacesExactlyWhatAHandoverDoes() throws Exception {
    Manifests handover = Kubectl.build(Components.overlay("handover", List.of("handover")));
    Map<String, String> environment = handover.environment(folder);
    environment.put("METALLB_DYN6_RELOAD_TIMEOUT", "5");
    try (HomeWithServices home = HomeWithServices.start(MetalLbRelease.V0_15_2, "2001:db8:a")) {
      home.services().create(TestServices.Wanted.dualStack("web"));
      home.services().create(TestServices.Wanted.dualStack("far").annotated(HOST_PART, "::beef"));
      until(() -> home.services().addresses("far").size() == 2);
      try (RunningProgram program = RunningProgram.start(home.cluster(), home.isp(), environment)) {
        home.changePrefix("2001:db8:b");
        until(
            () ->
                home.cluster().addresses().equals(List.of(HomeWithServices.pool("2001:db8:b")))
                    && home.cluster().api().events().stream()
                        .anyMatch(call -> call.path().contains(home.services().namespace()))
                    && home.cluster().api().watches().stream().anyMatch(ApiCall::isAboutServices));
        program.stop();
      }
      assertThat(Permission.of(handover.the(ClusterRole.class)))
          .isEqualTo(
              Stream.of(
                      home.cluster().api().calls(),
                      home.cluster().api().watches(),
                      home.cluster().api().events())
                  .flatMap(List::stream)
                  .map(Permission::neededInAllNamespaces)
                  .flatMap(Optional::stream)
                  .collect(Collectors.toSet()));
    }
  }

  @Test
  void isTheSameFromAnotherNamespace() {
    Manifests across =
        Kubectl.build(Components.overlay("cross-namespace", List.of("cross-namespace")));

    assertThat(across.the(Role.class)).isEqualTo(Kubectl.build(BASE).the(Role.class));
  }

  @Test
  void saysWhichStepsNeedEachVerb() throws IOException {
    Path clusterRole = Path.of("kustomize", "components", "handover", "cluster-role.yaml");
    List<String> verbs =
        Stream.concat(
                Files.readAllLines(BASE.resolve("role.yaml")).stream(),
                Files.readAllLines(clusterRole).stream())
            .filter(
                line -> line.matches("      - (get|list|watch|create|update|patch|delete.*)\\b.*"))
            .toList();

    assertThat(verbs).isNotEmpty().allSatisfy(line -> assertThat(line).contains(" # "));
    assertThat(
            verbs.stream().flatMap(line -> Stream.of(line.replaceAll(".*# |;.*", "").split(", "))))
        .isSubsetOf(idsInRoutes());
  }

  private static Set<String> idsInRoutes() throws IOException {
    StringBuilder routes = new StringBuilder();
    try (Stream<Path> files = Files.list(Path.of("routes"))) {
      for (Path file : files.toList()) {
        routes.append(Files.readString(file));
      }
    }
    return Pattern.compile("(?m)^ *(?:- )?id: (\\S+)$")
        .matcher(routes)
        .results()
        .map((MatchResult it) -> it.group(1))
        .collect(Collectors.toSet());
  }

  private Set<Permission> seen(Manifests built, Map<String, String> more, Scenario scenario)
      throws Exception {
    Map<String, String> environment = built.environment(Files.createTempDirectory(folder, "pod"));
    environment.putAll(more);
    try (TestCluster cluster = TestCluster.fake();
        FakeIsp isp = new FakeIsp()) {
      cluster.pods().run("v0.13.12");
      isp.givesAddress("2001:db8:b::5c1e:2");
      try (RunningProgram program = RunningProgram.start(cluster, isp, environment)) {
        scenario.play(cluster, isp);
        program.stop();
      }
      return Stream.of(cluster.api().calls(), cluster.api().watches(), cluster.api().events())
          .flatMap(List::stream)
          .map(Permission::neededFor)
          .flatMap(Optional::stream)
          .collect(Collectors.toSet());
    }
  }

  private static void startBeforeThePoolAndRestartTwice(TestCluster cluster, FakeIsp isp) {
    startBeforeThePool(cluster, isp);
    cluster.patchPool(
        "{\"metadata\":{\"annotations\":{\"" + PoolState.RELOAD_MARK + "\":\"all\"}}}");
    until(() -> !cluster.annotations().containsKey(PoolState.RELOAD_MARK));
  }

  /** The pool has to be read then, as its watch has nothing to tell. */
  private static void startBeforeThePool(TestCluster cluster, FakeIsp isp) {
    until(() -> cluster.api().calls().size() > 1);
    follow(cluster, isp);
  }

  private static void follow(TestCluster cluster, FakeIsp isp) {
    cluster.createPool(OLD);
    until(
        () ->
            cluster.addresses().equals(NEW)
                && !cluster.annotations().containsKey(PoolState.RELOAD_MARK)
                && !cluster.api().events().isEmpty());
  }

  private static void onlyLook(TestCluster cluster, FakeIsp isp) {
    cluster.createPool(OLD);
    until(() -> cluster.api().calls().stream().anyMatch(call -> call.path().contains("/pods")));
    int asked = isp.timesAsked();
    until(() -> isp.timesAsked() > asked + 1);
  }

  private static void until(Callable<Boolean> condition) {
    await().atMost(PATIENCE).until(condition);
  }
}
