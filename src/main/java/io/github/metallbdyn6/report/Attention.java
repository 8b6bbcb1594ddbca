package io.github.metallbdyn6.report;

import io.github.metallbdyn6.follower.FollowerState;
import io.github.metallbdyn6.handover.HandoverPlan;
import io.github.metallbdyn6.handover.ServiceCondition;
import io.github.metallbdyn6.pool.PoolEntry;
import io.github.metallbdyn6.pool.PoolPlan;
import io.github.metallbdyn6.pool.PoolState;
import io.github.metallbdyn6.pool.Rival;
import io.github.metallbdyn6.report.Concern.Topic;
import io.github.metallbdyn6.text.FirstFew;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Knows what is not right although passes succeed. */
public final class Attention {
  private static final Logger LOG = LoggerFactory.getLogger("metallb-dyn6");

  private final Clock clock;
  private final Map<Topic, Concern> concerns = new EnumMap<>(Topic.class);
  private @Nullable ServiceBoard board;
  private volatile Supplier<List<FollowerState>> followers = List::of;

  Attention(Clock clock) {
    this.clock = clock;
  }

  /** Takes from this board how things stand with services. */
  public synchronized void watches(ServiceBoard services) {
    board = services;
  }

  /** Takes from here how things stand with followers. */
  public void follows(Supplier<List<FollowerState>> states) {
    followers = states;
  }

  /** Returns how things stand with followers; nothing where none is chosen. */
  public List<FollowerState> followers() {
    return followers.get();
  }

  /** Notes what keeps services from moving. */
  synchronized void obstructed(List<HandoverPlan.Problem> problems) {
    Optional.ofNullable(board).ifPresent(it -> it.obstructed(problems));
  }

  /**
   * Notes which rights on services the account lacks that the user's transition needs.
   *
   * @return whether it lacks some and did not before, or the other way round
   */
  synchronized boolean lacks(List<String> verbs) {
    boolean before = concerns.containsKey(Topic.PERMISSION);
    set(
        Topic.PERMISSION,
        !verbs.isEmpty(),
        "services may lose their IPv4 addresses with the next change: the account may not %s services, so that METALLB_DYN6_TRANSITION=handover works as replace"
            .formatted(String.join(", ", verbs)),
        Advice.GRANT_SERVICES);
    return before == verbs.isEmpty();
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
    planned(plan.current().rival());
  }

  /** A user has to know of it before the first fight, and is told once. */
  private void planned(Optional<Rival> rival) {
    boolean isNews = rival.isPresent() && !concerns.containsKey(Topic.RIVAL);
    set(Topic.RIVAL, rival.isPresent(), rival.map(Rival::inWords).orElse(""), Advice.STOP_RIVAL);
    if (isNews) {
      LOG.warn("Beware: {}. {}", rival.get().inWords(), Advice.STOP_RIVAL);
    }
  }

  /** A concern that goes on keeps its begin. */
  private void set(Topic topic, boolean present, String text, String advice) {
    @Nullable Concern before = concerns.remove(topic);
    if (present) {
      Instant since = before == null ? clock.instant() : before.since();
      concerns.put(topic, new Concern(topic, text, advice, since));
    }
  }

  /**
   * Returns which services the next change leaves without an address, and which have become
   * unreachable; each is told once.
   */
  synchronized List<PassEvent> serviceNews(PoolState pool, PoolPlan plan) {
    if (board == null) {
      return List.of();
    }
    Instant now = clock.instant();
    List<PassEvent> events = new ArrayList<>();
    List<ServiceCondition> pinned = board.atRisk(pool, plan, now);
    if (!pinned.isEmpty()) {
      events.add(new HandoverEvent.ServicesPinned(now, pinned));
    }
    List<ServiceCondition> unreachable = board.news(pool, plan, now);
    if (!unreachable.isEmpty()) {
      events.add(new HandoverEvent.ServicesUnreachable(now, unreachable));
    }
    return events;
  }

  /** Returns the pool's services; nothing where services cannot be seen. */
  synchronized Optional<List<Sighting>> services(PoolState pool, PoolPlan plan) {
    return Optional.ofNullable(board).flatMap(it -> it.look(pool, plan, clock.instant()));
  }

  /** Returns all that is not right, also with these services. */
  synchronized List<Concern> all(List<Sighting> services) {
    return Stream.of(
            concerns.values().stream(),
            about(services).stream(),
            followers.get().isEmpty() ? Stream.<Concern>empty() : aboutFollowers())
        .flatMap(it -> it)
        .toList();
  }

  private Stream<Concern> aboutFollowers() {
    return FollowerConcerns.of(followers.get()).stream();
  }

  private Optional<Concern> about(List<Sighting> services) {
    Instant now = clock.instant();
    List<Sighting> trouble = services.stream().filter(it -> it.isTrouble(now)).toList();
    return trouble.stream()
        .map(Sighting::since)
        .min(Instant::compareTo)
        .map(since -> new Concern(Topic.SERVICES, inWords(trouble), adviceOn(trouble), since));
  }

  private static String adviceOn(List<Sighting> trouble) {
    List<String> all = trouble.stream().map(it -> it.condition().advice()).distinct().toList();
    return all.size() == 1 ? all.get(0) : Advice.LOOK_AT_SERVICES;
  }

  private static String inWords(List<Sighting> trouble) {
    return "%s: %s"
        .formatted(
            trouble.size() == 1
                ? "a service is in trouble"
                : trouble.size() + " services are in trouble",
            FirstFew.ofPhrases(trouble.stream().map(Sighting::condition).toList()));
  }
}
