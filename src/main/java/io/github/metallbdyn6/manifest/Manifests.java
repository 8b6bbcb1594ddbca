package io.github.metallbdyn6.manifest;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Manifests as {@code kubectl kustomize} prints them, one YAML document for each object. */
public final class Manifests {
  /** In characters; a cluster's whole configuration is smaller. */
  private static final int LONGEST = 64 << 20;

  private final List<Node> objects;

  private Manifests(List<Node> objects) {
    this.objects = objects;
  }

  /**
   * Reads YAML or JSON.
   *
   * @throws IllegalArgumentException with a phrase that says what is wrong
   */
  public static Manifests parse(String text) {
    LoadSettings settings = LoadSettings.builder().setCodePointLimit(LONGEST).build();
    List<Node> objects = new ArrayList<>();
    try {
      new Load(settings).loadAllFromString(text).forEach(it -> add(new Node(it), objects));
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(Mark::getLine).orElse(-1) + 1;
      throw new IllegalArgumentException("line %d: %s".formatted(line, e.getProblem()), e);
    } catch (YamlEngineException e) {
      throw new IllegalArgumentException("not YAML: " + e.getMessage(), e);
    }
    return new Manifests(objects);
  }

  /** The output of kubectl get is one list. */
  private static void add(Node object, List<Node> objects) {
    if (object.at("kind").text().equals("List")) {
      object.at("items").list().forEach(item -> add(item, objects));
    } else if (object.isThere()) {
      objects.add(object);
    }
  }

  public List<InstalledProgram> programs() {
    return objects.stream().flatMap(this::programsOf).toList();
  }

  private Stream<InstalledProgram> programsOf(Node workload) {
    Node template = workload.at("spec", "template", "spec");
    Node pod = template.isThere() ? template : workload.at("spec");
    return pod.at("containers").list().stream()
        .map(container -> new ContainerReader(this, workload, pod, container))
        .filter(ContainerReader::isOurs)
        .map(ContainerReader::read);
  }

  /** Finds an object by its name; a namespace that is not written down is any. */
  private Optional<Node> find(String kind, String namespace, String name) {
    return objects.stream()
        .filter(it -> it.at("kind").text().equals(kind))
        .filter(it -> it.at("metadata", "name").text().equals(name))
        .filter(
            it ->
                namespace.isEmpty()
                    || List.of("", namespace).contains(it.at("metadata", "namespace").text()))
        .findFirst();
  }

  /** Returns the values of a ConfigMap or a Secret; nothing where it is not there. */
  Optional<Map<String, Node>> data(String kind, String namespace, String name) {
    return find(kind, namespace, name)
        .map(
            it -> {
              Map<String, Node> values = new LinkedHashMap<>();
              boolean isSecret = kind.equals("Secret");
              it.at("data")
                  .map()
                  .forEach((key, value) -> values.put(key, isSecret ? decoded(value) : value));
              it.at("binaryData").map().forEach((key, value) -> values.put(key, decoded(value)));
              values.putAll(it.at("stringData").map());
              return values;
            });
  }

  private static Node decoded(Node value) {
    try {
      byte[] bytes = Base64.getMimeDecoder().decode(value.text());
      return new Node(new String(bytes, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return new Node(null);
    }
  }
}
