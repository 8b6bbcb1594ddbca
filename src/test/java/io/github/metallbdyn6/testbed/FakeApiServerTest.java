package io.github.metallbdyn6.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.github.metallbdyn6.kubernetes.ClusterConnection;
import io.github.metallbdyn6.testbed.TestServices.Wanted;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The API server of the tests behaves with services as the real one does. */
class FakeApiServerTest {
  private TestCluster cluster;
  private TestServices services;

  @BeforeEach
  void startCluster() {
    cluster = TestCluster.start();
    services = new TestServices(cluster.client(), cluster.createNamespace());
  }

  @AfterEach
  void stopCluster() throws Exception {
    cluster.close();
  }

  private static Service withAddress(Service service, String address) {
    return new ServiceBuilder(service)
        .withNewStatus()
        .withNewLoadBalancer()
        .addNewIngress()
        .withIp(address)
        .endIngress()
        .endLoadBalancer()
        .endStatus()
        .build();
  }

  private void updateStatus(Service service) {
    cluster.client().services().inNamespace(services.namespace()).resource(service).updateStatus();
  }

  @Test
  void refusesAStalePatch() {
    services.create(Wanted.ipv6Only("one"));
    String version = services.get("one").getMetadata().getResourceVersion();
    String patch =
        "{\"metadata\":{\"resourceVersion\":\"%s\",\"labels\":{\"example.com/x\":\"%s\"}}}";
    services.patch("one", patch.formatted(version, "first"));

    assertThatThrownBy(() -> services.patch("one", patch.formatted(version, "second")))
        .isInstanceOfSatisfying(
            KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(409));
    assertThat(services.get("one").getMetadata().getLabels())
        .containsEntry("example.com/x", "first")
        .containsEntry("example.com/label", "kept");
  }

  @Test
  void refusesAStaleStatus() {
    services.create(Wanted.ipv6Only("one"));
    Service stale = withAddress(services.get("one"), "2001:db8:a::1000");
    services.annotate("one", "example.com/x", "changed");

    assertThatThrownBy(() -> updateStatus(stale))
        .isInstanceOfSatisfying(
            KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(409));
    updateStatus(withAddress(services.get("one"), "2001:db8:a::1000"));
    assertThat(services.addresses("one")).containsExactly("2001:db8:a::1000");
  }

  @Test
  void changesAStatusByItsSubresourceAlone() {
    services.create(Wanted.ipv6Only("one"));
    updateStatus(withAddress(services.get("one"), "2001:db8:a::1000"));
    services.patch(
        "one", "{\"status\":{\"loadBalancer\":{\"ingress\":[{\"ip\":\"2001:db8:a::1001\"}]}}}");

    assertThat(services.addresses("one")).containsExactly("2001:db8:a::1000");
  }

  @Test
  void removesAnAnnotationByNull() {
    services.create(Wanted.ipv6Only("one").annotated("example.com/x", "1"));
    services.annotate("one", "example.com/x", null);

    assertThat(services.annotations("one")).doesNotContainKey("example.com/x");
  }

  @Test
  void findsAServiceAfterItsLabelsChangedAndNotAfterItsEnd() {
    services.create(Wanted.ipv6Only("one"));
    services.patch("one", "{\"metadata\":{\"labels\":{\"example.com/label\":\"changed\"}}}");
    services.annotate("one", "example.com/x", "1");
    assertThat(services.annotations("one")).containsEntry("example.com/x", "1");

    services.delete("one");
    assertThat(services.get("one")).isNull();
    services.create(Wanted.ipv6Only("one"));
    services.annotate("one", "example.com/x", "2");
    assertThat(services.annotations("one")).containsEntry("example.com/x", "2");
  }

  @Test
  void passesAWatchOfAllNamespacesToTheProgram() {
    services.create(Wanted.ipv6Only("one"));
    Config config =
        new ConfigBuilder(Config.empty()).withMasterUrl(cluster.api().uri().toString()).build();
    List<String> seen = new CopyOnWriteArrayList<>();
    try (KubernetesClient program = ClusterConnection.open(config, Duration.ofSeconds(5));
        var watch =
            program
                .services()
                .inAnyNamespace()
                .inform(Changes.of(service -> seen.add(service.getMetadata().getName())))) {
      await().untilAsserted(() -> assertThat(seen).contains("one"));
      services.create(Wanted.ipv6Only("two"));
      await().untilAsserted(() -> assertThat(seen).contains("two"));
      services.annotate("two", "example.com/x", "1");
      services.delete("two");
      await().untilAsserted(() -> assertThat(seen).filteredOn("two"::equals).hasSize(3));
    }
    assertThat(cluster.api().calls())
        .allSatisfy(call -> assertThat(call.path()).startsWith("/api/v1/services?"));
  }
}
