package io.github.metallbdyn6.pass;

import java.time.Instant;

/** A source is not asked at present, since it refused to be asked that often or was slow. */
public final class SourceBackingOff extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Instant until;
  private final Exception reason;

  /**
   * Creates the failure.
   *
   * @param until when the source is asked again
   * @param reason how the source failed when it was asked last
   */
  public SourceBackingOff(Instant until, Exception reason) {
    super("left alone until " + until); // with a cause, Camel would take it for that
    this.until = until;
    this.reason = reason;
  }

  /** Returns how the source failed when it was asked last. */
  public Exception reason() {
    return reason;
  }

  public Instant until() {
    return until;
  }
}
