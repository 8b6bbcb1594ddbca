package io.github.metallbdyn6.pool;

/**
 * The rules that people want for a pool cannot be right, by themselves or beside those of other
 * pools; the pool is left as it is.
 */
public final class WrongPoolRules extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what of which pool is wrong, and why, in one line for people. */
  public WrongPoolRules(String message) {
    super(message);
  }
}
