package io.github.metallbdyn6.report;

import java.time.Instant;
import java.util.List;

/** Something that happened to the program: a push, a pause, an order, edited routes. */
public sealed interface ProgramEvent extends PassEvent {

  /** A router's push was taken. */
  record PushTaken(Instant at) implements ProgramEvent {
    @Override
    public boolean isShared() {
      return true;
    }

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
    public boolean isShared() {
      return true;
    }

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

  /**
   * The account has lost rights that the user's transition needs, or has all of them again.
   *
   * @param missing what it may not do with services
   */
  record AccessChanged(Instant at, List<String> missing) implements ProgramEvent {
    public AccessChanged {
      missing = List.copyOf(missing);
    }

    @Override
    public EventKind kind() {
      return missing.isEmpty() ? EventKind.HANDOVER_ALLOWED : EventKind.HANDOVER_FORBIDDEN;
    }

    @Override
    public String text() {
      return missing.isEmpty()
          ? "the account has all rights on services: the next change is a handover"
          : "the next change is no handover, and services may lose their IPv4 addresses: the account may not %s services"
              .formatted(String.join(", ", missing));
    }
  }

  /**
   * Another replica leads from now on, or this one does.
   *
   * @param leads whether this one does
   */
  record LeaderChanged(Instant at, boolean leads, String text) implements ProgramEvent {
    @Override
    public boolean isShared() {
      return true;
    }

    @Override
    public EventKind kind() {
      return EventKind.LEADER_CHANGED;
    }
  }

  /** Edited routes were taken over, or refused. */
  record RoutesEdited(Instant at, boolean refused, String text) implements ProgramEvent {
    @Override
    public boolean isShared() {
      return true;
    }

    @Override
    public EventKind kind() {
      return refused ? EventKind.ROUTES_REFUSED : EventKind.ROUTES_EDITED;
    }
  }
}
