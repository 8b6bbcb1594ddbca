package io.github.metallbdyn6.pass;

import io.github.metallbdyn6.report.Happening;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Has passes follow one another quickly while a network is in their way, so that the end of an
 * outage, which often brings a new prefix, is seen at once and not at the next interval.
 */
public final class Outage implements Consumer<Happening> {
  private static final Duration UNTIL_NEXT_TRY = Duration.ofSeconds(3);

  private final Passes passes;

  /** Watches for outages in what happens. */
  public Outage(Passes passes) {
    this.passes = passes;
  }

  @Override
  public void accept(Happening what) {
    if (what instanceof Happening.PassFailed failed && failed.trouble().unreachable()) {
      passes.soonAfter(UNTIL_NEXT_TRY);
    }
  }
}
