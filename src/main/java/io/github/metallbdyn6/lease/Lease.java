package io.github.metallbdyn6.lease;

import java.time.Duration;

/**
 * The Lease as the API server says it is.
 *
 * @param version its resourceVersion
 * @param holder the identity of the replica that leads; empty if none does
 * @param duration how long the holder leads without a sign of life
 * @param transitions how often the leader has changed
 */
public record Lease(String version, String holder, Duration duration, int transitions) {
  /** Between a replica's name and what tells apart two processes of the same name. */
  private static final char MARK = '_';

  /** Tells whether nobody holds the Lease. */
  public boolean isFree() {
    return holder.isEmpty();
  }

  /**
   * Returns an identity that no other process has.
   *
   * @param name what people know the replica by
   * @param unique a text that no other process has
   */
  public static String identity(String name, String unique) {
    return name + MARK + unique;
  }

  /** Returns what people know the replica of this identity by. */
  public static String nameIn(String identity) {
    int mark = identity.lastIndexOf(MARK);
    return mark < 0 ? identity : identity.substring(0, mark);
  }
}
