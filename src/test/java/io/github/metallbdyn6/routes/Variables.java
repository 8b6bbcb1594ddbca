package io.github.metallbdyn6.routes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Which exchange variables are certainly set where routes read them. It follows the steps in their
 * order, and into the routes that they call, as the Java compiler does for its variables: what only
 * one branch of several sets, or a step that may be left out, counts for nothing behind it.
 */
final class Variables {
  private static final Pattern READ = Pattern.compile("\\$\\{variable\\.(\\w+)");
  private static final Set<String> NESTED =
      Set.of("steps", "when", "otherwise", "doCatch", "onFallback", "from");
  private static final Set<String> MAY_BE_LEFT_OUT =
      Set.of("filter", "loop", "split", "idempotentConsumer", "circuitBreaker", "doTry");

  private final Map<String, JsonNode> routes = new HashMap<>();
  private final Set<String> unset = new LinkedHashSet<>();
  private final Set<String> assigned = new HashSet<>();

  /**
   * Takes all routes.
   *
   * @param files the contents of all files
   */
  Variables(List<JsonNode> files) {
    for (JsonNode file : files) {
      for (JsonNode item : file) {
        JsonNode route = item.has("route") ? item.path("route") : item.path("routeTemplate");
        JsonNode from = route.path("from");
        if ("direct".equals(from.path("uri").asText())) {
          routes.put(from.at("/parameters/name").asText(), from);
        }
      }
    }
  }

  /** Returns what is read, when this runs with nothing set, without certainly being set. */
  Set<String> unsetIn(JsonNode steps) {
    unset.clear();
    assigned.clear();
    follow(steps, new HashSet<>());
    return Set.copyOf(unset);
  }

  /** Returns what may be set there. */
  Set<String> assigned() {
    return Set.copyOf(assigned);
  }

  private void follow(JsonNode steps, Set<String> set) {
    steps.forEach(step -> step.properties().forEach(kind -> follow(kind, set)));
  }

  private void follow(Map.Entry<String, JsonNode> step, Set<String> set) {
    JsonNode node = step.getValue();
    read(node, set);
    switch (step.getKey()) {
      case "setVariable", "removeVariable" -> {
        assigned.add(node.path("name").asText());
        set.add(node.path("name").asText()); // to be nothing on purpose is a value, too
      }
      case "to" -> call(node, set);
      case "dynamicRouter", "recipientList" -> callAll(".*\\{\\{.*", set); // made from a template
      case "choice" -> choose(node, set);
      default -> {
        if (node.has("steps") && !MAY_BE_LEFT_OUT.contains(step.getKey())) {
          throw new IllegalStateException("a step that is not known here: " + step.getKey());
        }
        follow(node.path("steps"), new HashSet<>(set));
        node.path("doCatch").forEach(it -> follow(it.path("steps"), new HashSet<>(set)));
        follow(node.path("onFallback").path("steps"), new HashSet<>(set));
      }
    }
  }

  private void choose(JsonNode choice, Set<String> set) {
    List<Set<String>> branches = new ArrayList<>();
    for (JsonNode when : choice.path("when")) {
      read(when, set);
      branches.add(new HashSet<>(set));
      follow(when.path("steps"), branches.get(branches.size() - 1));
    }
    Set<String> otherwise = new HashSet<>(set);
    follow(choice.path("otherwise").path("steps"), otherwise);
    branches.forEach(otherwise::retainAll);
    set.addAll(otherwise);
  }

  private void call(JsonNode to, Set<String> set) {
    if ("direct".equals(to.path("uri").asText())) {
      String name = to.at("/parameters/name").asText();
      callAll(name.replaceAll("\\{\\{.*?\\}\\}", ".*"), set);
    }
  }

  /** Whichever of them it is, what is set behind it is what all of them set. */
  private void callAll(String pattern, Set<String> set) {
    List<Set<String>> ends = new ArrayList<>();
    for (Map.Entry<String, JsonNode> route : routes.entrySet()) {
      if (route.getKey().matches(pattern)) {
        ends.add(new HashSet<>(set));
        follow(route.getValue().path("steps"), ends.get(ends.size() - 1));
      }
    }
    if (ends.isEmpty()) {
      throw new IllegalStateException("nobody is called " + pattern);
    }
    Set<String> common = ends.get(0);
    ends.forEach(common::retainAll);
    set.addAll(common);
  }

  private void read(JsonNode node, Set<String> set) {
    node.properties().stream()
        .filter(field -> !NESTED.contains(field.getKey()))
        .flatMap(field -> texts(field.getValue()).stream())
        .flatMap(text -> READ.matcher(text).results())
        .map((MatchResult match) -> match.group(1))
        .filter(name -> !set.contains(name))
        .forEach(name -> unset.add(node.path("id").asText() + " reads " + name));
  }

  private static List<String> texts(JsonNode node) {
    List<String> texts = new ArrayList<>();
    if (node.isTextual()) {
      texts.add(node.asText());
    }
    node.forEach(child -> texts.addAll(texts(child)));
    return texts;
  }
}
