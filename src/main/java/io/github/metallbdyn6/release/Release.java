package io.github.metallbdyn6.release;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.github.metallbdyn6.handover.HandoverRule;
import io.github.metallbdyn6.handover.ServiceState;
import io.github.metallbdyn6.ipv6.AddressRange;
import io.github.metallbdyn6.kubernetes.IpAddressPool;
import io.github.metallbdyn6.kubernetes.LoadBalancerServices;
import io.github.metallbdyn6.kubernetes.PoolTraces;
import io.github.metallbdyn6.kubernetes.PoolUptake;
import io.github.metallbdyn6.pool.PoolRelease;
import io.github.metallbdyn6.pool.PoolState;
import io.github.metallbdyn6.text.FirstFew;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Releases the pool: first services, then the pool, whose record is the last thing that goes. So a
 * release that was killed anywhere goes on when it is started again.
 */
public final class Release {
  private static final Logger LOG = LoggerFactory.getLogger("metallb-dyn6");
  private static final int CONFLICT = 409;
  private static final int FORBIDDEN = 403;
  private static final int MOST_CONFLICTS = 10;
  private static final long BETWEEN_LOOKS_MILLIS = 500;

  private final IpAddressPool pool;
  private final PoolTraces traces;
  private final ServicesRelease services;
  private final boolean withoutRange;
  private final Duration quiet;
  private boolean seesServices = true;

  /**
   * Nothing is asked of the cluster yet.
   *
   * @param withoutRange whether the range of ours leaves the pool, too
   * @param quiet how long a program has to show that it still keeps the pool
   */
  public Release(
      IpAddressPool pool,
      LoadBalancerServices services,
      HandoverRule rule,
      PoolUptake uptake,
      boolean withoutRange,
      Duration quiet) {
    this.pool = pool;
    this.traces = new PoolTraces(pool);
    this.services = new ServicesRelease(services, rule, uptake);
    this.withoutRange = withoutRange;
    this.quiet = quiet;
  }

  /**
   * Releases everything.
   *
   * @throws NotReleased when something has to stay
   * @throws KubernetesClientException when the API server refuses or cannot be reached
   * @throws InterruptedException when the process ends meanwhile
   */
  public void run() throws NotReleased, InterruptedException {
    lookForServices();
    if (!isClean()) {
      requireSilence();
      release();
    }
    if (!isClean()) {
      throw new NotReleased("somebody has written into pool %s meanwhile".formatted(pool));
    }
    LOG.info("Nothing of the program is left on pool {}, nor on any service.", pool);
  }

  /**
   * A program that still runs would write again; one that was just stopped ends within the time.
   */
  private void requireSilence() throws NotReleased, InterruptedException {
    LOG.info("Whether a program still keeps pool {} is seen within {} s.", pool, quiet.toSeconds());
    traces.askProgram();
    for (Instant end = Instant.now().plus(quiet); Instant.now().isBefore(end); ) {
      TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS_MILLIS);
      if (!traces.isProgramSilent()) {
        throw new NotReleased(
            "a program keeps pool %s still: stop that program first, in a cluster by kubectl scale --replicas=0 deployment/metallb-dyn6"
                .formatted(pool));
      }
    }
  }

  /** Tells what {@link #run} would do. */
  public void show() {
    lookForServices();
    PoolRelease release = traces.read(withoutRange);
    List<String> due = new ArrayList<>();
    add("annotations %s", release.traces().stream().sorted().toList(), due);
    add("of the ranges %s those that no service has an address in", release.leaving(), due);
    LOG.info(
        due.isEmpty() ? "Nothing of the program is on pool {}." : "Would take off pool {}: {}.",
        pool,
        String.join("; ", due));
    if (seesServices) {
      List<ServiceState> moving = services.marked(release.current());
      LOG.info(
          moving.isEmpty() ? "No service moves." : "Would end the moves of services {}.",
          FirstFew.of(moving));
    }
  }

  private static void add(String kind, List<?> things, List<String> due) {
    if (!things.isEmpty()) {
      due.add(
          kind.formatted(things.stream().map(Object::toString).collect(Collectors.joining(", "))));
    }
  }

  /** Where no handover was ever allowed, there is nothing of ours on services. */
  private void lookForServices() {
    try {
      services.users(List.of());
    } catch (KubernetesClientException e) {
      if (e.getCode() != FORBIDDEN) {
        throw e;
      }
      seesServices = false;
    }
  }

  private boolean isClean() {
    PoolRelease release = traces.read(withoutRange);
    return release.traces().isEmpty()
        && (!seesServices || services.marked(release.current()).isEmpty());
  }

  private void release() throws NotReleased, InterruptedException {
    PoolState before = pool.read();
    if (seesServices) {
      services.finish(before);
      services.end(before);
    } else if (withoutRange || !before.retiring().isEmpty()) {
      throw new NotReleased(
          "which services have addresses in the ranges that go cannot be seen: it takes list and patch on services, which the component handover brings");
    }
    releasePool();
  }

  private void releasePool() throws NotReleased, InterruptedException {
    for (int conflicts = 0; ; conflicts++) {
      try {
        PoolRelease release = traces.read(withoutRange);
        Collection<AddressRange> ranges = unused(release);
        traces.release(release, ranges);
        tell(release, ranges);
        return;
      } catch (KubernetesClientException e) {
        if (e.getCode() != CONFLICT || conflicts == MOST_CONFLICTS) {
          throw e;
        }
        TimeUnit.SECONDS.sleep(1); // MetalLB has written its status
      }
    }
  }

  /** A range in which a service has an address stays: MetalLB would take all its addresses away. */
  private Collection<AddressRange> unused(PoolRelease release) throws NotReleased {
    List<AddressRange> leaving = release.leaving();
    Map<AddressRange, List<ServiceState>> users = seesServices ? services.users(leaving) : Map.of();
    if (withoutRange && !users.isEmpty()) {
      throw new NotReleased(
          "the range stays in pool %s: services have addresses in it: %s; delete them, or have them take other addresses"
              .formatted(
                  pool, FirstFew.of(users.values().stream().flatMap(List::stream).toList())));
    }
    return leaving.stream().filter(range -> !users.containsKey(range)).toList();
  }

  private void tell(PoolRelease release, Collection<AddressRange> ranges) {
    LOG.info("Pool {} has {} from now on.", pool, release.addressesWithout(ranges));
    release.leaving().stream()
        .filter(range -> !ranges.contains(range))
        .forEach(
            range ->
                LOG.warn(
                    "{} of an older prefix stays in the pool, since services have addresses in it.",
                    range));
    if (release.current().isReloadPending()) {
      LOG.warn(
          "MetalLB still has to be restarted once to take up the pool: delete the pods of its controller and speakers.");
    }
  }
}
