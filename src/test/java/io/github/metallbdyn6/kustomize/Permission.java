package io.github.metallbdyn6.kustomize;

import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.github.metallbdyn6.testbed.ApiCall;
import io.github.metallbdyn6.testbed.AuditLog;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A right that a Role grants, or that a request needs.
 *
 * @param group the API group, empty for the core
 * @param resource in the plural
 * @param name of the object, empty for any
 * @param verb as RBAC calls it
 */
public record Permission(String group, String resource, String name, String verb) {
  private static final Pattern NAMESPACED =
      Pattern.compile(
          "/(?:api/v1|apis/(?<group>[^/]+)/[^/]+)/namespaces/[^/]+/(?<resource>[^/?]+)(?:/(?<name>[^/?]+))?(?<query>\\?.*)?");

  /** Every service account may ask these, by the ClusterRole system:discovery. */
  private static final Pattern DISCOVERY = Pattern.compile("/(?:api|apis|version)(?:/[^/]+){0,2}");

  /** Returns all that a Role allows. */
  public static Set<Permission> of(Role role) {
    return role.getRules().stream().flatMap(Permission::of).collect(Collectors.toSet());
  }

  private static Stream<Permission> of(PolicyRule rule) {
    List<String> names = rule.getResourceNames().isEmpty() ? List.of("") : rule.getResourceNames();
    return rule.getApiGroups().stream()
        .flatMap(
            group ->
                rule.getResources().stream()
                    .flatMap(
                        resource ->
                            names.stream()
                                .flatMap(
                                    name ->
                                        rule.getVerbs().stream()
                                            .map(
                                                verb ->
                                                    new Permission(group, resource, name, verb)))));
  }

  /** Returns the same for an object of whatever name. */
  public Permission ofAnyName() {
    return new Permission(group, resource, "", verb);
  }

  /** Returns all that a ClusterRole allows. */
  public static Set<Permission> of(ClusterRole role) {
    return role.getRules().stream().flatMap(Permission::of).collect(Collectors.toSet());
  }

  /** Returns what the API server saw a request need; nothing where everybody may ask it. */
  public static Optional<Permission> neededFor(AuditLog.Request request) {
    boolean everybodys =
        request.resource().isEmpty() || request.resource().equals("selfsubjectaccessreviews");
    return everybodys
        ? Optional.empty()
        : Optional.of(
            new Permission(request.group(), request.resource(), request.name(), request.verb()));
  }

  /** Returns what a request for services, or for an Event on one, needs of a ClusterRole. */
  static Optional<Permission> neededInAllNamespaces(ApiCall call) {
    if (call.isEvent()) {
      return Optional.of(new Permission("events.k8s.io", "events", "", "create"));
    }
    return call.isAboutServices()
        ? Optional.of(
            new Permission("", "services", "", verb(call.method(), call.isWrite(), call.path())))
        : Optional.empty();
  }

  /** Returns what a request needs; nothing where it only asks which resources there are. */
  static Optional<Permission> neededFor(ApiCall call) {
    if (call.isAccessReview()) {
      return Optional.empty(); // every account may create them, by system:basic-user
    }
    Matcher path = NAMESPACED.matcher(call.path());
    if (path.matches()) {
      return Optional.of(
          new Permission(
              orEmpty(path.group("group")),
              path.group("resource"),
              path.group("name") == null ? selected(call.path()) : path.group("name"),
              verb(call.method(), path.group("name") != null, orEmpty(path.group("query")))));
    }
    if (call.method().equals("GET") && DISCOVERY.matcher(call.path()).matches()) {
      return Optional.empty();
    }
    throw new IllegalArgumentException(
        "no request that a Role in one namespace can allow: " + call);
  }

  private static String verb(String method, boolean named, String query) {
    return switch (method) {
      case "GET" -> named ? "get" : query.contains("watch=true") ? "watch" : "list";
      case "DELETE" -> named ? "delete" : "deletecollection";
      case "POST" -> "create";
      case "PUT" -> "update";
      case "PATCH" -> "patch";
      default -> throw new IllegalArgumentException(method);
    };
  }

  /** A list or watch of one name needs no more than access to that one. */
  private static String selected(String path) {
    Matcher name = Pattern.compile("fieldSelector=metadata\\.name=([^&]+)").matcher(path);
    return name.find() ? name.group(1) : "";
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }
}
