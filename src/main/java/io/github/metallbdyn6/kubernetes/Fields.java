package io.github.metallbdyn6.kubernetes;

import com.fasterxml.jackson.core.JsonPointer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which fields of an object are read: a tree, in which a list stands for each of its items, and the
 * field {@code NAME/*} for all whose name begins so.
 *
 * @param longest the most characters that are read of a text
 * @param inside the fields of this one that are read; of a field without any, its plain value
 */
record Fields(int longest, Map<String, Fields> inside) {

  /**
   * Reads these fields.
   *
   * @param longest the most characters that are read of a text
   * @param pointers each field as a JSON pointer (RFC 6901)
   */
  static Fields of(int longest, Stream<String> pointers) {
    Fields fields = new Fields(longest, new LinkedHashMap<>());
    pointers.map(JsonPointer::compile).forEach(fields::add);
    return fields;
  }

  /** Reads these fields, of texts no more than names, numbers and addresses need. */
  static Fields of(String... pointers) {
    return of(ObjectReader.LONGEST_TEXT, Stream.of(pointers));
  }

  private void add(JsonPointer pointer) {
    if (!pointer.matches()) {
      inside
          .computeIfAbsent(
              pointer.getMatchingProperty(), name -> new Fields(longest, new LinkedHashMap<>()))
          .add(pointer.tail());
    }
  }

  /** Returns what is read of a field; nothing if the field is passed over. */
  @Nullable Fields of(String field) {
    @Nullable Fields exact = inside.get(field);
    int slash = field.indexOf('/');
    return exact == null && slash > 0 ? inside.get(field.substring(0, slash) + "/*") : exact;
  }
}
