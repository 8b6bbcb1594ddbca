package io.github.metallbdyn6.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnnotationPatchTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static void assertIs(AnnotationPatch patch, PatchType type, String json)
      throws JsonProcessingException {
    JsonNode wanted = MAPPER.readTree(json.replace('\'', '"'));
    assertThat(patch.type()).isEqualTo(type);
    assertThat(MAPPER.readTree(patch.json())).isEqualTo(wanted);
  }

  @Test
  void setsAnAnnotationAndNothingElse() throws JsonProcessingException {
    assertIs(
        AnnotationPatch.set("a/b", "x"),
        PatchType.JSON_MERGE,
        "{'metadata': {'annotations': {'a/b': 'x'}}}");
  }

  @Test
  void isGuardedByTheVersionThatItIsFor() throws JsonProcessingException {
    assertIs(
        AnnotationPatch.set("a/b", "x", "7"),
        PatchType.JSON_MERGE,
        "{'metadata': {'resourceVersion': '7', 'annotations': {'a/b': 'x'}}}");
    assertIs(
        AnnotationPatch.remove(List.of("a/b", "c"), "7"),
        PatchType.JSON_MERGE,
        "{'metadata': {'resourceVersion': '7', 'annotations': {'a/b': null, 'c': null}}}");
  }

  @Test
  void removesByNull() throws JsonProcessingException {
    assertIs(
        AnnotationPatch.remove("a/b"),
        PatchType.JSON_MERGE,
        "{'metadata': {'annotations': {'a/b': null}}}");
  }

  @Test
  void testsTheTextFirstWhereOnlyThatOneMayGo() throws JsonProcessingException {
    String test = "{'op': 'test', 'path': '/metadata/annotations/a~1b', 'value': 'x'}, ";
    assertIs(
        AnnotationPatch.removeIf("a/b", "x"),
        PatchType.JSON,
        "[" + test + "{'op': 'remove', 'path': '/metadata/annotations/a~1b'}]");
    assertIs(
        AnnotationPatch.replaceIf("a/b", "x", "y"),
        PatchType.JSON,
        "[" + test + "{'op': 'replace', 'path': '/metadata/annotations/a~1b', 'value': 'y'}]");
  }
}
