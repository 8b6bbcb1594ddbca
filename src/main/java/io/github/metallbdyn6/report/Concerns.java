package io.github.metallbdyn6.report;

import io.github.metallbdyn6.report.Concern.Topic;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The concerns at present; one that goes on keeps its begin. */
final class Concerns {
  private final Map<Topic, Concern> present = new EnumMap<>(Topic.class);

  void begin(Topic topic, String text, String advice, Instant now) {
    @Nullable Concern before = present.get(topic);
    Instant since = before == null ? now : before.since();
    present.put(topic, new Concern(topic, text, advice, since));
  }

  void end(Topic topic) {
    present.remove(topic);
  }

  List<Concern> all() {
    return List.copyOf(present.values());
  }
}
