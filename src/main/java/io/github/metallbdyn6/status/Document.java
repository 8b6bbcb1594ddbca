package io.github.metallbdyn6.status;

import io.github.metallbdyn6.http.OncePerSecond;
import io.github.metallbdyn6.http.Request;
import io.github.metallbdyn6.http.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Something to be read on the management port. */
public interface Document {
  /** Returns the answer to this request, now or later, but never waits for it. */
  CompletableFuture<Response> answer(Request request);

  /** Returns a document that never changes, from the folder of this package in the jar. */
  static Document file(String name, String type) {
    Response response = Response.of(200, type + "; charset=utf-8", read(name));
    return request -> CompletableFuture.completedFuture(response);
  }

  /** Returns a document that is rendered anew when it is asked for, but once a second at most. */
  static Document rendered(Supplier<Response> content, Executor threads) {
    OncePerSecond latest = new OncePerSecond(content, threads, System::nanoTime);
    return request -> latest.get();
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
