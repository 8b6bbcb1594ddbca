package io.github.metallbdyn6.kubernetes;

import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A patch of annotations of the pool, and of nothing else. */
record AnnotationPatch(PatchType type, String json) {
  /** Sets one, whatever else has changed. */
  static AnnotationPatch set(String name, String text) {
    return merge(Map.of("annotations", Map.of(name, text)));
  }

  /** Sets some, whatever else has changed. */
  static AnnotationPatch set(Map<String, String> texts) {
    return merge(Map.of("annotations", texts));
  }

  /** Sets one in this version of the pool. */
  static AnnotationPatch set(String name, String text, String version) {
    return merge(Map.of("resourceVersion", version, "annotations", Map.of(name, text)));
  }

  /** Removes one, whatever else has changed. */
  static AnnotationPatch remove(String name) {
    return merge(Map.of("annotations", without(List.of(name))));
  }

  /** Removes some from this version of the pool. */
  static AnnotationPatch remove(List<String> names, String version) {
    return merge(Map.of("resourceVersion", version, "annotations", without(names)));
  }

  /** RFC 7386: null removes. */
  private static Map<String, @Nullable Object> without(List<String> names) {
    Map<String, @Nullable Object> gone = new HashMap<>();
    names.forEach(name -> gone.put(name, null));
    return gone;
  }

  private static AnnotationPatch merge(Map<String, Object> metadata) {
    return new AnnotationPatch(PatchType.JSON_MERGE, Json.text(Map.of("metadata", metadata)));
  }

  /** Removes one if it still says this; the API server answers 422 otherwise. */
  static AnnotationPatch removeIf(String name, String text) {
    return operation(name, text, Map.of("op", "remove", "path", ApiObject.annotation(name)));
  }

  /** Replaces the text of one if it still says this; the API server answers 422 otherwise. */
  static AnnotationPatch replaceIf(String name, String text, String later) {
    String path = ApiObject.annotation(name);
    return operation(name, text, Map.of("op", "replace", "path", path, "value", later));
  }

  private static AnnotationPatch operation(String name, String text, Map<String, String> change) {
    Map<String, String> test =
        Map.of("op", "test", "path", ApiObject.annotation(name), "value", text);
    return new AnnotationPatch(PatchType.JSON, Json.text(List.of(test, change)));
  }
}
