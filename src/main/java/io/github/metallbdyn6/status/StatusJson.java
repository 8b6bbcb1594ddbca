package io.github.metallbdyn6.status;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The JSON of the management port, with times in UTC as of ISO 8601, to the second. */
public final class StatusJson {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(new SimpleModule().addSerializer(Instant.class, new Seconds()))
          .build();

  private StatusJson() {}

  public static String of(Object document) {
    try {
      return JSON.writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the same as {@link #of}, to be looked into. */
  static JsonNode tree(Object document) {
    return JSON.valueToTree(document);
  }

  private static final class Seconds extends JsonSerializer<Instant> {
    @Override
    public void serialize(Instant time, JsonGenerator json, SerializerProvider all)
        throws IOException {
      json.writeString(time.truncatedTo(ChronoUnit.SECONDS).toString());
    }
  }
}
