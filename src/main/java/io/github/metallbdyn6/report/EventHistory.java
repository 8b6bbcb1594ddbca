package io.github.metallbdyn6.report;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last events that are worth remembering, the oldest first. */
final class EventHistory {
  /** Months of an ordinary ISP, and a page that can still be read. */
  private static final int REMEMBERED = 50;

  private final Deque<PastHappening> last = new ArrayDeque<>();

  synchronized void add(PassEvent what) {
    if (what.isEveryday()) {
      return;
    }
    last.addLast(PastHappening.of(what));
    if (last.size() > REMEMBERED) {
      last.removeFirst();
    }
  }

  synchronized List<PastHappening> all() {
    return List.copyOf(last);
  }
}
