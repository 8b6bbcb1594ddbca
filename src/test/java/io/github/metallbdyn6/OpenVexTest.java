package io.github.metallbdyn6;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The statements about vulnerabilities (OpenVEX 0.2.0) are true of what is delivered. */
class OpenVexTest {
  private static final Pattern CLASS = Pattern.compile("io\\.github\\.metallbdyn6\\.[\\w.]*\\w");

  private static final Pattern VERSION = Pattern.compile("<camel.version>(.*)</camel.version>");

  static List<JsonNode> statements() throws IOException {
    JsonNode document = new ObjectMapper().readTree(new File("src/site/resources/openvex.json"));
    return document.path("statements").valueStream().toList();
  }

  @ParameterizedTest
  @MethodSource("statements")
  void everyStatementIsAboutWhatIsDeliveredAndNamesItsTests(JsonNode statement) {
    assertThat(statement.path("products").findValues("subcomponents"))
        .flatExtracting(it -> it.findValuesAsText("@id"))
        .isNotEmpty()
        .as("another version in the pom needs another look")
        .allMatch(purl -> purl.startsWith("pkg:maven/org.apache.camel/"))
        .allMatch(purl -> purl.endsWith("@" + camelInPom()))
        .allSatisfy(purl -> assertThat(getClass().getResource(descriptionOf(purl))).isNotNull());
    String reason = statement.path("impact_statement").asText();
    assertThat(CLASS.matcher(reason).results().map(it -> it.group()))
        .isNotEmpty()
        .allSatisfy(name -> assertThatCode(() -> Class.forName(name)).doesNotThrowAnyException());
  }

  private static String camelInPom() {
    Matcher version = VERSION.matcher(pom());
    assertThat(version.find()).isTrue();
    return version.group(1);
  }

  private static String pom() {
    try {
      return Files.readString(Path.of("pom.xml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String descriptionOf(String purl) {
    String name = purl.substring(purl.lastIndexOf('/') + 1, purl.indexOf('@'));
    return "/META-INF/maven/org.apache.camel/%s/pom.properties".formatted(name);
  }

  static List<Path> routes() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("routes"))) {
      return files.filter(file -> file.toString().endsWith(".camel.yaml")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("routes")
  void noRouteFollowsARedirectOrHasCamelSendCredentials(Path route) throws IOException {
    String text = Files.readString(route);
    long requests = count(text, "uri: https?\\n");
    assertThat(count(text, "followRedirects: false\\n")).isEqualTo(requests);
    assertThat(count(text, "skipResponseHeaders: true\\n")).isEqualTo(requests);
    assertThat(text)
        .doesNotContainPattern("(?i)\\b(?:auth(?:Username|Password|Method)|oauth2\\w+):");
  }

  private static long count(String text, String pattern) {
    return Pattern.compile(pattern).matcher(text).results().count();
  }

  @Test
  void thereIsARouteThatSendsRequests() throws IOException {
    assertThat(Files.readString(Path.of("routes/1-find-prefix.camel.yaml")))
        .contains("uri: http\n");
  }
}
