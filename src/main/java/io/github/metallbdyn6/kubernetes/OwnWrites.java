package io.github.metallbdyn6.kubernetes;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/**
 * Knows which versions of the pool the program has made. A question while a write is under way
 * waits for its end: the news of a version may come before the answer that names it.
 */
final class OwnWrites {
  private static final int REMEMBERED = 16;

  private final Deque<String> versions = new ArrayDeque<>();

  /** Carries out a write and remembers the version that it made. */
  synchronized ApiObject remember(Supplier<ApiObject> write) {
    ApiObject written = write.get();
    versions.addLast(written.resourceVersion());
    if (versions.size() > REMEMBERED) {
      versions.removeFirst();
    }
    return written;
  }

  /** Tells whether we made this version. */
  synchronized boolean contain(String version) {
    return versions.contains(version);
  }
}
