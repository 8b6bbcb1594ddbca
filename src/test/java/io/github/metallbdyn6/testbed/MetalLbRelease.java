package io.github.metallbdyn6.testbed;

/** Differences between MetalLB's versions. */
public enum MetalLbRelease {
  /**
   * Keeps its configuration while a service has an address outside the new one, until it is
   * restarted; knows only the keys {@code metallb.universe.tf/...}.
   */
  V0_13_12("v0.13.12"),
  /** Takes every configuration at once; knows the same keys. */
  V0_14_8("v0.14.8"),
  /**
   * Knows the keys {@code metallb.io/...}, too, as all do since 0.14.9; says in a pool's status how
   * many addresses it counts there, as all do since 0.15.
   */
  V0_15_2("v0.15.2");

  private final String tag;

  MetalLbRelease(String tag) {
    this.tag = tag;
  }

  /** Returns the tag of the image. */
  public String tag() {
    return tag;
  }

  boolean rejectsStranding() {
    return this == V0_13_12;
  }

  boolean knowsNewKeys() {
    return this == V0_15_2;
  }

  boolean countsAddresses() {
    return this == V0_15_2;
  }
}
