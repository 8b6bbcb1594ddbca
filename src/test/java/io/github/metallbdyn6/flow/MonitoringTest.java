package io.github.metallbdyn6.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.github.metallbdyn6.testbed.Manual;
import io.github.metallbdyn6.testbed.Scrape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Alerts and dashboard find the metrics that they ask for. */
class MonitoringTest extends MeasuredFlow {
  private static final Path COMPONENTS = Path.of("kustomize", "components");

  /** They come from Prometheus and not from the program. */
  private static final Set<String> TARGET_LABELS = Set.of("job", "instance", "namespace", "pod");

  private static final Map<String, String> WITH_FOLLOWER =
      Map.of(
          "METALLB_DYN6_FOLLOWERS", "webhook",
          "METALLB_DYN6_WEBHOOK_URL", "http://127.0.0.1:9/");

  private static final Pattern METRIC =
      Pattern.compile("\\b(?:metallb_dyn6|camel|jvm|process)_\\w+");
  private static final Pattern MANUAL_ROW = Pattern.compile("\\n\\| `(metallb_dyn6_\\w+)");
  private static final Pattern SELECTOR = Pattern.compile("(\\w+)\\{(\\w+)=\"([^\"]*)\"}");
  private static final Pattern GROUPING = Pattern.compile("(?:by|on|ignoring) \\(([^)]*)\\)");
  private static final Pattern TEMPLATE = Pattern.compile("\\{\\{ ?(?:\\$labels\\.)?(\\w+) ?}}");

  /**
   * A question to Prometheus.
   *
   * @param promql the question
   * @param text for people, with labels of the answer in it
   */
  private record Query(String promql, String text) {
    List<String> metrics() {
      return METRIC.matcher(promql).results().map(MatchResult::group).toList();
    }

    List<String> labels() {
      return Stream.concat(
              GROUPING
                  .matcher(promql)
                  .results()
                  .flatMap(group -> Stream.of(group.group(1).split(", "))),
              TEMPLATE.matcher(text).results().map(label -> label.group(1)))
          .filter(label -> !TARGET_LABELS.contains(label))
          .toList();
    }
  }

  @BeforeEach
  void letServicesBeSeen() {
    cluster.api().allowServices(true);
  }

  private static List<JsonNode> alerts() throws IOException {
    JsonNode file = new YAMLMapper().readTree(COMPONENTS.resolve("prometheus/rules.yaml").toFile());
    List<JsonNode> alerts = new ArrayList<>();
    file.at("/spec/groups/0/rules").forEach(alerts::add);
    return alerts;
  }

  private static List<Query> queries() throws IOException {
    Path file = COMPONENTS.resolve("grafana-dashboard/metallb-dyn6.json");
    List<Query> queries = new ArrayList<>();
    for (JsonNode panel : new ObjectMapper().readTree(file.toFile()).path("panels")) {
      for (JsonNode target : panel.path("targets")) {
        queries.add(new Query(target.path("expr").asText(), target.path("legendFormat").asText()));
      }
    }
    for (JsonNode alert : alerts()) {
      queries.add(new Query(alert.path("expr").asText(), alert.path("annotations").toString()));
    }
    return queries;
  }

  private static void assertAnswered(Query query, Scrape scrape) {
    Map<String, Set<String>> labelsByMetric =
        scrape.samples().stream()
            .collect(
                Collectors.toMap(
                    Scrape.Sample::name, it -> it.labels().keySet(), (one, other) -> one));
    assertThat(query.metrics()).isNotEmpty().isSubsetOf(labelsByMetric.keySet());
    assertThat(query.labels())
        .isSubsetOf(
            query.metrics().stream()
                .flatMap(metric -> labelsByMetric.get(metric).stream())
                .toList());
    SELECTOR
        .matcher(query.promql())
        .results()
        .forEach(
            it ->
                assertThat(scrape.all(it.group(1), Map.of(it.group(2), it.group(3))))
                    .as(it.group())
                    .isNotEmpty());
  }

  @Test
  void everyQueryFindsItsMetricsAndLabels() throws Exception {
    cluster.pods().run(OLD_METALLB);
    isp.givesAddress(ADDRESS_B);
    startProgramWithPort(WITH_FOLLOWER);
    awaitAtLeast(1, "metallb_dyn6_passes_total", Map.of("result", "succeeded"));

    Scrape scrape = scrape();
    assertThat(queries()).hasSizeGreaterThan(15).allSatisfy(query -> assertAnswered(query, scrape));
  }

  @Test
  void theManualNamesEveryMetricOfOursAndNoOther() throws Exception {
    startProgramWithPort(WITH_FOLLOWER);
    awaitAtLeast(1, "metallb_dyn6_passes_total", Map.of("result", "succeeded"));

    assertThat(MANUAL_ROW.matcher(Manual.text()).results().map(row -> row.group(1)))
        .containsExactlyInAnyOrderElementsOf(
            scrape().types().keySet().stream()
                .filter(name -> name.startsWith("metallb_dyn6_"))
                .toList());
  }

  @Test
  void everyAlertSaysWhatIsTheMatterAndWhatToDo() throws IOException {
    assertThat(alerts())
        .isNotEmpty()
        .allSatisfy(
            alert -> {
              assertThat(alert.path("for").asText()).matches("\\d+[mh]");
              assertThat(alert.at("/labels/severity").asText()).isIn("critical", "warning", "info");
              assertThat(alert.at("/annotations/summary").asText()).endsWith(".");
              assertThat(alert.at("/annotations/description").asText()).endsWith(".");
            });
  }
}
