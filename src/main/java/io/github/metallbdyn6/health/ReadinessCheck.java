package io.github.metallbdyn6.health;

import io.github.metallbdyn6.kubernetes.ClusterFailure;
import io.github.metallbdyn6.pass.Explanation;
import io.github.metallbdyn6.report.Journals;
import io.github.metallbdyn6.report.Status;
import io.github.metallbdyn6.report.Trouble;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Camel's health check {@code cluster}, for the readiness probe: up when the pool can be read. It
 * goes by what the passes saw; only when they have not got as far lately, for example since the
 * source is down, it reads the pool itself.
 */
public final class ReadinessCheck extends StatusCheck {
  private final Consumer<String> read;
  private final Duration fresh;
  private final Clock clock;

  /**
   * Asks the cluster no more often than it must.
   *
   * @param read reads the pool of this name
   * @param fresh how long it is enough that a pass has read the pool
   */
  public ReadinessCheck(Journals journals, Consumer<String> read, Duration fresh, Clock clock) {
    super("cluster", journals);
    this.read = read;
    this.fresh = fresh;
    this.clock = clock;
  }

  @Override
  public boolean isReadiness() {
    return true;
  }

  /** A standby that cannot read the pools could not take over. */
  @Override
  boolean isForStandby() {
    return true;
  }

  /** One pool that can be read is enough: no other Pod would do better with the others. */
  @Override
  boolean isDown(int complaints, int pools) {
    return complaints > 0 && complaints == pools;
  }

  @Override
  Optional<String> complaint(String pool, Status now) {
    boolean readLately =
        now.pool().filter(it -> it.readAt().plus(fresh).isAfter(clock.instant())).isPresent();
    boolean failing = now.trouble().filter(it -> it.area() == Explanation.Area.CLUSTER).isPresent();
    if (failing && journals.leadership().leads()) { // a standby's last pass may be long ago
      return now.trouble().map(Trouble::inWords);
    }
    return readLately ? Optional.empty() : ask(pool);
  }

  private Optional<String> ask(String pool) {
    try {
      read.accept(pool);
      return Optional.empty();
    } catch (RuntimeException e) {
      return ClusterFailure.explain(e)
          .map(Explanation::text)
          .or(() -> Optional.of(Explanation.nameOf(e)));
    }
  }
}
