package io.github.metallbdyn6.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Metrics that Prometheus reads from the program, in its text format 0.0.4.
 *
 * @param help the lines {@code # HELP} by metric
 * @param types the lines {@code # TYPE} by metric
 * @param samples all values
 */
public record Scrape(Map<String, String> help, Map<String, String> types, List<Sample> samples) {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final Pattern SAMPLE = Pattern.compile("(\\w+)(?:\\{(.*)})? (\\S+)");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\",?");
  private static final Pattern COMMENT = Pattern.compile("# (HELP|TYPE) (\\w+) (.+)");

  /** One line. */
  public record Sample(String name, Map<String, String> labels, double value) {}

  /** Asks the program that listens on this port, as Prometheus does. */
  public static Scrape of(int port) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/observe/metrics"))
            .timeout(Duration.ofSeconds(10))
            .header("Accept", "text/plain;version=0.0.4;q=0.3,*/*;q=0.1")
            .build();
    HttpResponse<String> response = send(request);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/plain; version=0.0.4");
    return parse(response.body());
  }

  private static HttpResponse<String> send(HttpRequest request)
      throws IOException, InterruptedException {
    try {
      return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (ConnectException e) {
      throw new AssertionError("nobody listens yet", e);
    }
  }

  /** Reads every line; fails where one cannot be read. */
  public static Scrape parse(String text) {
    return new Scrape(
        comments(text, "HELP"),
        comments(text, "TYPE"),
        text.lines().filter(line -> !line.startsWith("#")).map(Scrape::sample).toList());
  }

  private static Map<String, String> comments(String text, String kind) {
    return text.lines()
        .map(COMMENT::matcher)
        .filter(line -> line.matches() && line.group(1).equals(kind))
        .collect(Collectors.toMap(line -> line.group(2), line -> line.group(3)));
  }

  private static Sample sample(String line) {
    var parts = SAMPLE.matcher(line);
    assertThat(parts.matches()).as(line).isTrue();
    Map<String, String> labels = new TreeMap<>();
    if (parts.group(2) != null) {
      LABEL
          .matcher(parts.group(2))
          .results()
          .forEach(label -> labels.put(label.group(1), unescape(label)));
    }
    return new Sample(
        parts.group(1), labels, Double.parseDouble(parts.group(3).replace("Inf", "Infinity")));
  }

  private static String unescape(MatchResult label) {
    return label.group(2).translateEscapes();
  }

  /** Returns the metric that a sample of this name belongs to, if it has help and a type. */
  public Optional<String> metricOf(String sample) {
    return Stream.of(sample, sample.replaceFirst("_(bucket|count|sum)$", ""))
        .filter(name -> help.containsKey(name) && types.containsKey(name))
        .findFirst();
  }

  /** Returns the samples of this name that have these labels, and maybe others. */
  public List<Sample> all(String name, Map<String, String> labels) {
    return samples.stream()
        .filter(sample -> sample.name().equals(name))
        .filter(sample -> sample.labels().entrySet().containsAll(labels.entrySet()))
        .toList();
  }

  /** Returns the value of the only sample of this name that has these labels. */
  public double value(String name, Map<String, String> labels) {
    List<Sample> found = all(name, labels);
    assertThat(found).as(name + labels).hasSize(1);
    return found.get(0).value();
  }

  /** Returns the value of the only sample of this name. */
  public double value(String name) {
    return value(name, Map.of());
  }
}
