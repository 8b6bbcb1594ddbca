package io.github.metallbdyn6.report;

import java.time.Instant;

/** Something that happened to the program: a push, a pause, edited routes. */
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

  /** A person paused the passes, or ended the pause. */
  record PauseChanged(Instant at, boolean paused) implements ProgramEvent {
    @Override
    public EventKind kind() {
      return EventKind.PAUSE_CHANGED;
    }

    @Override
    public String text() {
      return paused ? "passes are paused: the pool is left as it is" : "passes go on";
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
