package io.github.metallbdyn6.pass;

import java.time.Instant;

/**
 * The contents of a Kubernetes Event.
 *
 * @param at when it happened
 * @param type whether somebody should look
 * @param reason what happened, in UpperCamelCase: people and alerts filter by it
 * @param action what the program was doing, in UpperCamelCase
 * @param note one line for people
 */
public record KubernetesEvent(Instant at, Type type, String reason, String action, String note) {

  /** The two types that Kubernetes knows, in its spelling. */
  public enum Type {
    /** For information. */
    Normal,
    /** Something may be wrong. */
    Warning
  }
}
