package io.github.metallbdyn6.release;

/** Something of the program's has to stay for now; the message says what, and what to do. */
public final class NotReleased extends Exception {
  private static final long serialVersionUID = 1L;

  NotReleased(String message) {
    super(message);
  }
}
