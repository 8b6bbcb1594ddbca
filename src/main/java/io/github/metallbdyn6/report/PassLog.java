package io.github.metallbdyn6.report;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says how the passes go: a failure once, not once a minute, then now and again while it lasts; and
 * its end. A pass that changes nothing is worth no line. The counts are in JMX.
 */
@ManagedResource(description = "How the passes go")
public final class PassLog extends ServiceSupport {
  private static final Logger LOG = LoggerFactory.getLogger("metallb-dyn6");

  /** Once an hour, with the default of a pass a minute. */
  private static final int REMIND_EVERY = 60;

  private final Map<String, Long> failuresByKind = new TreeMap<>();
  private @Nullable String lastKind;
  private @Nullable String lastText;
  private int inARow;
  private long successes;

  /** Says why a pass failed, unless the pass before failed for the same kind of reason. */
  public synchronized void failed(Throwable failure) {
    Explanation why = Explanation.of(failure);
    inARow = why.kind().equals(lastKind) ? inARow + 1 : 1;
    lastKind = why.kind();
    lastText = (why.isHold() ? "holding the pool: " : "") + why.text();
    failuresByKind.merge(why.kind(), 1L, Long::sum);
    if (inARow == 1 && why.isHold()) {
      LOG.warn("The pool is held as it is: {}", why.text());
    } else if (inARow == 1) {
      LOG.warn("Pass failed, the next one tries again: {}", why.text());
    } else if (inARow % REMIND_EVERY == 0) {
      LOG.warn("Still so, for {} passes now: {}", inARow, why.text());
    }
    LOG.debug("Pass failed", failure);
  }

  /** Says, after failures, that a pass has succeeded. */
  public synchronized void succeeded() {
    if (lastKind != null) {
      LOG.info("Passes succeed again; {} had failed for the same reason at last.", inARow);
    }
    successes++;
    lastKind = null;
    lastText = null;
    inARow = 0;
  }

  /** Returns why the last pass failed or held the pool, if it did. */
  synchronized Optional<String> lastFailure() {
    return Optional.ofNullable(lastText);
  }

  /** Returns how many passes have succeeded since the start. */
  @ManagedAttribute(description = "Passes that succeeded since the start")
  public synchronized long getSuccesses() {
    return successes;
  }

  /** Returns how many passes have failed since the start, by the kind of reason. */
  @ManagedAttribute(description = "Passes that failed since the start, by reason")
  public synchronized String getFailures() {
    return failuresByKind.toString();
  }
}
