package io.github.metallbdyn6.demo;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.github.metallbdyn6.testbed.FakeReceiver;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** A chat server that is told, and a network policy that is renumbered. */
final class StagedFollowers implements AutoCloseable {
  private final FakeReceiver chat = new FakeReceiver();
  private final KubernetesClient client;
  private final String namespace;
  private final Supplier<String> record;

  /** Begins with a policy under this prefix; the pool's record says what followers were told. */
  StagedFollowers(
      KubernetesClient client, String namespace, String prefix, Supplier<String> record) {
    this.client = client;
    this.namespace = namespace;
    this.record = record;
    NetworkPolicy policy =
        new NetworkPolicyBuilder()
            .withNewMetadata()
            .withName("from-home")
            .addToLabels("metallb-dyn6/renumber", "true")
            .endMetadata()
            .withNewSpec()
            .addNewIngress()
            .addNewFrom()
            .withNewIpBlock()
            .withCidr(prefix + "::/64")
            .endIpBlock()
            .endFrom()
            .endIngress()
            .endSpec()
            .build();
    client.network().v1().networkPolicies().inNamespace(namespace).resource(policy).create();
  }

  Map<String, String> variables() {
    Map<String, String> variables = new HashMap<>();
    variables.put("METALLB_DYN6_FOLLOWERS", "webhook,renumber");
    variables.put("METALLB_DYN6_WEBHOOK_URL", chat.uri() + "/home");
    return variables;
  }

  /** Waits until both know this prefix, and shows what they know. */
  void show(String prefix, Paper paper, Expectation expectation) throws NotSeen {
    expectation.see("the webhook is told of " + prefix, () -> lastMessage().contains(prefix));
    expectation.see(
        "the network policy follows to " + prefix, () -> cidr().equals(prefix + "::/64"));
    expectation.see(
        "the pool's record says so",
        () -> record.get().matches("renumber=%1$s::/64@.*,webhook=%1$s::/64@.*".formatted(prefix)));
    paper.table(
        List.of("follower", "what it knows"),
        List.of(
            List.of("webhook", lastMessage()),
            List.of("renumber", "NetworkPolicy from-home allows " + cidr())));
  }

  private String lastMessage() {
    List<FakeReceiver.Received> all = chat.taken();
    return all.isEmpty() ? "" : all.get(all.size() - 1).body();
  }

  private String cidr() {
    return client
        .network()
        .v1()
        .networkPolicies()
        .inNamespace(namespace)
        .withName("from-home")
        .get()
        .getSpec()
        .getIngress()
        .get(0)
        .getFrom()
        .get(0)
        .getIpBlock()
        .getCidr();
  }

  @Override
  public void close() {
    chat.close();
  }
}
