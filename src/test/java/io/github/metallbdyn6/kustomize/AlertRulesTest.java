package io.github.metallbdyn6.kustomize;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.github.metallbdyn6.testbed.InstalledProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Prometheus' own tool reads the alert rules, and finds that they fire when they should. */
class AlertRulesTest {
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final Path RULES = Path.of("kustomize", "components", "prometheus", "rules.yaml");
  private static final String PROGRAM = "namespace=\"metallb-system\"";

  @TempDir Path folder;
  private JsonNode rules;

  /** The manual says to copy the groups into a rule file. */
  @BeforeEach
  void copyRules() throws IOException {
    rules = YAML.readTree(RULES.toFile()).path("spec");
    YAML.writeValue(folder.resolve("rules.yaml").toFile(), rules);
  }

  private String promtool(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(InstalledProgram.find("promtool", "prometheus").toString());
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  private List<JsonNode> alerts() {
    return StreamSupport.stream(rules.at("/groups/0/rules").spliterator(), false).toList();
  }

  @Test
  void areRules() throws Exception {
    assertThat(promtool("check", "rules", "rules.yaml"))
        .contains("SUCCESS: %d rules found".formatted(alerts().size()));
  }

  /** A series is its name without the prefix, labels of its own, and a value for each minute. */
  @ParameterizedTest(name = "{0} at {2}: {3}")
  @CsvSource(
      delimiter = '|',
      value = {
        "PoolNotInSync    | pool_in_sync pool=public 1x4 0x60                       | 19m | no",
        "PoolNotInSync    | pool_in_sync pool=public 1x4 0x60                       | 20m | pool=public",
        "PoolNotInSync    | pool_in_sync pool=public 0x10 1x60                      | 60m | no",
        "NoSuccess        | last_success_timestamp_seconds - 0x99; update_interval_seconds - 60x99; holding pool=public 0x99 | 20m | no",
        "NoSuccess        | last_success_timestamp_seconds - 0x99; update_interval_seconds - 60x99; holding pool=public 0x99 | 21m | -",
        "NoSuccess        | last_success_timestamp_seconds - 0x99; update_interval_seconds - 60x99; holding pool=public 1x99 | 60m | no",
        "NoSuccess        | last_success_timestamp_seconds - 0x99; update_interval_seconds - 3600x99; holding pool=public 0x99 | 90m | no",
        "Holding          | holding pool=public 1x99                                | 59m | no",
        "Holding          | holding pool=public 1x99                                | 60m | pool=public",
        "ReloadPending    | reload_pending pool=public 1x60                         | 14m | no",
        "ReloadPending    | reload_pending pool=public 1x60                         | 15m | pool=public",
        "ServicesInTrouble | services pool=public,state=no_address 1x60; services pool=public,state=in_place 4x60 | 9m  | no",
        "ServicesInTrouble | services pool=public,state=no_address 1x60; services pool=public,state=in_place 4x60 | 10m | pool=public",
        "ServicesInTrouble | services pool=public,state=moving 3x60; services pool=public,state=in_place 4x60     | 30m | no",
        "FollowerBehind   | follower_current follower=dyndns 1x5 0x99               | 65m | no",
        "FollowerBehind   | follower_current follower=dyndns 1x5 0x99               | 66m | follower=dyndns",
        "SourceUnreliable | source_failures_total source=a 0+1x99; source_seconds_count source=a 0+1x99; source_seconds_sum source=a 0+1x99 | 29m | no",
        "SourceUnreliable | source_failures_total source=a 0+1x99; source_seconds_count source=a 0+1x99; source_seconds_sum source=a 0+1x99 | 40m | source=a",
        "SourceUnreliable | source_failures_total source=a 0+1x99; source_seconds_count source=a 0+3x99; source_seconds_sum source=a 0+1x99 | 90m | no",
        "SourceUnreliable | source_failures_total source=a 0x99; source_seconds_count source=a 0+1x99; source_seconds_sum source=a 0+6x99   | 40m | source=a",
        "Absent           | passes_total result=failed 0x9                          | 28m | no",
        "Absent           | passes_total result=failed 0x9                          | 31m | absent"
      })
  void fireWhenTheyShould(String alert, String series, String time, String fires) throws Exception {
    Map<String, Object> test = new LinkedHashMap<>();
    test.put("interval", "1m");
    test.put("input_series", List.of(series.split(";")).stream().map(this::series).toList());
    test.put(
        "alert_rule_test",
        List.of(
            Map.of(
                "eval_time",
                time,
                "alertname",
                "MetalLbDyn6" + alert,
                "exp_alerts",
                fires.equals("no") ? List.of() : List.of(expected("MetalLbDyn6" + alert, fires)))));
    Files.writeString(
        folder.resolve("test.yaml"),
        YAML.writeValueAsString(
            Map.of("rule_files", List.of("rules.yaml"), "tests", List.of(test))));

    assertThat(promtool("test", "rules", "test.yaml")).contains("SUCCESS");
  }

  private Map<String, String> series(String text) {
    String[] words = text.strip().split("\\s+", 3);
    String own = words[1].equals("-") ? "" : "," + words[1].replaceAll("=([^,]+)", "=\"$1\"");
    return Map.of(
        "series", "metallb_dyn6_%s{%s%s}".formatted(words[0], PROGRAM, own), "values", words[2]);
  }

  private Map<String, Object> expected(String name, String fires) {
    JsonNode alert =
        alerts().stream().filter(it -> it.path("alert").asText().equals(name)).findFirst().get();
    Map<String, String> labels = new LinkedHashMap<>();
    if (!fires.equals("absent")) {
      labels.put("namespace", "metallb-system");
    }
    if (fires.contains("=")) {
      labels.put(fires.split("=", 2)[0], fires.split("=", 2)[1]);
    }
    Map<String, String> annotations = new LinkedHashMap<>();
    alert
        .path("annotations")
        .properties()
        .forEach(it -> annotations.put(it.getKey(), filled(it.getValue().asText(), labels)));
    labels.put("severity", alert.at("/labels/severity").asText());
    return Map.of("exp_labels", labels, "exp_annotations", annotations);
  }

  private static String filled(String template, Map<String, String> labels) {
    String text = template;
    for (Map.Entry<String, String> label : labels.entrySet()) {
      text = text.replace("{{ $labels.%s }}".formatted(label.getKey()), label.getValue());
    }
    return text;
  }
}
