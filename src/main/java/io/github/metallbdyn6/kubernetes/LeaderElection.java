package io.github.metallbdyn6.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.github.metallbdyn6.lease.Leadership;
import io.github.metallbdyn6.lease.Lease;
import io.github.metallbdyn6.lease.Term;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Takes part in the election of a leader, in a thread of its own: renews the Lease while this
 * replica holds it, and takes it as soon as its watch tells that nobody holds it, or once the
 * holder shows no life. A stop hands the Lease back.
 */
public final class LeaderElection extends ServiceSupport implements Leadership {
  private static final Logger LOG = LoggerFactory.getLogger("metallb-dyn6");

  /** Another replica was faster (409), or somebody has deleted the Lease (404). */
  private static final Set<Integer> LOST_RACES = Set.of(404, 409);

  private static final int FORBIDDEN = 403;
  private static final Duration LAST_REQUEST = Duration.ofSeconds(2);

  /** Hears of another leader, in the thread of the election. */
  public interface Listener {
    /**
     * Hears that the leader has changed.
     *
     * @param leads whether this replica leads now
     * @param leader the name of the one that leads; nothing while none does
     */
    void changed(boolean leads, Optional<String> leader);
  }

  private final LeaseClient client;
  private final Term term;
  private final Clock clock;
  private final Duration pause;
  private final ObjectWatch watch;
  private final Thread thread = new Thread(this::run, "metallb-dyn6-lease");
  private final KnownLeader leader;
  private final Semaphore news = new Semaphore(0);
  private boolean told;
  private volatile boolean ends;

  /**
   * Takes part as soon as it is started.
   *
   * @param name of the Lease
   * @param identity of this replica; no other process has the same
   * @param duration how long the Lease lasts without a renewal
   */
  public LeaderElection(
      KubernetesClient client,
      String namespace,
      String name,
      String identity,
      Duration duration,
      Clock clock) {
    this.client = new LeaseClient(client, namespace, name, duration);
    this.term = new Term(identity, duration);
    this.clock = clock;
    this.leader = new KnownLeader(clock);
    this.pause = duration.dividedBy(15);
    this.watch = this.client.watch(new LeaseNews(term, news::release));
    thread.setDaemon(true);
  }

  /** Has this told from now on when the leader changes. */
  public void tell(Listener reader) {
    leader.tell(reader);
  }

  @Override
  public boolean leads() {
    return term.leads(System.nanoTime());
  }

  @Override
  public Optional<String> leader() {
    return Optional.ofNullable(term.known())
        .filter(lease -> !lease.isFree())
        .map(lease -> Lease.nameIn(lease.holder()));
  }

  @Override
  public Instant since() {
    return leader.since();
  }

  @Override
  public boolean isElected() {
    return true;
  }

  @Override
  protected void doStart() {
    thread.start();
    watch.start();
  }

  /** The routes have stopped by now: no step writes any more. */
  @Override
  protected void doStop() throws InterruptedException {
    watch.stop();
    ends = true;
    news.release();
    thread.join(LAST_REQUEST.toMillis());
  }

  private void run() {
    while (!ends) {
      try {
        take(term.next(System.nanoTime()));
      } catch (KubernetesClientException e) {
        fail(e);
      } catch (RuntimeException e) {
        LOG.warn("The election goes on after a failure", e);
        await(pause.toNanos());
      }
    }
    free();
  }

  private void take(Term.Step step) {
    long now = System.nanoTime();
    Lease known = term.known();
    if (step == Term.Step.READ) {
      client.read().ifPresentOrElse(it -> term.found(it, System.nanoTime()), term::missing);
    } else if (step == Term.Step.CREATE || known == null) {
      term.written(client.create(term.identity(), clock.instant()), now);
    } else if (step == Term.Step.TAKE) {
      term.written(client.take(known, term.identity(), clock.instant()), now);
    } else if (step == Term.Step.RENEW) {
      term.written(client.renew(known, clock.instant()), now);
    }
    told = false;
    leader.now(leads(), leader());
    if (step == Term.Step.WAIT) {
      await(term.idle(System.nanoTime()));
    }
  }

  /** While the API server does not answer, only the clock says whether this replica leads. */
  private void fail(KubernetesClientException why) {
    if (LOST_RACES.contains(why.getCode())) {
      term.doubt();
      return;
    }
    LOG.atLevel(told ? Level.DEBUG : Level.WARN)
        .log(
            "The lease {} cannot be read or written, so {}: {}{}",
            client,
            leads() ? "this replica leads until it runs out" : "this replica does not lead",
            ClusterFailure.textOf(why),
            why.getCode() == FORBIDDEN ? "; the component high-availability brings the Role" : "");
    told = true;
    leader.now(leads(), leader());
    await(pause.toNanos());
    leader.now(leads(), leader());
  }

  private void await(long nanos) {
    try {
      boolean unused = news.tryAcquire(nanos, TimeUnit.NANOSECONDS);
      news.drainPermits();
    } catch (InterruptedException e) {
      ends = true;
    }
  }

  private void free() {
    Lease lease = term.known();
    boolean held = term.isHolder();
    term.resign();
    if (!held || lease == null) {
      return;
    }
    try {
      client.free(lease);
      LOG.info("The lease {} is handed back: another replica may take it at once.", client);
    } catch (KubernetesClientException e) {
      LOG.debug("The lease {} runs out by itself: {}", client, ClusterFailure.textOf(e));
    }
  }
}
