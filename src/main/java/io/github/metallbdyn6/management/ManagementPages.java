package io.github.metallbdyn6.management;

import io.github.metallbdyn6.http.Handler;
import io.github.metallbdyn6.http.Request;
import io.github.metallbdyn6.http.Response;
import io.github.metallbdyn6.status.Document;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The pages of the management port. A page is looked up by the path as it was sent, in a map: there
 * is no file system behind it, and nothing to traverse.
 */
final class ManagementPages implements Handler {
  private static final Set<String> READING = Set.of("GET", "HEAD");

  /** They leave a browser nothing to do but to show what it gets. */
  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src"
              + " 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "X-Frame-Options",
          "DENY",
          "Referrer-Policy",
          "no-referrer",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Cross-Origin-Resource-Policy",
          "same-origin",
          "Cache-Control",
          "no-store");

  private final Map<String, Document> documents;

  /** Serves these documents under these paths. */
  ManagementPages(Map<String, Document> documents) {
    this.documents = Map.copyOf(documents);
  }

  @Override
  public CompletionStage<Response> answer(Request request) {
    return find(request).thenApply(found -> found.with(HEADERS));
  }

  private CompletableFuture<Response> find(Request request) {
    Document document = documents.get(request.path());
    if (document == null) {
      return CompletableFuture.completedFuture(
          Response.text(404, "There is nothing here. The status page is at /"));
    }
    if (!READING.contains(request.method())) {
      return CompletableFuture.completedFuture(
          Response.text(405, "This can only be read.").with(Map.of("Allow", "GET, HEAD")));
    }
    return document.answer(request);
  }
}
