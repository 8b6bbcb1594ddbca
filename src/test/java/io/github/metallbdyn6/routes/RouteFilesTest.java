package io.github.metallbdyn6.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.model.OptionalIdentifiedDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Properties of every file in {@code routes/}. */
class RouteFilesTest extends RouteAlone {
  private static final Path ROUTES = Path.of("routes");

  RouteFilesTest() {
    super(Map.of("METALLB_DYN6_FOLLOWERS", "webhook,renumber,renumber-files,dns-endpoint,dyndns"));
  }

  @BeforeEach
  void loadAll() throws Exception {
    context.setAutoStartup(false);
    Resource[] resources =
        files().stream()
            .map(file -> PluginHelper.getResourceLoader(context).resolveResource("file:" + file))
            .toArray(Resource[]::new);
    PluginHelper.getRoutesLoader(context).loadRoutes(resources);
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(ROUTES)) {
      return files.filter(file -> file.toString().endsWith(".camel.yaml")).sorted().toList();
    }
  }

  /** Starting without auto-startup resolves every endpoint, bean and option, and runs nothing. */
  @Test
  void referToNothingThatIsMissing() {
    context.start();
    assertThat(context.getRoutes()).hasSameSizeAs(context.getRouteDefinitions());

    Set<String> called = new HashSet<>();
    Set<String> offered = new HashSet<>();
    context
        .getEndpoints()
        .forEach(
            endpoint -> {
              if (endpoint.getEndpointUri().startsWith("direct:")) {
                called.add(endpoint.getEndpointUri());
              }
            });
    context.getRoutes().forEach(route -> offered.add(route.getEndpoint().getEndpointUri()));
    assertThat(called).isSubsetOf(offered);
  }

  @Test
  void referOnlyToBeansThatExist() throws IOException {
    Pattern reference = Pattern.compile("(?m)^\\s*ref: (\\S+)$|#(?:bean:)?(\\w+)\"");
    Set<String> missing = new HashSet<>();
    for (Path file : files()) {
      Matcher matcher = reference.matcher(Files.readString(file));
      while (matcher.find()) {
        String bean = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
        if (context.getRegistry().lookupByName(bean) == null) {
          missing.add(file + ": " + bean);
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void giveEveryRouteAndStepAnIdAndADescription() {
    List<String> nameless = new ArrayList<>();
    for (RouteDefinition route : context.getRouteDefinitions()) {
      requireNames(route, route, nameless);
      requireNames(route, route.getInput(), nameless);
      ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ProcessorDefinition.class)
          .forEach(step -> requireNames(route, step, nameless));
    }
    assertThat(nameless).isEmpty();
  }

  private static void requireNames(
      RouteDefinition route, OptionalIdentifiedDefinition<?> step, List<String> nameless) {
    boolean named = step.hasCustomIdAssigned() || step == route;
    if (!named || step.getDescriptionText() == null || step.getDescriptionText().isBlank()) {
      nameless.add(route.getRouteId() + ": " + step);
    }
  }

  @Test
  void giveNoIdTwice() throws IOException {
    List<String> ids = new ArrayList<>();
    for (Path file : files()) {
      collectIds(new YAMLMapper().readTree(file.toFile()), ids);
    }
    assertThat(ids).isNotEmpty().doesNotHaveDuplicates();
  }

  private static void collectIds(JsonNode node, List<String> ids) {
    if (node.path("id").isTextual()) {
      ids.add(node.path("id").asText());
    }
    node.forEach(child -> collectIds(child, ids));
  }

  @Test
  void haveNamesThatSayWhichRouteTheyHold() throws IOException {
    for (Path file : files()) {
      String name = String.valueOf(file.getFileName()).replaceFirst("^\\d-", "");
      List<String> ids = new ArrayList<>();
      for (JsonNode item : new YAMLMapper().readTree(file.toFile())) {
        ids.add(item.path("route").path("id").asText() + ".camel.yaml");
      }
      if (!List.of("on-failure.camel.yaml", "dry-run.camel.yaml").contains(name)) {
        assertThat(ids).contains(name);
      }
    }
  }

  @Test
  void areNineAtMostBesideSourcesAndFollowers() throws IOException {
    assertThat(files().stream().map(file -> String.valueOf(file.getFileName())))
        .filteredOn(name -> !name.startsWith("source-") && !name.startsWith("follower-"))
        .hasSizeBetween(5, 9);
  }
}
