package io.github.metallbdyn6.testbed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;

/** The records of a released version on pools and services, as merge patches. */
public final class OldRecords {
  /** When the fixtures say that it was written. */
  private static final String THEN = "2026-11-22T20:00:00Z";

  private OldRecords() {}

  /** Returns a fixture, as if it had been written now. */
  public static String ofVersion100(String name) throws IOException {
    return Files.readString(Path.of("src/test/resources/records/1.0.0", name + ".json"))
        .replace(THEN, Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
  }

  /** Returns the annotations that a fixture has. */
  public static Map<String, String> annotations(String fixture) throws IOException {
    JsonNode annotations = new JsonMapper().readTree(fixture).at("/metadata/annotations");
    Map<String, String> texts = new HashMap<>();
    annotations.properties().forEach(it -> texts.put(it.getKey(), it.getValue().asText()));
    return texts;
  }
}
