package io.github.metallbdyn6.demo;

/** A step of the demo was not seen to happen. */
final class NotSeen extends Exception {
  private static final long serialVersionUID = 1;

  NotSeen(String message) {
    super(message);
  }
}
