package io.github.metallbdyn6.testbed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Requests that an API server has had, by its own account. */
public final class AuditLog {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * A request of the program.
   *
   * @param verb as RBAC calls it
   * @param group the API group, empty for the core
   * @param resource in the plural, with its subresource; empty for other paths
   * @param namespace empty where the resource or the request has none
   * @param name of the object; empty for all of them
   * @param status of the answer
   * @param uri as it was asked
   */
  public record Request(
      String verb,
      String group,
      String resource,
      String namespace,
      String name,
      int status,
      String uri) {
    static Request of(JsonNode line) {
      JsonNode object = line.path("objectRef");
      String subresource = object.path("subresource").asText();
      return new Request(
          line.path("verb").asText(),
          object.path("apiGroup").asText(),
          object.path("resource").asText() + (subresource.isEmpty() ? "" : "/" + subresource),
          object.path("namespace").asText(),
          object.path("name").asText(),
          line.path("responseStatus").path("code").asInt(),
          line.path("requestURI").asText());
    }

    @Override
    public String toString() {
      return "%s %s -> %d".formatted(verb, uri, status);
    }
  }

  private final Path file;
  private final String user;

  /** Looks at the requests of one user. */
  AuditLog(Path file, String user) {
    this.file = file;
    this.user = user;
  }

  /** Returns the requests that were answered so far, or that end only with a watch. */
  public List<Request> requests() {
    try {
      return Files.readAllLines(file).stream()
          .filter(line -> line.endsWith("}")) // the last one may be in the making
          .map(AuditLog::parse)
          .filter(line -> user.equals(line.path("user").path("username").asText()))
          .filter(line -> !isRepeated(line))
          .map(Request::of)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A watch is written down when it begins, and once more when it ends. */
  private static boolean isRepeated(JsonNode line) {
    return "watch".equals(line.path("verb").asText())
        && "ResponseComplete".equals(line.path("stage").asText())
        && line.path("responseStatus").path("code").asInt() == 200;
  }

  private static JsonNode parse(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(line, e);
    }
  }
}
