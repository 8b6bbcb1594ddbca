package io.github.metallbdyn6.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.fabric8.kubernetes.api.model.LoadBalancerIngressBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.github.metallbdyn6.handover.ServiceAnnotations;
import io.github.metallbdyn6.handover.ServicePatch;
import io.github.metallbdyn6.handover.ServiceState;
import io.github.metallbdyn6.testbed.ProgramLog;
import io.github.metallbdyn6.testbed.TestCluster;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class LoadBalancerServicesTest {
  private static final String OWN_DNS = "dns.example.com/target";

  private final TestCluster cluster = TestCluster.fake();
  private final KubernetesClient client = cluster.client();
  private final LoadBalancerServices services =
      new LoadBalancerServices(client, ServiceAnnotations.dnsTargets("dns.example.com"));

  @AfterEach
  void close() throws Exception {
    cluster.close();
  }

  private void create(String name, String type, Map<String, String> annotations) {
    create(name, type, annotations, "192.0.2.10");
  }

  private void create(
      String name, String type, Map<String, String> annotations, String... addresses) {
    client
        .services()
        .inNamespace("apps")
        .resource(
            new ServiceBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("apps")
                .withAnnotations(annotations)
                .endMetadata()
                .withNewSpec()
                .withType(type)
                .withIpFamilies("IPv4", "IPv6")
                .withLoadBalancerIP("192.0.2.10")
                .endSpec()
                .build())
        .create();
    client
        .services()
        .inNamespace("apps")
        .withName(name)
        .editStatus(
            service ->
                new ServiceBuilder(service)
                    .withNewStatus()
                    .withNewLoadBalancer()
                    .addAllToIngress(
                        Stream.of(addresses)
                            .map(ip -> new LoadBalancerIngressBuilder().withIp(ip).build())
                            .toList())
                    .endLoadBalancer()
                    .endStatus()
                    .build());
  }

  private ServiceState only(Map<String, String> annotations) {
    create("web", "LoadBalancer", annotations);
    List<ServiceState> found = services.list();
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  @Test
  void areThoseOfTypeLoadBalancerWithTheAnnotationsThatMatter() {
    create("inside", "ClusterIP", Map.of(ServiceAnnotations.HOST_PART, "::1"));
    ServiceState web =
        only(Map.of(ServiceAnnotations.HOST_PART, "::1025", OWN_DNS, "192.0.2.1", "other", "x"));

    assertThat(web).hasToString("apps/web");
    assertThat(web.annotations())
        .containsOnly(
            Map.entry(ServiceAnnotations.HOST_PART, "::1025"), Map.entry(OWN_DNS, "192.0.2.1"));
    assertThat(web.dualStack()).isTrue();
    assertThat(web.loadBalancerIp()).isEqualTo("192.0.2.10");
    assertThat(web.hindrance()).isEmpty();
  }

  @Test
  void areAllFoundHoweverManyThereAre() {
    IntStream.range(0, 250).forEach(i -> create("web-" + i, "LoadBalancer", Map.of()));

    assertThat(services.list()).extracting(ServiceState::name).hasSize(250).doesNotHaveDuplicates();
  }

  /** As any other host part that is none: the service moves with the one that it has. */
  @Test
  void ofALongHostPartOnlyTheBeginningIsKept() {
    ServiceState web = only(Map.of(ServiceAnnotations.HOST_PART, "z".repeat(200_000)));

    assertThat(web.annotations())
        .containsOnly(Map.entry(ServiceAnnotations.HOST_PART, "z".repeat(60) + "…"));
    assertThat(web.hindrance()).isEmpty();
  }

  /** A text that is not known to its end can be neither rewritten nor compared. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        ServiceAnnotations.PIN,
        ServiceAnnotations.NEWER_PIN,
        ServiceAnnotations.SHARING,
        ServiceAnnotations.DNS_TARGET,
        OWN_DNS
      })
  void withALongTextOfSomebodyElseAreLeftAlone(String key) {
    ServiceState web = only(Map.of(key, "192.0.2.1,".repeat(103)));

    assertThat(web.hindrance())
        .hasValueSatisfying(
            hindrance ->
                assertThat(hindrance.text())
                    .isEqualTo(
                        "its annotation "
                            + key
                            + " is longer than the program reads (1024 characters, 1000 items); shorten it"));
  }

  /** Anybody can make a thousand of them; none is a service that fails to move. */
  @Test
  void withALongTextAndNoAddressAreNone() {
    create(
        "web",
        "LoadBalancer",
        Map.of(ServiceAnnotations.PIN, "192.0.2.1,".repeat(103)),
        new String[0]);

    assertThat(services.list()).isEmpty();
  }

  @Test
  void withTooMuchTextAltogetherAreLeftAlone() {
    ServiceState web =
        only(
            ServiceAnnotations.ALL.stream()
                .limit(3)
                .collect(Collectors.toMap(key -> key, key -> "x".repeat(700))));

    assertThat(web.annotations()).isEmpty();
    assertThat(web.hindrance())
        .hasValueSatisfying(
            hindrance -> assertThat(hindrance.text()).contains("more than 2048 characters"));
  }

  @Test
  void tellsForDebuggingWhatIsRequestedForWhichService() {
    create("web", "LoadBalancer", Map.of());
    Logger logger = (Logger) LoggerFactory.getLogger("metallb-dyn6");
    Level before = logger.getLevel();
    logger.setLevel(Level.DEBUG);
    try (ProgramLog log = new ProgramLog()) {
      services.patch(
          new ServicePatch(
              services.list().get(0),
              ServicePatch.Kind.MOVE,
              Map.of(ServiceAnnotations.PIN, "192.0.2.10,2001:db8:b::1000"),
              ""));
      assertThat(log.lines())
          .anySatisfy(
              line ->
                  assertThat(line)
                      .startsWith("DEBUG Patch of apps/web (MOVE): {")
                      .contains("\"192.0.2.10,2001:db8:b::1000\""));
    } finally {
      logger.setLevel(before);
    }
  }
}
