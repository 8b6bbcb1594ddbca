package io.github.metallbdyn6.status;

import com.fasterxml.jackson.annotation.JsonValue;
import io.github.metallbdyn6.lease.Leadership;
import io.github.metallbdyn6.report.Status;
import io.github.metallbdyn6.report.Trouble;
import io.github.metallbdyn6.settings.Settings;
import java.time.Duration;
import java.time.Instant;

/** How things stand, in one word. */
public enum State {
  /** No check has ended yet. */
  STARTING("starting", "Starting", "The first pass has not ended yet."),
  /** The pool and its services have the addresses that they should have. */
  IN_SYNC("inSync", "In sync", "The pool has the current prefix."),
  /** Passes succeed, and something is not right all the same. */
  ATTENTION(
      "attention",
      "Needs attention",
      "The pool has the current prefix, and something else is not right: see below."),
  /** The pool, or a service, is not on the current prefix yet. */
  CHANGING(
      "changing", "Changing", "The pool and its services are being put on the current prefix."),
  /** The pool is right, MetalLB not yet. */
  RELOADING(
      "reloading",
      "Restarting MetalLB",
      "The pool has the current prefix; MetalLB still has to be restarted."),
  /** The pool would be changed. */
  WOULD_CHANGE(
      "wouldChange", "Would change", "This is a dry run: what is due is shown, and not done."),
  /** The pool is kept as it is on purpose. */
  HOLDING("holding", "Holding", "The pool is kept as it is, on purpose, for the reason below."),
  /** Checks fail. */
  FAILING("failing", "Failing", "Passes fail, for the reason below; the program goes on trying."),
  /** Another replica leads. */
  STANDING_BY(
      "standingBy",
      "Standing by",
      "Another replica leads and runs the passes; this one takes over when that one ends."),
  /** No check has ended for too long. */
  SILENT("silent", "Not responding", "No pass has ended for longer than a pass can take.");

  private final String word;
  private final String title;
  private final String summary;

  State(String word, String title, String summary) {
    this.word = word;
    this.title = title;
    this.summary = summary;
  }

  /** Says how things stand with this program. */
  static State of(Status now, Settings settings, Leadership leadership, Instant at) {
    if (!leadership.leads()) {
      return State.STANDING_BY;
    }
    Instant lastSign = now.lastPass().orElse(now.startedAt());
    lastSign = leadership.since().isAfter(lastSign) ? leadership.since() : lastSign;
    boolean due = !now.isCarriedOut() || now.isReloadPending();
    boolean silent = Duration.between(lastSign, at).compareTo(settings.longestPass()) > 0;
    if (silent && now.pausedSince().isEmpty()) {
      return State.SILENT;
    }
    if (now.trouble().isPresent()) {
      return now.trouble().map(State::in).orElseThrow();
    }
    if (now.plan().isEmpty()) {
      return State.STARTING;
    }
    if (due && settings.dryRun()) {
      return State.WOULD_CHANGE;
    }
    if (!now.isCarriedOut()) {
      return State.CHANGING;
    }
    if (now.isReloadPending()) {
      return State.RELOADING;
    }
    if (!now.concerns().isEmpty()) {
      return State.ATTENTION;
    }
    return now.isMoving() ? State.CHANGING : State.IN_SYNC;
  }

  private static State in(Trouble trouble) {
    if (trouble.isWaitForMetalLb()) {
      return State.CHANGING;
    }
    return trouble.isKeptOnPurpose() ? State.HOLDING : State.FAILING;
  }

  /** Returns the word in the JSON. */
  @JsonValue
  public String word() {
    return word;
  }

  public String title() {
    return title;
  }

  public String summary() {
    return summary;
  }
}
