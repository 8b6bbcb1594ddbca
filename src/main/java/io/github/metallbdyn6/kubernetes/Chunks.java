package io.github.metallbdyn6.kubernetes;

import java.util.function.Consumer;

/**
 * A list that is read in chunks that the API server can send in time: of many objects where they
 * are small, and of few where somebody has made them large.
 */
final class Chunks {
  private static final int FIRST = 20;
  private static final int MOST = 100;
  private static final long WANTED_BYTES = 4_000_000;

  private final ApiServer api;
  private final String path;
  private final Fields fields;

  Chunks(ApiServer api, String path, Fields fields) {
    this.api = api;
    this.path = path;
    this.fields = fields;
  }

  /** Hands on each object of the list; returns the version of the list. */
  String list(Consumer<ApiObject> each) {
    int limit = FIRST;
    ObjectReader.Page page = api.list(path + "?limit=" + limit, fields, each);
    while (!page.next().isEmpty()) {
      limit = next(limit, page.bytes());
      String query = "?limit=%d&continue=%s".formatted(limit, ApiServer.encoded(page.next()));
      page = api.list(path + query, fields, each);
    }
    return page.resourceVersion();
  }

  static int next(int limit, long bytes) {
    long fitting = limit * WANTED_BYTES / Math.max(bytes, 1);
    return (int) Math.min(Math.max(fitting, 1), MOST);
  }
}
