package io.github.metallbdyn6.pool;

/** A change is wanted but has to wait; the pool is kept as it is until then. */
public final class ChangeHeld extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean undone;

  /** Says why, in one line for people. */
  public ChangeHeld(String reason) {
    this(reason, false);
  }

  /**
   * Says why.
   *
   * @param undone whether somebody has undone an earlier change
   */
  public ChangeHeld(String reason, boolean undone) {
    super(reason);
    this.undone = undone;
  }

  /** Tells whether the change is wanted because somebody has undone an earlier one. */
  public boolean isUndone() {
    return undone;
  }
}
