package io.github.metallbdyn6.follower;

/** A follower must not try again until a person has acted. */
public final class FollowerStopped extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With a phrase that says why. */
  public FollowerStopped(String why) {
    super(why);
  }
}
