package io.github.metallbdyn6.pool;

/** A change is wanted but has to wait; the pool is kept as it is until then. */
public final class ChangeHeld extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Tells what ends the waiting, and so what a person can do. */
  public enum Reason {
    /** Time, or the next answers of the source. */
    RULE,
    /** The hour that counts changes: somebody has undone an earlier change. */
    UNDONE,
    /** MetalLB, which does not know the pool as it is. */
    METALLB
  }

  private final Reason reason;

  /** Says in one line for people why, and what ends it. */
  public ChangeHeld(String why, Reason reason) {
    super(why);
    this.reason = reason;
  }

  /** Returns what ends the waiting. */
  public Reason reason() {
    return reason;
  }
}
