package io.github.metallbdyn6.management;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Something to be read over HTTP.
 *
 * @param type its media type
 * @param content its text as of now
 */
record Document(String type, Supplier<String> content) {

  /** Returns a document that never changes, from the folder of this package in the jar. */
  static Document resource(String file, String type) {
    String text = read(file);
    return new Document(type, () -> text);
  }

  /** Returns the text of a file from the folder of this package in the jar. */
  static String read(String file) {
    try (InputStream in = Document.class.getResourceAsStream(file)) {
      return new String(
          Objects.requireNonNull(in, file + " is part of the jar").readAllBytes(),
          StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
