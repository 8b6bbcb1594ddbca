package io.github.metallbdyn6.pool;

import io.github.metallbdyn6.text.ForeignText;
import java.util.Map;
import java.util.Optional;

/**
 * Another program that writes addresses into the pool: dynamic-prefix-operator, which does so while
 * the pool has its annotation.
 *
 * @param prefix the name of the DynamicPrefix that it follows
 */
public record Rival(String prefix) {
  /** The annotation by which users hand a pool to dynamic-prefix-operator. */
  public static final String ANNOTATION = "dynamic-prefix.io/name";

  static Optional<Rival> in(Map<String, String> annotations) {
    return Optional.ofNullable(annotations.get(ANNOTATION)).map(Rival::new);
  }

  /** Says what will happen. */
  public String inWords() {
    return "dynamic-prefix-operator writes addresses into the pool, too (annotation %s: %s), so that the two programs undo each other's changes"
        .formatted(ANNOTATION, ForeignText.of(prefix));
  }
}
