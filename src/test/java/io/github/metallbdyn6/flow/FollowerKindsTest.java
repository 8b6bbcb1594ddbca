package io.github.metallbdyn6.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.github.metallbdyn6.follower.FollowerRecord;
import io.github.metallbdyn6.testbed.FakeReceiver;
import io.github.metallbdyn6.testbed.Fault;
import io.github.metallbdyn6.testbed.Reply;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A provider of names or the API server fails in the middle of a follower's work. */
class FollowerKindsTest extends WholeFlow {
  private static final Reply GOOD = new Reply(200, Map.of(), "good 2001:db8::1");
  private static final String PREFIX_A = "2001:db8:a::/64";
  private static final String PREFIX_B = "2001:db8:b::/64";

  private final FakeReceiver provider = new FakeReceiver();

  @BeforeEach
  void createPoolUnderA() {
    cluster.createPool(List.of(IPV4, RANGE_A));
    isp.givesAddress(ADDRESS_A);
    provider.answers(request -> GOOD);
  }

  @AfterEach
  void stopProvider() {
    provider.close();
  }

  private void start(String follower, Map<String, String> more) {
    Map<String, String> variables = new HashMap<>(more);
    variables.put("METALLB_DYN6_FOLLOWERS", follower);
    variables.put("METALLB_DYN6_REQUEST_TIMEOUT", "1");
    variables.put("METALLB_DYN6_RELOAD", "never");
    startProgramWithPort(variables);
    awaitTold(follower, PREFIX_A);
  }

  private void startDynDns() {
    start(
        "dyndns",
        Map.of(
            "METALLB_DYN6_HOSTS",
            "nas.example.org=::1:25",
            "METALLB_DYN6_DYNDNS_URL",
            provider.uri() + "/update?host={host}&myip={address}"));
  }

  private String told() {
    return cluster.annotations().getOrDefault(FollowerRecord.TOLD, "");
  }

  private void awaitTold(String follower, String prefix) {
    eventually(() -> assertThat(told()).contains(follower + "=" + prefix + "@"));
  }

  private String lastUpdate() {
    return provider.taken().get(provider.taken().size() - 1).target();
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"RESET_AFTER", "TIMEOUT", "STATUS_429", "STATUS_503"})
  void aProviderThatFailsIsAskedUntilItHasTheAddress(Fault fault) {
    startDynDns();
    provider.strike(fault);
    isp.givesAddress(ADDRESS_B);
    awaitPool(IPV4, RANGE_B);
    awaitLog("WARN Follower dyndns has failed");
    assertThat(told()).contains("dyndns=" + PREFIX_A + "@");
    provider.heal();
    awaitTold("dyndns", PREFIX_B);
    assertThat(lastUpdate()).contains("2001%3Adb8%3Ab%3A%3A1%3A25");
  }

  @ParameterizedTest
  @ValueSource(strings = {"911", "<html>good</html>", ""})
  void anAnswerOfNoProviderIsNoSuccess(String answer) {
    startDynDns();
    provider.answers(request -> new Reply(200, Map.of(), answer));
    isp.givesAddress(ADDRESS_B);
    awaitLog("WARN Follower dyndns has failed");
    assertThat(told()).contains("dyndns=" + PREFIX_A + "@");
    provider.answers(request -> GOOD);
    awaitTold("dyndns", PREFIX_B);
  }

  /** Providers block users who repeat themselves. */
  @Test
  void aProviderThatRefusesTheAccountIsLeftAloneUntilAPersonActs() {
    startDynDns();
    provider.answers(request -> new Reply(200, Map.of(), "abuse"));
    isp.givesAddress(ADDRESS_B);
    eventually(() -> assertThat(cluster.annotations()).containsKey(FollowerRecord.STOPPED));
    int asked = provider.received().size();
    provider.answers(request -> GOOD);
    awaitPasses(3);
    assertThat(provider.received()).hasSize(asked);
    assertThat(told()).contains("dyndns=" + PREFIX_A + "@");

    cluster.patchPool(
        "{\"metadata\":{\"annotations\":{\"%s\":null}}}".formatted(FollowerRecord.STOPPED));
    awaitTold("dyndns", PREFIX_B);
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"RESET_AFTER", "TIMEOUT", "STATUS_409", "STATUS_500"})
  void anObjectIsRenumberedOnceTheApiServerTakesIt(Fault fault) {
    cluster
        .client()
        .configMaps()
        .inNamespace(cluster.namespace())
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withName("zone")
                .withLabels(Map.of("metallb-dyn6/renumber", "true"))
                .endMetadata()
                .withData(Map.of("db", "nas AAAA 2001:db8:a::1:25"))
                .build())
        .create();
    start("renumber", Map.of("METALLB_DYN6_RENUMBER_KINDS", "ConfigMap"));
    cluster
        .api()
        .strike(
            call -> call.method().equals("PATCH") && call.path().contains("/configmaps/zone"),
            fault);
    isp.givesAddress(ADDRESS_B);
    awaitPool(IPV4, RANGE_B);
    eventually(() -> assertThat(cluster.api().struck()).isPositive());
    assertThat(told()).contains("renumber=" + PREFIX_A + "@");
    cluster.api().heal();
    awaitTold("renumber", PREFIX_B);
    assertThat(
            cluster
                .client()
                .configMaps()
                .inNamespace(cluster.namespace())
                .withName("zone")
                .get()
                .getData())
        .containsEntry("db", "nas AAAA 2001:db8:b::1:25");
  }
}
