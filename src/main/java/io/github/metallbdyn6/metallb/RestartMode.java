package io.github.metallbdyn6.metallb;

import java.util.List;
import java.util.Locale;

/** When MetalLB's pods are deleted after the pool has changed. */
public enum RestartMode {
  /**
   * Unless every selected pod is known to be 0.14 or later, which applies a changed pool by itself;
   * there a restart is an outage for nothing.
   */
  AUTO,
  ALWAYS,
  NEVER;

  /**
   * Reads {@code auto}, {@code always} or {@code never}.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static RestartMode parse(String text) {
    for (RestartMode mode : values()) {
      if (mode.toString().equals(text)) {
        return mode;
      }
    }
    throw new IllegalArgumentException("not one of auto, always, never");
  }

  /** Tells whether these pods must be deleted. No pods at all are pods that we do not know. */
  boolean requiresRestart(List<MetalLbPod> pods) {
    return switch (this) {
      case ALWAYS -> true;
      case NEVER -> false;
      case AUTO -> pods.isEmpty() || !pods.stream().allMatch(MetalLbPod::appliesPoolItself);
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
