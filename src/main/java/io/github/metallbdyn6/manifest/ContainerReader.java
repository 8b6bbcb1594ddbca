package io.github.metallbdyn6.manifest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a container as kubelet does: variables from maps, then its own, then references to them.
 */
final class ContainerReader {
  private static final String PREFIX = "METALLB_DYN6_";

  /** Begins the argument of a Job that runs no routes. */
  private static final String RELEASE = "--release";

  private static final String ROUTES = "METALLB_DYN6_ROUTES";
  private static final Pattern IMAGE = Pattern.compile("(.*/)?metallb-dyn6([:@].*)?");

  /** {@code $(NAME)}; two dollars stand for one. */
  private static final Pattern REFERENCE = Pattern.compile("\\$(\\$)?\\(([A-Za-z0-9_.-]+)\\)");

  private final Manifests manifests;
  private final Node workload;
  private final Node pod;
  private final Node container;
  private final String namespace;
  private final Map<String, String> variables = new LinkedHashMap<>();
  private final Set<String> secret = new TreeSet<>();
  private final List<String> problems = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  ContainerReader(Manifests manifests, Node workload, Node pod, Node container) {
    this.manifests = manifests;
    this.workload = workload;
    this.pod = pod;
    this.container = container;
    this.namespace = workload.at("metadata", "namespace").text();
  }

  boolean isOurs() {
    return IMAGE.matcher(container.at("image").text()).matches()
        || container.at("env").list().stream()
            .anyMatch(it -> it.at("name").text().startsWith(PREFIX));
  }

  InstalledProgram read() {
    container.at("envFrom").list().forEach(this::takeAll);
    container.at("env").list().forEach(this::take);
    List<String> arguments =
        container.at("args").list().stream().map(it -> resolved(it.text())).toList();
    Optional<Map<String, String>> routes = routes();
    if (routes.isEmpty() && arguments.stream().noneMatch(it -> it.startsWith(RELEASE))) {
      problems.add(
          "the routes are not in the manifests: no ConfigMap of them is mounted at " + ROUTES);
    }
    return new InstalledProgram(name(), arguments, variables, secret, routes, problems, notes);
  }

  private String name() {
    String name = workload.at("metadata", "name").text();
    return workload.at("kind").text() + " " + (namespace.isEmpty() ? name : namespace + "/" + name);
  }

  private void takeAll(Node source) {
    boolean isSecret = source.at("secretRef").isThere();
    Node reference = source.at(isSecret ? "secretRef" : "configMapRef");
    String name = reference.at("name").text();
    data(isSecret ? "Secret" : "ConfigMap", name)
        .ifPresentOrElse(
            data -> data.forEach((key, value) -> put(source.at("prefix").text() + key, value)),
            () ->
                notes.add(
                    "the variables of %s %s are not checked: it is not in the manifests"
                        .formatted(isSecret ? "Secret" : "ConfigMap", name)));
  }

  private void take(Node variable) {
    String name = variable.at("name").text();
    Node from = variable.at("valueFrom");
    if (!from.isThere()) {
      Node value = variable.at("value");
      put(name, value.isText() ? new Node(resolved(value.text())) : value);
    } else if (from.at("fieldRef", "fieldPath").text().equals("metadata.namespace")) {
      put(name, new Node(namespace.isEmpty() ? "default" : namespace));
    } else {
      takeKey(name, from);
    }
  }

  private void takeKey(String name, Node from) {
    boolean isSecret = from.at("secretKeyRef").isThere();
    Node reference = from.at(isSecret ? "secretKeyRef" : "configMapKeyRef");
    Optional<Node> value =
        data(isSecret ? "Secret" : "ConfigMap", reference.at("name").text())
            .map(data -> data.get(reference.at("key").text()));
    value.ifPresentOrElse(
        it -> put(name, it),
        () -> {
          variables.remove(name);
          secret.add(name);
        });
  }

  private void put(String name, Node value) {
    if (!value.isText()) {
      problems.add(
          "%s is %s, which is no text to Kubernetes; put it in quotes"
              .formatted(name, value.text()));
    }
    secret.remove(name);
    variables.put(name, value.text());
  }

  private Optional<Map<String, Node>> data(String kind, String name) {
    return manifests.data(kind, namespace, name);
  }

  /** A reference to what is not there stays as it is. */
  private String resolved(String text) {
    return REFERENCE.matcher(text).replaceAll(it -> Matcher.quoteReplacement(resolved(it)));
  }

  private String resolved(MatchResult reference) {
    return reference.group(1) != null
        ? reference.group().substring(1)
        : variables.getOrDefault(reference.group(2), reference.group());
  }

  private Optional<Map<String, String>> routes() {
    String folder = withoutSlash(variables.getOrDefault(ROUTES, ""));
    return container.at("volumeMounts").list().stream()
        .filter(mount -> withoutSlash(mount.at("mountPath").text()).equals(folder))
        .findFirst()
        .flatMap(mount -> volume(mount.at("name").text()));
  }

  private static String withoutSlash(String path) {
    return path.replaceFirst("/+$", "");
  }

  private Optional<Map<String, String>> volume(String name) {
    Map<String, String> files = new LinkedHashMap<>();
    pod.at("volumes").list().stream()
        .filter(volume -> volume.at("name").text().equals(name))
        .forEach(
            volume -> {
              addFiles(volume.at("configMap"), files);
              volume
                  .at("projected", "sources")
                  .list()
                  .forEach(it -> addFiles(it.at("configMap"), files));
            });
    return files.isEmpty() ? Optional.empty() : Optional.of(files);
  }

  private void addFiles(Node reference, Map<String, String> files) {
    Map<String, Node> data = data("ConfigMap", reference.at("name").text()).orElse(Map.of());
    List<Node> items = reference.at("items").list();
    if (items.isEmpty()) {
      data.forEach((key, value) -> files.put(key, value.text()));
    }
    items.stream()
        .filter(item -> data.containsKey(item.at("key").text()))
        .forEach(
            item ->
                files.put(
                    item.at("path").text(),
                    data.getOrDefault(item.at("key").text(), new Node("")).text()));
  }
}
