package io.github.metallbdyn6.status;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.metallbdyn6.report.EventKind;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How things stand with one pool.
 *
 * @param state in one word
 * @param title the same for people
 * @param summary the same in a sentence
 * @param pool the IPAddressPool
 * @param checks how it is kept up to date
 * @param trouble why checks do not succeed at present, if they do not; else the first concern
 * @param concerns what is not right although checks succeed
 * @param services its services
 * @param history what happened lately, the newest first
 */
public record PoolView(
    State state,
    String title,
    String summary,
    Pool pool,
    Checks checks,
    @Nullable Reason trouble,
    List<Reason> concerns,
    ServicesView services,
    List<Event> history) {

  public PoolView {
    concerns = List.copyOf(concerns);
    history = List.copyOf(history);
  }

  /**
   * The pool.
   *
   * @param namespace where it lies
   * @param name its name
   * @param readAt when it was read
   * @param inSync whether it has the addresses that it should have
   * @param wanted the address range that belongs into it
   * @param reloadPending whether MetalLB still has to be restarted
   * @param reloadedAt when it was restarted last, as far as the history goes
   * @param entries its addresses, in order
   * @param retiring its ranges that go when no service needs them any more
   */
  public record Pool(
      String namespace,
      String name,
      @Nullable Instant readAt,
      boolean inSync,
      @Nullable String wanted,
      boolean reloadPending,
      @Nullable Instant reloadedAt,
      List<Entry> entries,
      List<Retiring> retiring) {

    public Pool {
      entries = List.copyOf(entries);
      retiring = List.copyOf(retiring);
    }
  }

  /**
   * An entry of the pool.
   *
   * @param address as it stands in the pool
   * @param ours whether this program wrote it
   * @param role the part that it plays
   */
  public record Entry(String address, boolean ours, EntryRole role) {
    /** Returns the role for people. */
    @JsonProperty
    public String title() {
      return role.title();
    }
  }

  /**
   * A range that retires.
   *
   * @param range the range
   * @param since since when another one is wanted in its place
   * @param until when it goes at the latest
   * @param services those that still have an address in it, as far as services can be seen
   */
  public record Retiring(String range, Instant since, Instant until, List<String> services) {
    public Retiring {
      services = List.copyOf(services);
    }
  }

  /**
   * The checks.
   *
   * @param intervalSeconds the time between two
   * @param lastAt when one ended last, whichever way
   * @param lastSuccessAt when one succeeded last
   * @param lastChangeAt when one changed the pool last
   */
  public record Checks(
      int intervalSeconds,
      @Nullable Instant lastAt,
      @Nullable Instant lastSuccessAt,
      @Nullable Instant lastChangeAt) {}

  /**
   * Why checks do not succeed.
   *
   * @param area what is to blame: {@code source}, {@code rule}, {@code cluster}, {@code metallb} or
   *     {@code program}; for a concern {@code permission}, {@code routes}, {@code pool} or {@code
   *     services}
   * @param text what it is, in one line
   * @param advice what to do about it
   * @param hold whether the pool is kept as it is on purpose
   * @param since when it began
   * @param checks how many checks in a row it has lasted; 0 for a concern
   */
  public record Reason(
      String area, String text, String advice, boolean hold, Instant since, int checks) {}

  /**
   * Something that happened.
   *
   * @param at when
   * @param kind the word of an {@link EventKind}
   * @param text what, in one line
   */
  public record Event(Instant at, String kind, String text) {
    /** Returns the kind for people. */
    @JsonProperty
    public String title() {
      return EventKind.of(kind).title();
    }

    /** Returns the impression that it makes. */
    @JsonProperty
    public String tone() {
      return EventKind.of(kind).tone().toString();
    }
  }
}
