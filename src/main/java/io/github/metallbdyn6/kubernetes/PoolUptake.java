package io.github.metallbdyn6.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.github.metallbdyn6.pool.ChangeHeld;
import io.github.metallbdyn6.pool.PoolState;
import io.github.metallbdyn6.pool.RetiringRange;
import io.github.metallbdyn6.pool.Uptake;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Waits until MetalLB works with the pool. A service that requests an address which MetalLB does
 * not know yet loses all of its addresses.
 *
 * <p>MetalLB's number of addresses is a proof only if it was seen to be another one before: a
 * MetalLB that hangs since an earlier pool of the same size shows the right number, too.
 */
public final class PoolUptake implements Function<PoolState, Uptake> {
  /** Longer than a MetalLB that is well takes; a longer wait would miss the next prefix. */
  private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** The watch of the pool tells at once; without it the pool is read so often. */
  private static final long READ_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final int CONFLICT = 409;

  private final IpAddressPool pool;
  private final Supplier<Optional<String>> error;
  private final Duration patience;
  private final Runnable passSoon;
  private List<String> provable = List.of();
  private @Nullable PoolState heard;
  private boolean held;

  /**
   * Nothing is asked of the cluster yet.
   *
   * @param error tells what MetalLB finds wrong with its configuration, if MetalLB says so
   * @param patience how long a number that is not the right one is believed
   * @param passSoon what is done when MetalLB works with a pool that nobody waits for any more
   */
  public PoolUptake(
      IpAddressPool pool, Supplier<Optional<String>> error, Duration patience, Runnable passSoon) {
    this.pool = pool;
    this.error = error;
    this.patience = patience;
    this.passSoon = passSoon;
  }

  /**
   * Waits until MetalLB works with the pool, or cannot tell. Returns the pool as it is then.
   *
   * @param before the pool as it was before our patch; the same one if there was none
   * @throws ChangeHeld when MetalLB takes too long
   * @throws InterruptedException when the program stops meanwhile
   * @throws KubernetesClientException when the pool cannot be read; 409 when its addresses have
   *     changed
   */
  public PoolState await(PoolState before, PoolState now) throws InterruptedException {
    compare(before.counted(), now);
    long end = System.nanoTime() + LONGEST_WAIT_NANOS;
    PoolState last = newest(now);
    while (apply(last) == Uptake.PENDING) {
      if (System.nanoTime() - end >= 0) {
        throw hold(last);
      }
      last = next(last);
      if (!last.addresses().equals(now.addresses())) {
        throw new KubernetesClientException("the pool has changed meanwhile", CONFLICT, null);
      }
    }
    return last;
  }

  private synchronized PoolState newest(PoolState known) {
    PoolState news = heard;
    return news != null
            && news.addresses().equals(known.addresses())
            && Versions.isNewer(news.resourceVersion(), known.resourceVersion())
        ? news
        : known;
  }

  private PoolState next(PoolState known) throws InterruptedException {
    synchronized (this) {
      long end = System.nanoTime() + READ_AGAIN_NANOS;
      for (long left = READ_AGAIN_NANOS; left > 0; left = end - System.nanoTime()) {
        PoolState news = heard;
        if (news != null && Versions.isNewer(news.resourceVersion(), known.resourceVersion())) {
          return news;
        }
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
    }
    return pool.read();
  }

  private ChangeHeld hold(PoolState last) {
    synchronized (this) {
      held = true;
    }
    String counts =
        "MetalLB counts %d IPv6 addresses in the pool, which has %d"
            .formatted(last.counted().orElse(0L), last.ipv6Addresses().orElse(0L));
    return new ChangeHeld(
        "services stay on their addresses until MetalLB knows the new ones: "
            + error.get().map("MetalLB refuses its configuration: %s"::formatted).orElse(counts),
        ChangeHeld.Reason.METALLB);
  }

  /** Hears of the pool from its watch. */
  void heard(ApiObject news) {
    PoolState state;
    try {
      state = PoolObject.stateOf(news);
    } catch (PoolUnusable e) {
      return; // a pass says so
    }
    boolean waitedFor;
    synchronized (this) {
      heard = state;
      notifyAll();
      waitedFor = held && apply(state) != Uptake.PENDING;
      held = held && !waitedFor;
    }
    if (waitedFor) {
      passSoon.run();
    }
  }

  /** Tells whether MetalLB works with this pool. */
  @Override
  public synchronized Uptake apply(PoolState state) {
    compare(state.counted(), state);
    return switch (state.uptake()) {
      case SILENT -> Uptake.SILENT;
      case UNCERTAIN -> Uptake.UNCERTAIN;
      case PENDING -> isOverdue(state) ? Uptake.UNCERTAIN : Uptake.PENDING;
      case DONE -> provable.equals(state.addresses()) ? Uptake.DONE : Uptake.UNCERTAIN;
    };
  }

  private synchronized void compare(Optional<Long> counted, PoolState state) {
    if (counted.isPresent() && !counted.equals(state.ipv6Addresses())) {
      provable = state.addresses();
    }
  }

  /** A number that stays wrong may be one that an older MetalLB left behind at a downgrade. */
  private boolean isOverdue(PoolState state) {
    Instant end = state.readAt().minus(patience);
    return state.retiring().stream().map(RetiringRange::since).allMatch(end::isAfter)
        && !state.retiring().isEmpty();
  }
}
