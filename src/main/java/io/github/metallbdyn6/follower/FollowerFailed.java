package io.github.metallbdyn6.follower;

/** A follower could not do its work; it is tried again. */
public final class FollowerFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With a phrase that says why. */
  public FollowerFailed(String why) {
    super(why);
  }
}
