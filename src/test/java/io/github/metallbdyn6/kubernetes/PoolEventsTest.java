package io.github.metallbdyn6.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.github.metallbdyn6.handover.ServiceState;
import io.github.metallbdyn6.pass.KubernetesEvent;
import io.github.metallbdyn6.testbed.ApiCall;
import io.github.metallbdyn6.testbed.TestCluster;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Events as the API server gets them. */
class PoolEventsTest {
  private static final Instant AT = Instant.parse("2026-01-02T03:04:05.000000789Z");

  private static final ResourceDefinitionContext EVENTS =
      new ResourceDefinitionContext.Builder()
          .withGroup("events.k8s.io")
          .withVersion("v1")
          .withKind("Event")
          .withPlural("events")
          .withNamespaced(true)
          .build();

  private TestCluster cluster;
  private KubernetesClient client;
  private PoolEvents events;

  @BeforeEach
  void startCluster() {
    cluster = TestCluster.start();
    Config config =
        new ConfigBuilder(Config.empty()).withMasterUrl(cluster.api().uri().toString()).build();
    client = ClusterConnection.open(config, Duration.ofSeconds(10));
    IpAddressPool pool = new IpAddressPool(client, cluster.namespace(), TestCluster.POOL);
    events = new PoolEvents(client, pool);
  }

  @AfterEach
  void stopCluster() throws Exception {
    client.close();
    cluster.close();
  }

  private static KubernetesEvent event(String reason, String note) {
    return new KubernetesEvent(AT, KubernetesEvent.Type.Normal, reason, "PatchPool", note);
  }

  private JsonNode sent() throws Exception {
    List<ApiCall> sent = cluster.api().events();
    return new ObjectMapper().readTree(sent.get(sent.size() - 1).body());
  }

  @Test
  void readThePoolOnlyWhenItsUidIsNotKnown() throws Exception {
    cluster.createPool(List.of("2001:db8:a::/64"));
    events.create(event("PoolPatched", "first"));
    events.create(event("PoolPatched", "second"));

    assertThat(cluster.api().calls()).extracting(ApiCall::method).containsExactly("GET");
    assertThat(cluster.api().events()).hasSize(2);
    assertThat(sent().at("/regarding/uid").asText())
        .isEqualTo(cluster.pool().getMetadata().getUid());
    assertThat(sent().path("eventTime").asText()).isEqualTo("2026-01-02T03:04:05.000000Z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "ä", "€", "\uD83D\uDE00"})
  void cutALongNoteBehindTheLastWholeCharacter(String character) throws Exception {
    cluster.createPool(List.of("2001:db8:a::/64"));
    events.create(event("PoolPatched", "." + character.repeat(2000)));

    String note = sent().path("note").asText();
    int bytes = note.getBytes(StandardCharsets.UTF_8).length;
    assertThat(bytes).isBetween(1024 - 3, 1024);
    assertThat(note).matches("\\.(?:" + character + ")+");
  }

  static Stream<String> names() {
    return Stream.of(
        "public",
        "x",
        "10",
        "a.b-c.d",
        "a".repeat(57) + ".b",
        "a".repeat(63),
        ("a".repeat(62) + ".").repeat(4) + "b");
  }

  /** The API server appends random letters, to no more than 58 characters of the name. */
  @ParameterizedTest
  @MethodSource("names")
  void areAcceptedWhateverTheObjectIsCalled(String name) throws Exception {
    ServiceState service =
        new ServiceState(
            cluster.namespace(),
            name,
            "uid",
            "1",
            Map.of(),
            false,
            "",
            List.of(),
            Optional.empty());
    new ServiceEvents(client).create(service, event("AddressNotMoved", "a note"));

    assertThat(sent().at("/regarding/name").asText()).isEqualTo(name);
    assertThat(
            client
                .genericKubernetesResources(EVENTS)
                .inNamespace(cluster.namespace())
                .list()
                .getItems())
        .hasSize(1);
  }

  /** As version 1.0.0 wrote them: the API server tolerates a trailing dash, and no other sign. */
  @ParameterizedTest
  @ValueSource(strings = {"public.", "public_", "Public-", "-", "a..b-"})
  void areRefusedUnderANameThatIsNone(String generateName) {
    GenericKubernetesResource wanted = new GenericKubernetesResource();
    wanted.setApiVersion("events.k8s.io/v1");
    wanted.setKind("Event");
    wanted.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(cluster.namespace())
            .withGenerateName(generateName)
            .build());
    Map.of(
            "eventTime", "2026-01-02T03:04:05.000000Z",
            "type", "Normal",
            "reason", "PoolPatched",
            "action", "PatchPool",
            "note", "",
            "regarding",
                Map.of("kind", "IPAddressPool", "namespace", cluster.namespace(), "name", "public"),
            "reportingController", "metallb-dyn6",
            "reportingInstance", "metallb-dyn6")
        .forEach(wanted::setAdditionalProperty);

    assertThatThrownBy(
            () ->
                client
                    .genericKubernetesResources(EVENTS)
                    .inNamespace(cluster.namespace())
                    .resource(wanted)
                    .create())
        .isInstanceOfSatisfying(
            KubernetesClientException.class,
            refused -> assertThat(refused.getCode()).isEqualTo(422))
        .hasMessageContaining("metadata.generateName");
  }

  @Test
  void needAPool() {
    assertThatThrownBy(() -> events.create(event("PoolPatched", "")))
        .isInstanceOf(PoolUnusable.class);
    assertThat(cluster.api().events()).isEmpty();
  }

  @Test
  void areRefusedWhenTheyAreIncomplete() {
    cluster.createPool(List.of("2001:db8:a::/64"));

    assertThatThrownBy(() -> events.create(event("", "a note")))
        .isInstanceOfSatisfying(
            KubernetesClientException.class,
            refused -> assertThat(refused.getCode()).isEqualTo(422));
  }
}
