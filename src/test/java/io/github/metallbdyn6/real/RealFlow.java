package io.github.metallbdyn6.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.github.metallbdyn6.kustomize.Permission;
import io.github.metallbdyn6.testbed.AuditLog;
import io.github.metallbdyn6.testbed.HomeWithServices;
import io.github.metallbdyn6.testbed.Installation;
import io.github.metallbdyn6.testbed.ProgramProcess;
import io.github.metallbdyn6.testbed.RealMetalLbRelease;
import io.github.metallbdyn6.testbed.RealParts;
import io.github.metallbdyn6.testbed.TestServices;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/**
 * The real jar, installed by {@code kubectl apply -k}, with a real API server and a real MetalLB,
 * and the words to test it with.
 */
abstract class RealFlow {
  static final String A = "2001:db8:a";
  static final String B = "2001:db8:b";
  static final String C = "2001:db8:c";
  static final String OLDER_PIN = "metallb.universe.tf/loadBalancerIPs";
  static final String NEWER_PIN = "metallb.io/loadBalancerIPs";
  static final String RECORD = "metallb-dyn6/handover";
  static final String RETIRING = "metallb-dyn6/retiring";
  static final String RELOAD_MARK = "metallb-dyn6/reload-pending";

  /** Two cores start four programs. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final List<ProgramProcess> programs = new ArrayList<>();
  HomeWithServices home;
  TestServices services;
  Installation installation;

  @BeforeAll
  static void requireRealParts() {
    RealParts.require();
  }

  @AfterEach
  void stopAll() throws Exception {
    for (ProgramProcess program : programs) {
      program.close();
    }
    if (installation != null) {
      installation.close();
    }
    if (home != null) {
      home.close();
    }
  }

  /** A home with the first prefix; the program is installed with these components, not started. */
  void startHome(RealMetalLbRelease release, String... components) {
    home = HomeWithServices.real(release, A);
    services = home.services();
    installation =
        new Installation(release.server(), home.cluster().namespace(), List.of(components));
  }

  ProgramProcess start(Map<String, String> variables) {
    ProgramProcess program = installation.start(home.isp(), variables);
    programs.add(program);
    return program;
  }

  /** Starts it with these options for the JVM instead of a pod's. */
  ProgramProcess start(Map<String, String> variables, List<String> options) {
    ProgramProcess program = installation.start(home.isp(), variables, options);
    programs.add(program);
    return program;
  }

  /** A pool that MetalLB cannot read, as from a cluster where its webhook is switched off. */
  void breakConfiguration() {
    home.realMetalLb().orElseThrow().withoutWebhook();
    home.cluster().createPool("broken", List.of("not-an-address"));
  }

  /** Takes that pool away again. */
  void mendConfiguration() {
    home.cluster().deletePool("broken");
  }

  static void eventually(ThrowingRunnable assertion) {
    await().atMost(PATIENCE).untilAsserted(assertion);
  }

  /** Waits until only this prefix is left, and nobody remembers another one. */
  void awaitOnly(String prefix) {
    eventually(() -> assertOnly(prefix));
  }

  void assertOnly(String prefix) {
    assertThat(home.cluster().addresses())
        .as(this::story)
        .containsExactly(HomeWithServices.pool(prefix));
    assertThat(home.cluster().annotations())
        .as(this::story)
        .doesNotContainKeys(RETIRING, RELOAD_MARK);
    for (String name : services.names()) {
      assertThat(services.annotations(name))
          .as(() -> name + "\n" + story())
          .doesNotContainKey(RECORD);
    }
  }

  /** Tells what happened, for the reader of a failure. */
  String story() {
    StringBuilder story = new StringBuilder();
    programs.forEach(program -> story.append(program.output()).append('\n'));
    services
        .names()
        .forEach(
            name ->
                story
                    .append(name)
                    .append(' ')
                    .append(services.addresses(name))
                    .append(services.annotations(name))
                    .append('\n'));
    return story.append(home.cluster().pool()).toString();
  }

  void awaitLog(ProgramProcess program, String text) {
    eventually(() -> assertThat(program.output()).contains(text));
  }

  /** Waits until the program has asked its source some more times. */
  void awaitPasses(int passes) {
    int asked = home.isp().timesAsked();
    await().atMost(PATIENCE).until(() -> home.isp().timesAsked() > asked + passes);
  }

  /** Returns what the program's account has needed so far, by the API server's own account. */
  Set<Permission> used() {
    return installation.audit().requests().stream()
        .map(Permission::neededFor)
        .flatMap(Optional::stream)
        .collect(Collectors.toSet());
  }

  /** Returns what the installed Role and ClusterRoles grant the program's account. */
  Set<Permission> granted() {
    return installation.manifests().objects().stream()
        .flatMap(RealFlow::grantedBy)
        .collect(Collectors.toSet());
  }

  private static Stream<Permission> grantedBy(HasMetadata object) {
    return object instanceof Role role
        ? Permission.of(role).stream()
        : object instanceof ClusterRole role ? Permission.of(role).stream() : Stream.empty();
  }

  /** Waits until every verb that is granted for this resource was needed, and no other. */
  void awaitAllGrantedUsed(String resource) {
    eventually(
        () ->
            assertThat(verbs(used(), resource))
                .as(resource)
                .isNotEmpty()
                .isEqualTo(verbs(granted(), resource)));
  }

  static Set<String> verbs(Set<Permission> permissions, String resource) {
    return permissions.stream()
        .filter(permission -> permission.resource().equals(resource))
        .map(Permission::verb)
        .collect(Collectors.toSet());
  }

  /** The API server has refused nothing but what lost a race, or looked for what is not there. */
  void assertNothingRefused(Integer... alsoAllowed) {
    Set<Integer> allowed = Set.of(alsoAllowed);
    assertThat(installation.audit().requests())
        .filteredOn(request -> request.status() >= 400)
        .filteredOn(request -> request.status() != 409)
        .filteredOn(request -> !allowed.contains(request.status()))
        .extracting(AuditLog.Request::toString)
        .isEmpty();
  }
}
