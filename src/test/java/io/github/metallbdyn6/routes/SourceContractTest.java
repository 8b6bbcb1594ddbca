package io.github.metallbdyn6.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.metallbdyn6.settings.Setting;
import io.github.metallbdyn6.settings.SourceParameter;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every source keeps the contract that the manual states. */
class SourceContractTest {
  private static final RouteContract CONTRACT = new RouteContract("source");

  /** The name of one whose value is looked up when it is needed, {@code 'key'}. */
  private static final Pattern CREDENTIAL = Pattern.compile("'(metallb-dyn6\\.[a-z-]+)'");

  /** A parameter's value where the file uses it, {@code {{key:default}}}. */
  private static final String PLACEHOLDER = "{{metallb-dyn6.";

  private static Stream<String> sources() throws IOException {
    return CONTRACT.files();
  }

  @ParameterizedTest
  @MethodSource("sources")
  void beginsWithATitle(String source) throws IOException {
    CONTRACT.assertTitle(source);
  }

  @ParameterizedTest
  @MethodSource("sources")
  void startsFromItsName(String source) throws IOException {
    RouteContract.assertStart(source);
  }

  @ParameterizedTest
  @MethodSource("sources")
  void describesEveryParameterInFull(String source) throws IOException {
    RouteContract.assertParameters(
        source, "METALLB_DYN6_" + CONTRACT.variablePart(source) + "(_[A-Z0-9]+)+");
  }

  /**
   * As the file uses it; a setting has its default elsewhere, and a credential is only named, in
   * quotes, to be looked up later.
   */
  @ParameterizedTest
  @MethodSource("sources")
  void usesWhatItDescribesWithTheSameDefault(String source) throws IOException {
    Map<String, String> described =
        SourceParameter.in(RouteContract.read(source)).stream()
            .collect(Collectors.toMap(SourceParameter::key, SourceParameter::defaultValue));
    Map<String, String> settings =
        Arrays.stream(Setting.values()).collect(Collectors.toMap(Setting::key, Setting::key));
    Map<String, String> used = new HashMap<>();
    collectPlaceholders(RouteContract.routes(source), used);
    CREDENTIAL
        .matcher(RouteContract.read(source))
        .results()
        .forEach(key -> used.put(key.group(1), ""));
    used.forEach(
        (key, byDefault) -> {
          if (!settings.containsKey(key)) {
            assertThat(described).as(key).containsEntry(key, byDefault);
          }
        });
    String text = RouteContract.read(source);
    assertThat(described.keySet())
        .allMatch(key -> used.containsKey(key) || text.contains("'" + key + "'"), "is used");
  }

  private static void collectPlaceholders(JsonNode node, Map<String, String> found) {
    if (node.isTextual()) {
      String text = node.asText();
      for (int at = text.indexOf(PLACEHOLDER); at >= 0; at = text.indexOf(PLACEHOLDER, at + 1)) {
        String[] pair = text.substring(at + 2, endOf(text, at)).split(":", 2);
        String byDefault = pair.length < 2 ? "" : pair[1];
        assertThat(found.getOrDefault(pair[0], byDefault)).as(pair[0]).isEqualTo(byDefault);
        found.put(pair[0], byDefault);
      }
    }
    node.forEach(child -> collectPlaceholders(child, found));
  }

  private static int endOf(String text, int begin) {
    return text.indexOf("}}", begin);
  }

  /** As Camel itself resolves it: a default may hold colons, backslashes and dollars. */
  @ParameterizedTest
  @MethodSource("sources")
  void hasDefaultsThatCamelUnderstands(String source) throws Exception {
    try (DefaultCamelContext camel = new DefaultCamelContext(false)) {
      camel.getPropertiesComponent().setOverrideProperties(new Properties());
      camel.build();
      for (SourceParameter parameter : SourceParameter.in(RouteContract.read(source))) {
        assertThat(
                camel.resolvePropertyPlaceholders(
                    "{{%s:%s}}".formatted(parameter.key(), parameter.defaultValue())))
            .isEqualTo(parameter.defaultValue());
      }
    }
  }

  /** In words, and in seconds for the route that obeys it. */
  @ParameterizedTest
  @MethodSource("sources")
  void saysHowOftenItMayBeAsked(String source) throws IOException {
    String text = RouteContract.read(source);
    boolean limited = text.contains("\n# limit: 1 request per ");
    assertThat(text.contains("name: CamelAskAtMostEvery\n")).isEqualTo(limited);
  }

  @ParameterizedTest
  @MethodSource("sources")
  void isPartOfTheConfigMap(String source) throws IOException {
    RouteContract.assertInConfigMap(source);
  }

  @ParameterizedTest
  @MethodSource("sources")
  void hasARowInTheManual(String source) throws IOException {
    CONTRACT.assertRow(source, 3);
  }
}
