package io.github.metallbdyn6.kustomize;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBinding;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Manifests as kubectl would send them, read as the API server reads them with strict validation.
 *
 * @param text all of them
 * @param objects one for each document
 */
public record Manifests(String text, List<HasMetadata> objects) {
  private static final Map<String, Class<? extends HasMetadata>> KINDS =
      Map.ofEntries(
          entry("v1 ConfigMap", ConfigMap.class),
          entry("v1 Service", Service.class),
          entry("v1 ServiceAccount", ServiceAccount.class),
          entry("apps/v1 Deployment", Deployment.class),
          entry("batch/v1 Job", Job.class),
          entry("networking.k8s.io/v1 NetworkPolicy", NetworkPolicy.class),
          entry("policy/v1 PodDisruptionBudget", PodDisruptionBudget.class),
          entry("rbac.authorization.k8s.io/v1 ClusterRole", ClusterRole.class),
          entry("rbac.authorization.k8s.io/v1 ClusterRoleBinding", ClusterRoleBinding.class),
          entry("rbac.authorization.k8s.io/v1 Role", Role.class),
          entry("rbac.authorization.k8s.io/v1 RoleBinding", RoleBinding.class),
          entry(
              "admissionregistration.k8s.io/v1 ValidatingAdmissionPolicy",
              ValidatingAdmissionPolicy.class),
          entry(
              "admissionregistration.k8s.io/v1 ValidatingAdmissionPolicyBinding",
              ValidatingAdmissionPolicyBinding.class));

  /** Stands for one that a Secret holds. */
  private static final String CERTIFICATE = "src/test/resources/router.pem";

  private static final YAMLMapper YAML =
      YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /** The model's classes take up unknown fields; without that they refuse them. */
  private static final YAMLMapper STRICT =
      YAMLMapper.builder()
          .annotationIntrospector(
              new JacksonAnnotationIntrospector() {
                private static final long serialVersionUID = 1;

                @Override
                public Boolean hasAnySetter(Annotated method) {
                  return false;
                }
              })
          .build();

  /** Parses every document of a YAML text; fails where a field is not Kubernetes'. */
  static Manifests parse(String text) {
    List<HasMetadata> objects = new ArrayList<>();
    try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(text)) {
      while (documents.hasNext()) {
        objects.add(typed(documents.next()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Manifests(text, objects);
  }

  private static HasMetadata typed(JsonNode document) throws JsonProcessingException {
    String kind = document.path("apiVersion").asText() + " " + document.path("kind").asText();
    return kind.startsWith("monitoring.coreos.com/v1 ")
        ? YAML.treeToValue(document, GenericKubernetesResource.class)
        : STRICT.treeToValue(document, knownKind(kind));
  }

  private static Class<? extends HasMetadata> knownKind(String kind) {
    assertThat(KINDS).containsKey(kind);
    return KINDS.get(kind);
  }

  /** Returns the only object of this type. */
  public <T extends HasMetadata> T the(Class<T> type) {
    List<T> found = objects.stream().filter(type::isInstance).map(type::cast).toList();
    assertThat(found).as(type.getSimpleName()).hasSize(1);
    return found.get(0);
  }

  /** Returns the only custom resource of this kind. */
  GenericKubernetesResource custom(String kind) {
    List<GenericKubernetesResource> found =
        objects.stream()
            .filter(GenericKubernetesResource.class::isInstance)
            .map(GenericKubernetesResource.class::cast)
            .filter(it -> kind.equals(it.getKind()))
            .toList();
    assertThat(found).as(kind).hasSize(1);
    return found.get(0);
  }

  PodSpec podSpec() {
    return the(Deployment.class).getSpec().getTemplate().getSpec();
  }

  Container container() {
    assertThat(podSpec().getContainers()).hasSize(1);
    return podSpec().getContainers().get(0);
  }

  /** Returns the ConfigMap that the container's variables come from. */
  ConfigMap settings() {
    assertThat(container().getEnvFrom()).hasSize(1);
    return configMap(container().getEnvFrom().get(0).getConfigMapRef().getName());
  }

  /** Returns the ConfigMap that is mounted as the routes' folder. */
  ConfigMap routes() {
    List<Volume> routes =
        podSpec().getVolumes().stream().filter(it -> it.getName().equals("routes")).toList();
    assertThat(routes).hasSize(1);
    return configMap(routes.get(0).getConfigMap().getName());
  }

  private ConfigMap configMap(String name) {
    String namespace = the(Deployment.class).getMetadata().getNamespace();
    List<ConfigMap> found =
        objects.stream()
            .filter(ConfigMap.class::isInstance)
            .map(ConfigMap.class::cast)
            .filter(map -> map.getMetadata().getName().equals(name))
            .filter(map -> map.getMetadata().getNamespace().equals(namespace))
            .toList();
    assertThat(found).as("ConfigMap %s/%s", namespace, name).hasSize(1);
    return found.get(0);
  }

  /**
   * Returns the environment variables that the program would see, but for the paths of files.
   *
   * @param folder where the routes are instead; they are written there as kubelet does: files are
   *     links through a link, which an update turns to another folder
   */
  public Map<String, String> environment(Path folder) throws IOException {
    Path version = Files.createDirectory(folder.resolve("..2026_11_22_00_00_00.1"));
    Files.createSymbolicLink(folder.resolve("..data"), version.getFileName());
    for (Map.Entry<String, String> route : routes().getData().entrySet()) {
      Files.writeString(version.resolve(route.getKey()), route.getValue());
      Files.createSymbolicLink(folder.resolve(route.getKey()), Path.of("..data", route.getKey()));
    }
    Map<String, String> variables = new HashMap<>(settings().getData());
    String namespace = the(Deployment.class).getMetadata().getNamespace();
    container()
        .getEnv()
        .forEach(
            it -> variables.put(it.getName(), it.getValue() == null ? namespace : it.getValue()));
    variables.put("METALLB_DYN6_ROUTES", folder.toString());
    variables.computeIfPresent("METALLB_DYN6_CA_FILE", (name, path) -> CERTIFICATE);
    return variables;
  }
}
