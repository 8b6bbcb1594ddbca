package io.github.metallbdyn6.kubernetes;

import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The pool as the API server said last: as its watch told, or as the answer to a request. While
 * nothing changes, a pass takes the pool from here, and sends no request.
 *
 * <p>The cache answers only while the watch is sure to tell of changes. A watch that opens has to
 * show the pool first, or a read has to; and after a write that failed nobody knows what it did.
 */
final class PoolCache {
  private final WatchSigns watch;
  private @Nullable ApiObject newest;
  private boolean sure;

  /** Knows nothing yet. */
  PoolCache(LongSupplier nanoTime) {
    watch = new WatchSigns(nanoTime);
  }

  /** Takes the pool as a read has found it, or its watch at the beginning. */
  synchronized ApiObject read(ApiObject pool) {
    sure = true;
    watch.heard();
    return written(pool);
  }

  /** Takes the pool as a patch has left it. */
  synchronized ApiObject written(ApiObject pool) {
    ApiObject known = newest;
    if (known == null || Versions.isNewer(pool.resourceVersion(), known.resourceVersion())) {
      newest = pool;
    }
    return pool;
  }

  /** Takes a change of the pool that its watch tells of. */
  synchronized void heard(ApiObject pool) {
    written(pool);
    watch.heard();
  }

  /** Forgets the pool: it is deleted. */
  synchronized void gone() {
    newest = null;
    sure = false;
  }

  /** The watch begins, or goes on after a gap. */
  synchronized void opened() {
    sure = false;
    watch.opened();
  }

  /** The watch shows that it is alive. */
  void alive() {
    watch.heard();
  }

  /** The watch has ended. */
  void closed() {
    watch.closed();
  }

  /** Has the next pass read the pool. */
  synchronized void doubt() {
    sure = false;
  }

  /** Returns what was said last, however long ago. */
  synchronized Optional<ApiObject> newest() {
    return Optional.ofNullable(newest);
  }

  /** Returns the pool as it is now; nothing if that takes a read. */
  synchronized Optional<ApiObject> current() {
    return sure && watch.areGood() ? newest() : Optional.empty();
  }
}
