package io.github.metallbdyn6.management;

import io.github.metallbdyn6.http.Request;
import io.github.metallbdyn6.http.Response;
import io.github.metallbdyn6.report.Journals;
import io.github.metallbdyn6.status.Document;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** The status page, above all about the pool that {@code ?pool=NAME} names. */
final class PageOfPool implements Document {
  private static final String CHOICE = "pool=";

  private final Map<String, Document> pages = new ConcurrentHashMap<>();
  private final Function<String, String> render;
  private final Journals journals;
  private final Executor threads;

  PageOfPool(Function<String, String> render, Journals journals, Executor threads) {
    this.render = render;
    this.journals = journals;
    this.threads = threads;
  }

  @Override
  public CompletableFuture<Response> answer(Request request) {
    String query = request.query();
    String named = query.startsWith(CHOICE) ? query.substring(CHOICE.length()) : "";
    boolean isKnown =
        journals.situations().keySet().stream().anyMatch(pool -> pool.endsWith("/" + named));
    return pages.computeIfAbsent(isKnown ? named : "", this::page).answer(request);
  }

  /** Only pools that there are get a page of their own: nobody can fill the memory with others. */
  private Document page(String pool) {
    return Document.rendered(
        () -> Response.of(200, "text/html; charset=utf-8", render.apply(pool)), threads);
  }
}
