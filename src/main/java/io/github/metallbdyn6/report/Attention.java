package io.github.metallbdyn6.report;

import io.github.metallbdyn6.handover.ServiceCondition;
import io.github.metallbdyn6.pool.PoolEntry;
import io.github.metallbdyn6.pool.PoolPlan;
import io.github.metallbdyn6.pool.PoolState;
import io.github.metallbdyn6.report.Concern.Topic;
import io.github.metallbdyn6.report.ServiceBoard.Sighting;
import io.github.metallbdyn6.text.FirstFew;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Knows what is not right although passes succeed. */
public final class Attention {
  private final Clock clock;
  private final Map<Topic, Concern> concerns = new EnumMap<>(Topic.class);
  private @Nullable ServiceBoard board;

  Attention(Clock clock) {
    this.clock = clock;
  }

  /** Takes from this board how things stand with services. */
  public synchronized void watches(ServiceBoard services) {
    board = services;
  }

  /** Notes which rights on services the account lacks that the user's transition needs. */
  public synchronized void lacks(List<String> verbs) {
    set(
        Topic.PERMISSION,
        !verbs.isEmpty(),
        "the account may not %s services, so that METALLB_DYN6_TRANSITION=handover works as replace"
            .formatted(String.join(", ", verbs)),
        Advice.GRANT_SERVICES);
  }

  /** Notes whether edited routes are refused, and why. */
  synchronized void edited(boolean refused, String text) {
    set(Topic.ROUTES, refused, text, Advice.CORRECT_ROUTES);
  }

  /** Notes how the live pool compares with the wanted one. */
  synchronized void planned(PoolPlan plan) {
    List<PoolEntry> lookalikes = plan.lookalikes();
    set(
        Topic.POOL,
        !lookalikes.isEmpty(),
        "the pool also has %s, which has our host range under another prefix"
            .formatted(FirstFew.of(lookalikes)),
        Advice.REMOVE_LOOKALIKE);
  }

  /** A concern that goes on keeps its begin. */
  private void set(Topic topic, boolean present, String text, String advice) {
    @Nullable Concern before = concerns.remove(topic);
    if (present) {
      Instant since = before == null ? clock.instant() : before.since();
      concerns.put(topic, new Concern(topic, text, advice, since));
    }
  }

  /** Returns the services that have become unreachable, each once. */
  synchronized List<ServiceCondition> news(PoolState pool, PoolPlan plan) {
    return board == null ? List.of() : board.news(pool, plan, clock.instant());
  }

  /** Returns the pool's services; nothing where services cannot be seen. */
  synchronized Optional<List<Sighting>> services(PoolState pool, PoolPlan plan) {
    return Optional.ofNullable(board).flatMap(it -> it.look(pool, plan, clock.instant()));
  }

  /** Returns all that is not right, also with these services. */
  synchronized List<Concern> all(List<Sighting> services) {
    return Stream.concat(concerns.values().stream(), about(services).stream()).toList();
  }

  private Optional<Concern> about(List<Sighting> services) {
    Instant now = clock.instant();
    List<Sighting> trouble = services.stream().filter(it -> it.isTrouble(now)).toList();
    return trouble.stream()
        .map(Sighting::since)
        .min(Instant::compareTo)
        .map(
            since ->
                new Concern(
                    Topic.SERVICES, inWords(trouble), trouble.get(0).condition().advice(), since));
  }

  private static String inWords(List<Sighting> trouble) {
    return "%s: %s"
        .formatted(
            trouble.size() == 1
                ? "a service is in trouble"
                : trouble.size() + " services are in trouble",
            FirstFew.of(trouble.stream().map(Sighting::condition).toList()));
  }
}
