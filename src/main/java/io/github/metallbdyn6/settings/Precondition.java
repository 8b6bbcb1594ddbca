package io.github.metallbdyn6.settings;

/**
 * A bean of a route file that needs something before the program can start: a parameter that has no
 * default, or a free port. Camel would fail, too, but with a stack trace and no word for the user.
 */
public interface Precondition {
  /**
   * Finds out whether all is there; nothing has been started yet.
   *
   * @throws IllegalArgumentException with a sentence that says what is missing
   */
  void requireMet();
}
