package io.github.metallbdyn6.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.github.metallbdyn6.testbed.ApiCall;
import io.github.metallbdyn6.testbed.ApiProxy;
import io.github.metallbdyn6.testbed.Reply;
import io.github.metallbdyn6.testbed.TestCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Configuration states of MetalLB's controller. */
class MetalLbConfigurationTest {
  private static final ResourceDefinitionContext STATES =
      new ResourceDefinitionContext.Builder()
          .withGroup("metallb.io")
          .withVersion("v1beta1")
          .withKind("ConfigurationState")
          .withPlural("configurationstates")
          .withNamespaced(true)
          .build();

  private TestCluster cluster = TestCluster.fake();
  private final List<KubernetesClient> clients = new ArrayList<>();

  private MetalLbConfiguration configuration() {
    KubernetesClient client =
        ClusterConnection.open(
            new ConfigBuilder(Config.empty()).withMasterUrl(cluster.api().uri().toString()).build(),
            Duration.ofSeconds(5));
    clients.add(client);
    return new MetalLbConfiguration(client, cluster.namespace());
  }

  @AfterEach
  void close() throws Exception {
    clients.forEach(KubernetesClient::close);
    cluster.close();
  }

  private void say(String name, String component, String result, String summary) {
    GenericKubernetesResource state = new GenericKubernetesResource();
    state.setApiVersion("metallb.io/v1beta1");
    state.setKind("ConfigurationState");
    state.setMetadata(
        new ObjectMetaBuilder()
            .withName(name)
            .withNamespace(cluster.namespace())
            .withLabels(Map.of("metallb.io/component-type", component))
            .build());
    state.setAdditionalProperty("status", Map.of("result", result, "errorSummary", summary));
    cluster
        .client()
        .genericKubernetesResources(STATES)
        .inNamespace(cluster.namespace())
        .resource(state)
        .create();
  }

  @Test
  void isFineWhereTheControllerSaysSoOrNothing() {
    assertThat(configuration().error()).isEmpty();
    say("controller", "controller", "Valid", "");
    assertThat(configuration().error()).isEmpty();
  }

  @Test
  void isToldInTheControllersWordsAndNotInASpeakers() {
    say("speaker-a", "speaker", "Invalid", "no BGP here");
    assertThat(configuration().error()).isEmpty();

    say("controller", "controller", "Invalid", "first\n  second");
    assertThat(configuration().error()).contains("first; second");
  }

  @Test
  void isNotAskedForWhereMetalLbHasNoSuchResource() throws Exception {
    cluster.close();
    cluster = TestCluster.withoutMetalLb();

    assertThat(configuration().error()).isEmpty();
    assertThat(cluster.api().calls())
        .extracting(ApiCall::path)
        .noneMatch(path -> path.contains("configurationstates"));
  }

  @Test
  void isNotAskedForWithoutThePermission() {
    say("controller", "controller", "Invalid", "first");
    cluster
        .api()
        .detour(
            call ->
                call.isAccessReview()
                    ? Optional.of(
                        ApiProxy.answer(
                            new Reply(
                                201,
                                Map.of("Content-Type", "application/json"),
                                "{\"kind\":\"SelfSubjectAccessReview\",\"apiVersion\":\"authorization.k8s.io/v1\",\"metadata\":{},\"status\":{\"allowed\":false}}")))
                    : Optional.empty());

    assertThat(configuration().error()).isEmpty();
    assertThat(cluster.api().calls())
        .extracting(ApiCall::path)
        .noneMatch(path -> path.contains("configurationstates"));
  }
}
