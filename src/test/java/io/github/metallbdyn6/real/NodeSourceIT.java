package io.github.metallbdyn6.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import io.github.metallbdyn6.testbed.HomeWithServices;
import io.github.metallbdyn6.testbed.ProgramProcess;
import io.github.metallbdyn6.testbed.RealMetalLbRelease;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The source node, with a Node of a real API server and the access that its component brings. */
class NodeSourceIT extends RealFlow {
  private static final Map<String, String> SOURCE = Map.of("METALLB_DYN6_SOURCE", "node");
  private static final Map<String, String> BEHIND_A_DEAD_ONE =
      Map.of(
          "METALLB_DYN6_SOURCE",
          "my-ip,node",
          "METALLB_DYN6_MY_IP_URL",
          "http://127.0.0.1:1/v2/ip.json");

  private final KubernetesClient client = RealMetalLbRelease.V0_15.server().client();

  @AfterEach
  void removeNode() {
    client.nodes().withName("one").delete();
  }

  private void node(String address, String ready) {
    Node node = new NodeBuilder().withNewMetadata().withName("one").endMetadata().build();
    Node created = client.resource(node).createOr(NonDeletingOperation::update);
    client
        .resource(
            new NodeBuilder(created)
                .editOrNewStatus()
                .withAddresses(List.of())
                .addNewAddress()
                .withType("InternalIP")
                .withAddress(address)
                .endAddress()
                .withConditions(List.of())
                .addNewCondition()
                .withType("Ready")
                .withStatus(ready)
                .endCondition()
                .endStatus()
                .build())
        .updateStatus();
  }

  private void awaitRange(String prefix) {
    eventually(
        () ->
            assertThat(home.cluster().addresses())
                .as(this::story)
                .containsExactly(HomeWithServices.pool(prefix)));
  }

  @Test
  void followsTheNode() {
    startHome(RealMetalLbRelease.V0_15, "source-node");
    node(B + "::77", "True");
    start(SOURCE);
    awaitRange(B);
    node(C + "::77", "True");
    awaitRange(C);
    start(Map.of("METALLB_DYN6_SOURCE", "node", "METALLB_DYN6_NODE_NAME", "one"));

    awaitAllGrantedUsed("nodes");
    assertNothingRefused();
  }

  @Test
  void followsTheNodeBehindADeadSource() {
    startHome(RealMetalLbRelease.V0_15, "source-node");
    node(B + "::77", "True");
    start(BEHIND_A_DEAD_ONE);

    awaitRange(B);
  }

  @Test
  void holdsThePoolWhileTheNodeIsNotReadyOrHasAnAddressOfItsOwnNetwork() {
    startHome(RealMetalLbRelease.V0_15, "source-node");
    node(B + "::77", "False");
    ProgramProcess program = start(SOURCE);

    awaitLog(
        program, "no node is Ready and has an IPv6 address of type InternalIP; looked at: [one]");
    node("fd00:db8::77", "True");
    awaitLog(program, "(unique_local)");
    assertThat(home.cluster().addresses()).containsExactly(HomeWithServices.pool(A));
    node(B + "::77", "True");
    awaitRange(B);
  }
}
