package io.github.metallbdyn6.report;

import java.time.Instant;

/**
 * Something that is not right although passes succeed.
 *
 * @param topic what it is about
 * @param text what it is, in one line
 * @param advice what people can do about it
 * @param since when it began
 */
public record Concern(Topic topic, String text, String advice, Instant since) {

  /** The topics of concerns; there is one concern of each at most. */
  public enum Topic {
    /** The cluster does not allow what the user wants. */
    PERMISSION,
    /** Edited routes are refused. */
    ROUTES,
    /** Another program writes into the pool. */
    RIVAL,
    /** The pool has an entry that is probably out of date. */
    POOL,
    /** A follower has not been told the current prefix. */
    FOLLOWERS,
    /** Services do not have the addresses that they should have. */
    SERVICES
  }

  /** Returns text, begin and advice in one line. */
  public String inWords() {
    return "%s, since %s. %s".formatted(text, Trouble.minute(since), advice).strip();
  }
}
