package io.github.metallbdyn6.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.github.metallbdyn6.testbed.ApiCall;
import io.github.metallbdyn6.testbed.FakeIsp;
import io.github.metallbdyn6.testbed.HomeWithServices;
import io.github.metallbdyn6.testbed.MetalLb;
import io.github.metallbdyn6.testbed.MetalLbRelease;
import io.github.metallbdyn6.testbed.RunningProgram;
import io.github.metallbdyn6.testbed.ServiceHistory;
import io.github.metallbdyn6.testbed.TestCluster;
import io.github.metallbdyn6.testbed.TestServices;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** The program in a home with services and a MetalLB, and the words to test a handover with. */
abstract class HandoverFlow extends ProgramFlow {
  static final String A = "2001:db8:a";
  static final String B = "2001:db8:b";
  static final String C = "2001:db8:c";
  static final String OLDER_PIN = "metallb.universe.tf/loadBalancerIPs";
  static final String NEWER_PIN = "metallb.io/loadBalancerIPs";
  static final String SHARING = "metallb.universe.tf/allow-shared-ip";
  static final String HOST_PART = "metallb-dyn6/host-part";
  static final String RECORD = "metallb-dyn6/handover";
  static final String RETIRING = "metallb-dyn6/retiring";
  static final String RELOAD_MARK = "metallb-dyn6/reload-pending";
  static final String DNS_TARGET = "external-dns.alpha.kubernetes.io/target";

  private static final ResourceDefinitionContext EVENTS =
      new ResourceDefinitionContext.Builder()
          .withGroup("events.k8s.io")
          .withVersion("v1")
          .withKind("Event")
          .withPlural("events")
          .withNamespaced(true)
          .build();

  HomeWithServices home;
  TestServices services;
  ServiceHistory history;

  @AfterEach
  void stopAll() throws Exception {
    stopPrograms();
    if (home == null) {
      return; // a release of which there is no real MetalLB
    }
    try {
      assertNothingAskedThatTheClusterRoleForbids();
    } finally {
      home.close();
    }
  }

  @Override
  TestCluster cluster() {
    return home.cluster();
  }

  @Override
  FakeIsp isp() {
    return home.isp();
  }

  /** A home with the first prefix; a real MetalLB takes the place of the newest release. */
  void startHome(MetalLbRelease release) {
    home = HomeWithServices.start(release, A);
    services = home.services();
    history = home.history();
    if (home.isElsewhere() && release != MetalLbRelease.V0_15_2) {
      abort("a real MetalLB is of one release only");
    }
  }

  /** Returns the model; where a real MetalLB runs, which obeys no test, the test ends here. */
  MetalLb metalLb() {
    return home.model().orElseGet(() -> abort("a real MetalLB cannot be held"));
  }

  RunningProgram startHandover() {
    return startHandover(Map.of());
  }

  RunningProgram startHandover(Map<String, String> moreVariables) {
    Map<String, String> variables = new HashMap<>(moreVariables);
    variables.put("METALLB_DYN6_TRANSITION", "handover");
    return startProgram(variables);
  }

  /** Changes the prefix and has a pass see it, however long the interval is. */
  void changePrefixAtOnce(String prefix) {
    home.changePrefix(prefix);
    home.cluster()
        .patchPool(
            "{\"metadata\":{\"annotations\":{\"metallb-dyn6/pushed-prefix\":\"not %s\"}}}"
                .formatted(prefix));
  }

  /** Waits until only this prefix is left, and nobody remembers another one. */
  void awaitOnly(String prefix) {
    eventually(
        () -> {
          assertThat(home.cluster().addresses()).containsExactly(HomeWithServices.pool(prefix));
          assertThat(home.cluster().annotations()).doesNotContainKeys(RETIRING, RELOAD_MARK);
          home.model()
              .ifPresent(
                  model ->
                      assertThat(model.configuration())
                          .containsExactly(HomeWithServices.pool(prefix)));
          for (String name : services.names()) {
            assertThat(services.annotations(name)).as(name).doesNotContainKey(RECORD);
          }
        });
  }

  /** Waits until a service has these addresses, in whatever order. */
  void awaitAddresses(String name, String... addresses) {
    eventually(() -> assertThat(services.addresses(name)).containsExactlyInAnyOrder(addresses));
  }

  /** Waits for a Warning about a service, and returns what it says. */
  String awaitWarning(String name) {
    List<String> notes = new ArrayList<>();
    eventually(
        () -> {
          notes.clear();
          notes.addAll(warnings(name));
          assertThat(notes).as("warnings about %s", name).isNotEmpty();
        });
    return notes.get(0);
  }

  /** Returns the program's Warnings that kubectl would show below a service. */
  List<String> warnings(String name) {
    String uid = services.get(name).getMetadata().getUid();
    return events(services.namespace()).stream()
        .filter(event -> uid.equals(event.<String>get("regarding", "uid")))
        .filter(event -> "Warning".equals(event.<String>get("type")))
        .filter(event -> "metallb-dyn6".equals(event.<String>get("reportingController")))
        .map((GenericKubernetesResource event) -> event.<String>get("note"))
        .toList();
  }

  List<GenericKubernetesResource> events(String namespace) {
    return home.cluster()
        .client()
        .genericKubernetesResources(EVENTS)
        .inNamespace(namespace)
        .list()
        .getItems();
  }

  /** At every instant, whatever was done. */
  void assertNobodyLostAnything() {
    eventually(history::assertComplete);
    history.assertNobodyLostAnything();
    home.model().ifPresent(model -> assertThat(model.failures()).isEmpty());
    home.model().ifPresent(model -> assertThat(model.rejections()).isEmpty());
  }

  /** Lists, watches and patches of services are allowed, nothing else. */
  private void assertNothingAskedThatTheClusterRoleForbids() {
    assertThat(home.cluster().api().calls())
        .filteredOn(ApiCall::isAboutServices)
        .allSatisfy(
            call ->
                assertThat(call.toString())
                    .matches("GET /api/v1/services(?:\\?.*)?|PATCH .*/services/[^/]+(?:\\?.*)?"));
  }

  List<ApiCall> poolPatches() {
    return home.cluster().api().writes().stream()
        .filter(call -> call.path().contains("/ipaddresspools/"))
        .toList();
  }

  List<ApiCall> servicePatches() {
    return home.cluster().api().writes().stream().filter(ApiCall::isAboutServices).toList();
  }

  List<ApiCall> serviceLists() {
    return home.cluster().api().calls().stream()
        .filter(call -> call.isAboutServices() && !call.isWrite() && !call.isWatch())
        .toList();
  }
}
