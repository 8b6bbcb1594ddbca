package io.github.metallbdyn6.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.github.metallbdyn6.handover.HandoverPlan;
import io.github.metallbdyn6.handover.ServiceCondition;
import io.github.metallbdyn6.handover.ServiceState;
import io.github.metallbdyn6.kubernetes.ServiceEvents;
import io.github.metallbdyn6.testbed.Explainers;
import io.github.metallbdyn6.testbed.TestCluster;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServiceEventRecorderTest {
  private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

  private final TestCluster cluster = TestCluster.fake();
  private final KubernetesClient client =
      new KubernetesClientBuilder()
          .withConfig(
              new ConfigBuilder(Config.empty())
                  .withMasterUrl(cluster.api().uri().toString())
                  .build())
          .build();
  private final ServiceEventRecorder recorder =
      new ServiceEventRecorder(new ServiceEvents(client)::create, Explainers.REAL);

  @AfterEach
  void close() throws Exception {
    recorder.stop();
    client.close();
    cluster.close();
  }

  private static HandoverPlan.Problem problem(String namespace, String name, String text) {
    return new HandoverPlan.Problem(
        new ServiceState(
            namespace,
            name,
            "uid-of-%s-%s".formatted(namespace, name),
            "1",
            Map.of(),
            true,
            "",
            List.of(),
            Optional.empty()),
        text,
        false,
        false);
  }

  private void tell(Instant at, HandoverPlan.Problem... problems) {
    recorder.accept(new HandoverEvent.ServicesLeft(at, List.of(problems)));
  }

  private long eventsIn(String namespace) {
    return cluster.api().events().stream().filter(it -> it.path().contains(namespace)).count();
  }

  @Test
  void warnsOnAServiceThatTheNextChangeLeavesWithoutAnAddress() {
    ServiceCondition pinned =
        new ServiceCondition(
            problem("home", "mail", "").service(),
            ServiceCondition.Kind.PINNED,
            "it is pinned to 2001:db8:a::1025",
            "Add the component handover");
    recorder.accept(new HandoverEvent.ServicesPinned(NOW, List.of(pinned)));

    await().untilAsserted(() -> assertThat(eventsIn("/home/")).isEqualTo(1));
    assertThat(cluster.api().events().get(0).body())
        .contains("AtRisk", "it is pinned to 2001:db8:a::1025. Add the component handover");
  }

  @Test
  void isNotSilencedByOneNamespaceWithManyEvents() {
    for (int i = 0; i < 60; i++) {
      tell(NOW, problem("evil", "one", "problem %d".formatted(i)));
    }
    tell(NOW, problem("home", "web", "it is taken"));

    await().untilAsserted(() -> assertThat(eventsIn("/home/")).isEqualTo(1));
    assertThat(eventsIn("/evil/")).isEqualTo(20);
  }

  @Test
  void saysTheSameOfAServiceOnceAnHour() {
    HandoverPlan.Problem problem = problem("home", "web", "it is taken");
    tell(NOW, problem, problem);
    tell(NOW.plusSeconds(3599), problem);
    tell(NOW.plusSeconds(3600), problem, problem("home", "mail", "it is taken"));

    await().untilAsserted(() -> assertThat(eventsIn("/home/")).isEqualTo(3));
  }

  @Test
  void sendsFewerInAllThanANamespaceForEachWouldMake() {
    IntStream.range(0, 30)
        .forEach(
            namespace ->
                IntStream.range(0, 20)
                    .forEach(
                        i -> {
                          tell(NOW, problem("n" + namespace, "web", "problem " + i));
                          long sent = Math.min(namespace * 20L + i + 1, 200);
                          await()
                              .untilAsserted(
                                  () ->
                                      assertThat(cluster.api().events())
                                          .hasSize(Math.toIntExact(sent)));
                        }));
  }
}
