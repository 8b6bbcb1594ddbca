package io.github.metallbdyn6.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.github.metallbdyn6.handover.ServiceListener;
import io.github.metallbdyn6.handover.ServiceState;
import io.github.metallbdyn6.kubernetes.ClusterConnection;
import io.github.metallbdyn6.kubernetes.LoadBalancerServices;
import io.github.metallbdyn6.kubernetes.ServiceWatch;
import io.github.metallbdyn6.testbed.RealApiServer;
import io.github.metallbdyn6.testbed.RealParts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** A watch across what a real API server does to it. */
class ServiceWatchIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** The names of the services that are there, as far as the watch tells. */
  private static final class Told implements ServiceListener {
    private final Map<String, String> names = new ConcurrentHashMap<>();

    @Override
    public void changed(ServiceState service) {
      names.put(service.uid(), service.name());
    }

    @Override
    public void gone(String uid) {
      names.remove(uid);
    }
  }

  private static void create(RealApiServer api, String name, String note) {
    api.client()
        .services()
        .inNamespace("default")
        .resource(
            new ServiceBuilder()
                .withNewMetadata()
                .withName(name)
                .withAnnotations(Map.of("example.com/note", note))
                .endMetadata()
                .withNewSpec()
                .withType("LoadBalancer")
                .addNewPort()
                .withPort(80)
                .endPort()
                .endSpec()
                .build())
        .create();
  }

  private static void awaitNames(Told told, String... names) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(told.names.values()).containsExactlyInAnyOrder(names));
  }

  @Test
  void hearsOfEveryServiceAcrossAPowerCutAndForgottenVersions() throws Exception {
    RealParts.require();
    Told told = new Told();
    try (RealApiServer api = new RealApiServer();
        KubernetesClient client =
            ClusterConnection.open(api.client().getConfiguration(), Duration.ofSeconds(10))) {
      ServiceWatch watch =
          new ServiceWatch(new LoadBalancerServices(client, List.of()), List.of(told));
      create(api, "stays", "<".repeat(200_000));
      create(api, "goes", "");
      watch.open();
      awaitNames(told, "stays", "goes");
      create(api, "comes", "");
      awaitNames(told, "stays", "goes", "comes");

      api.kill();
      api.startAgain();
      api.awaitReady();
      api.client().services().inNamespace("default").withName("goes").delete();
      api.compact();

      awaitNames(told, "stays", "comes");
      create(api, "is-new", "");
      awaitNames(told, "stays", "comes", "is-new");
      watch.stop();
    }
  }
}
