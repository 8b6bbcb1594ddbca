package io.github.metallbdyn6.report;

import java.time.Instant;

/** Something that happened to the program: a push, a pause, an order, edited routes. */
public sealed interface ProgramEvent extends PassEvent {

  /** A router's push was taken. */
  record PushTaken(Instant at) implements ProgramEvent {
    @Override
    public EventKind kind() {
      return EventKind.PUSH_TAKEN;
    }

    @Override
    public boolean isEveryday() {
      return true; // another prefix is told by the pass that follows it
    }

    @Override
    public String text() {
      return "a push was taken";
    }
  }

  /**
   * A router's push was not taken.
   *
   * @param reason a name for why
   * @param caller the address that it came from
   * @param why the same in words
   * @param repeated whether the same was told a short while ago
   */
  record PushRefused(Instant at, String reason, String caller, String why, boolean repeated)
      implements ProgramEvent {
    @Override
    public EventKind kind() {
      return EventKind.PUSH_REFUSED;
    }

    @Override
    public boolean isEveryday() {
      return repeated;
    }

    @Override
    public String text() {
      return "a push from %s was not taken: %s".formatted(caller, why);
    }
  }

  /** A person paused the passes, or the pause has ended. */
  record PauseChanged(Instant at, boolean paused, String text) implements ProgramEvent {
    @Override
    public EventKind kind() {
      return EventKind.PAUSE_CHANGED;
    }
  }

  /**
   * A person has ordered something in the pool.
   *
   * @param reason what, in UpperCamelCase
   * @param refused whether the order is not understood
   */
  record Ordered(Instant at, String reason, boolean refused, String text) implements ProgramEvent {
    @Override
    public EventKind kind() {
      return refused ? EventKind.ORDER_REFUSED : EventKind.ORDERED;
    }
  }

  /** Edited routes were taken over, or refused. */
  record RoutesEdited(Instant at, boolean refused, String text) implements ProgramEvent {
    @Override
    public EventKind kind() {
      return refused ? EventKind.ROUTES_REFUSED : EventKind.ROUTES_EDITED;
    }
  }
}
