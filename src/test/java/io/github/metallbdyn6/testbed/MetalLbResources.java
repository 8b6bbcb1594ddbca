package io.github.metallbdyn6.testbed;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/** MetalLB's own manifests, as far as an API server needs them: its resources and its webhooks. */
final class MetalLbResources {
  private static final YAMLMapper YAML = new YAMLMapper();

  private MetalLbResources() {}

  /** Creates the custom resource definitions, and returns when pools can be created. */
  static void define(RealApiServer api, RealMetalLbRelease release) {
    define(api, RealParts.find(release.part(), "crds"));
    await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> pools(api).isEmpty());
  }

  /** Creates the custom resource definitions in a folder. */
  static void define(RealApiServer api, Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        ObjectNode definition = (ObjectNode) YAML.readTree(file.toFile());
        if (definition.path("spec") instanceof ObjectNode spec) {
          spec.remove("conversion"); // by a webhook, for kinds that nobody uses here
        }
        definition.remove("status");
        create(api, definition);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<GenericKubernetesResource> pools(RealApiServer api) {
    return api.client()
        .genericKubernetesResources(TestCluster.POOLS)
        .inNamespace("default")
        .list()
        .getItems();
  }

  /**
   * Has the API server ask the webhooks. The manifest names a Service; without pods behind it, a
   * URL takes its place.
   */
  static void registerWebhooks(
      RealApiServer api, RealMetalLbRelease release, int port, Path certificate) {
    try {
      String authority = Base64.getEncoder().encodeToString(Files.readAllBytes(certificate));
      ObjectNode configuration = webhooks(release);
      for (JsonNode webhook : configuration.path("webhooks")) {
        ObjectNode where = (ObjectNode) webhook.path("clientConfig");
        String path = where.path("service").path("path").asText();
        where.remove("service");
        where.put("url", "https://127.0.0.1:%d%s".formatted(port, path));
        where.put("caBundle", authority);
      }
      create(api, configuration);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ObjectNode webhooks(RealMetalLbRelease release) throws IOException {
    Path file = RealParts.find(release.part(), "webhooks.yaml");
    try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(file.toFile())) {
      return (ObjectNode)
          documents.readAll().stream()
              .filter(document -> document.has("webhooks"))
              .findFirst()
              .orElseThrow();
    }
  }

  /** Has the API server ask nobody. */
  static void removeWebhooks(RealApiServer api) {
    api.client().admissionRegistration().v1().validatingWebhookConfigurations().delete();
  }

  private static void create(RealApiServer api, JsonNode object) {
    GenericKubernetesResource resource =
        api.client()
            .getKubernetesSerialization()
            .unmarshal(object.toString(), GenericKubernetesResource.class);
    api.client().resource(resource).createOr(NonDeletingOperation::update);
  }
}
