package io.github.metallbdyn6.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.github.metallbdyn6.pool.PushedPrefix;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** The pushed prefix as the annotations of the pools keep it, each of them all of it. */
final class PushAnnotations {
  /** So long a router is kept waiting for a pass. */
  private static final Duration SOON = Duration.ofSeconds(1);

  private final Supplier<Collection<IpAddressPool>> pools;
  private final Clock clock;

  PushAnnotations(Supplier<Collection<IpAddressPool>> pools, Clock clock) {
    this.pools = pools;
    this.clock = clock;
  }

  private List<PoolClient> clients() {
    return pools.get().stream().map(pool -> pool.client).toList();
  }

  boolean isInOnePool() {
    return clients().size() == 1;
  }

  Optional<PoolClient> client(String pool) {
    return clients().stream().filter(client -> client.toString().equals(pool)).findFirst();
  }

  /** Tells whether a pool keeps another prefix, and has none of ours to write. */
  boolean contradict(PushedPrefix mine) {
    return clients().stream()
        .filter(pool -> pool.pending.get().isEmpty())
        .flatMap(pool -> pool.cache.newest().stream())
        .flatMap(pool -> in(pool).stream())
        .anyMatch(kept -> !kept.prefix().equals(mine.prefix()));
  }

  /** One pool that can be read is enough: each keeps all of it. */
  Optional<PushedPrefix> newest(Function<PoolClient, ApiObject> read) {
    List<RuntimeException> failures = new ArrayList<>();
    List<PushedPrefix> found = new ArrayList<>();
    for (PoolClient pool : clients()) {
      try {
        in(read.apply(pool)).ifPresent(found::add);
      } catch (KubernetesClientException | PoolUnusable e) {
        failures.add(e);
      }
    }
    if (found.isEmpty() && !failures.isEmpty()) {
      throw failures.get(0);
    }
    return found.stream().max(Comparator.comparing(PushedPrefix::at));
  }

  /** Has the pools keep a push: the next patch of the addresses takes it along. */
  void put(PushedPrefix pushed) {
    String text = pushed.toString();
    clients().forEach(pool -> pool.pending.put(PushedPrefix.ANNOTATION, text));
  }

  /**
   * Returns when the pools keep what was put, as {@link PushedPrefixStore#keep}. One pool is
   * enough.
   */
  void keep() throws InterruptedException {
    List<PoolClient> all = clients();
    Instant end = clock.instant().plus(SOON);
    List<RuntimeException> failures = new ArrayList<>();
    for (PoolClient pool : all) {
      if (!pool.pending.awaitWritten(Duration.between(clock.instant(), end))) {
        write(pool).ifPresent(failures::add);
      }
    }
    if (failures.size() == all.size() && !failures.isEmpty()) {
      throw failures.get(0);
    }
  }

  /** Returns why it cannot be written, unless a pass has written it meanwhile. */
  private static Optional<RuntimeException> write(PoolClient pool) {
    try {
      pool.pending.get().forEach((name, text) -> pool.sendAnyway(AnnotationPatch.set(name, text)));
      return Optional.empty();
    } catch (RuntimeException e) {
      return pool.pending.get().isEmpty() ? Optional.empty() : Optional.of(e);
    } finally {
      pool.pending.clear();
    }
  }

  private static Optional<PushedPrefix> in(ApiObject pool) {
    return text(pool).flatMap(PushedPrefix::parse);
  }

  static Optional<String> text(ApiObject pool) {
    return Optional.ofNullable(pool.annotations().get(PushedPrefix.ANNOTATION));
  }
}
