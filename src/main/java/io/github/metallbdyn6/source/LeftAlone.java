package io.github.metallbdyn6.source;

import java.time.Instant;

/** A source is not asked at present, since it refused to be asked that often. */
public final class LeftAlone extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Instant until;
  private final Exception reason;

  LeftAlone(Instant until, Exception cause) {
    super("left alone until " + until); // with a cause, Camel would take it for that
    this.until = until;
    this.reason = cause;
  }

  /** Returns how it said so. */
  public Exception reason() {
    return reason;
  }

  /** Returns when it is asked again. */
  public Instant until() {
    return until;
  }
}
