package io.github.metallbdyn6.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import io.github.metallbdyn6.testbed.RouteFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every route file is right by Camel's own JSON schema, which editors and Kaoto check against while
 * a user types. The runtime is more patient: it reads numbers and booleans in quotes, too.
 */
class RouteSchemaTest {
  private static final String SCHEMA = "/schema/camelYamlDsl.json";
  private static JsonSchema schema;

  @BeforeAll
  static void readSchema() throws IOException {
    try (InputStream in = RouteSchemaTest.class.getResourceAsStream(SCHEMA)) {
      schema =
          JsonSchemaFactory.getInstance(VersionFlag.V4)
              .getSchema(Objects.requireNonNull(in, SCHEMA));
    }
  }

  private static Stream<Map.Entry<String, String>> files() throws IOException {
    Path example = Path.of("kustomize/overlays/example/source-mine.camel.yaml");
    return Stream.concat(
        RouteFolder.original().entrySet().stream(),
        Stream.of(Map.entry(String.valueOf(example.getFileName()), Files.readString(example))));
  }

  private static Set<ValidationMessage> problems(String text) throws IOException {
    return schema.validate(new YAMLMapper().readTree(text));
  }

  @ParameterizedTest
  @MethodSource("files")
  void isRightByCamelsSchema(Map.Entry<String, String> file) throws IOException {
    assertThat(problems(file.getValue())).as(file.getKey()).isEmpty();
  }

  /** Otherwise the schema would have let everything pass. */
  @Test
  void wouldFindANumberInQuotes() throws IOException {
    assertThat(
            problems(
                """
                - route:
                    id: broken
                    from:
                      uri: direct:broken
                      steps:
                        - circuitBreaker:
                            resilience4jConfiguration:
                              slidingWindowSize: "three"
                """))
        .isNotEmpty();
  }
}
