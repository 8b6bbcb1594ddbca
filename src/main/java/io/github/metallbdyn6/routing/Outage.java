package io.github.metallbdyn6.routing;

import io.github.metallbdyn6.report.PassEvent;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Has passes follow one another quickly while a network is in their way, so that the end of an
 * outage, which often brings a new prefix, is seen at once and not at the next interval.
 */
public final class Outage implements Consumer<PassEvent> {
  private static final Duration UNTIL_NEXT_TRY = Duration.ofSeconds(3);

  private final Passes passes;

  /** Watches for outages in what happens. */
  public Outage(Passes passes) {
    this.passes = passes;
  }

  @Override
  public void accept(PassEvent what) {
    if (what instanceof PassEvent.PassFailed failed && failed.trouble().why().unreachable()) {
      passes.soonAfter(UNTIL_NEXT_TRY);
    }
  }
}
