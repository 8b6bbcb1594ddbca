package io.github.metallbdyn6.source;

import java.util.concurrent.TimeUnit;

/**
 * A text that can be read for a second only: some regular expressions would otherwise read some
 * texts for years, and the program has no way to stop them.
 */
final class HurriedText implements CharSequence {
  private static final long NANOS = TimeUnit.SECONDS.toNanos(1);

  private final String text;
  private final long end = System.nanoTime() + NANOS;

  /** The second is over. */
  static final class TooLong extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  HurriedText(String text) {
    this.text = text;
  }

  @Override
  public char charAt(int index) {
    if (System.nanoTime() - end > 0) {
      throw new TooLong();
    }
    return text.charAt(index);
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public CharSequence subSequence(int from, int to) {
    return text.substring(from, to);
  }

  @Override
  public String toString() {
    return text;
  }
}
