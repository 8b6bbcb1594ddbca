package io.github.metallbdyn6.pool;

/** A change is wanted but has to wait; the pool is kept as it is until then. */
public final class ChangeHeld extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says why, in one line for people. */
  public ChangeHeld(String reason) {
    super(reason);
  }
}
