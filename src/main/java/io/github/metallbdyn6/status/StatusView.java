package io.github.metallbdyn6.status;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.metallbdyn6.lease.Leadership;
import io.github.metallbdyn6.report.EventKind;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that the status page shows, at one moment, and the document at {@code /status}: its names are
 * the JSON's. A value that is not known is null there. Texts hold no secrets, but are not escaped.
 *
 * @param at when this was
 * @param state how things stand, in one word
 * @param title the same for people
 * @param summary the same in a sentence
 * @param program this program
 * @param leader of several replicas, the one that leads
 * @param source who is asked for the prefix
 * @param pool the IPAddressPool
 * @param checks how it is kept up to date
 * @param trouble why checks do not succeed at present, if they do not; else the first concern
 * @param concerns what is not right although checks succeed
 * @param services the services of the pool
 * @param followers what follows the prefix besides the pool
 * @param history what happened lately, the newest first
 * @param routes Camel's routes, callers before those that they call
 * @param pools how things stand with each pool, in the order of their names
 * @param deprecated which of these values go with the next version, and what is in their place
 */
public record StatusView(
    Instant at,
    State state,
    String title,
    String summary,
    Program program,
    @Nullable Leader leader,
    Source source,
    Pool pool,
    Checks checks,
    @Nullable Reason trouble,
    List<Reason> concerns,
    ServicesView services,
    List<FollowerView> followers,
    List<Event> history,
    List<RouteView> routes,
    List<PoolView> pools,
    String deprecated) {
  private static final String ONE_POOL =
      "state, title, summary, pool, checks, trouble, concerns, services and history at this level are about one pool and go with version 2; pools has them for each";

  public StatusView {
    concerns = List.copyOf(concerns);
    followers = List.copyOf(followers);
    history = List.copyOf(history);
    routes = List.copyOf(routes);
    pools = List.copyOf(pools);
  }

  /** Returns the document that is about one pool above all. */
  static StatusView about(
      PoolView one,
      Instant at,
      Program program,
      @Nullable Leader leader,
      Source source,
      List<FollowerView> followers,
      List<RouteView> routes,
      List<PoolView> pools) {
    return new StatusView(
        at,
        one.state(),
        one.title(),
        one.summary(),
        program,
        leader,
        source,
        one.pool(),
        one.checks(),
        one.trouble(),
        one.concerns(),
        one.services(),
        followers,
        one.history(),
        routes,
        pools,
        ONE_POOL);
  }

  /**
   * This program.
   *
   * @param version its version
   * @param startedAt when it was started
   * @param uptimeSeconds how long ago that is
   * @param dryRun whether it only shows what it would change
   */
  public record Program(String version, Instant startedAt, long uptimeSeconds, boolean dryRun) {}

  /**
   * The replica that leads: it runs the passes.
   *
   * @param name its name; null while no replica leads
   * @param self whether it is this one
   * @param since since when this replica leads, or does not
   */
  public record Leader(@Nullable String name, boolean self, Instant since) {
    static @Nullable Leader of(Leadership leadership) {
      return leadership.isElected()
          ? new Leader(
              leadership.leader().orElse(null),
              leadership.leads(),
              leadership.since().truncatedTo(ChronoUnit.SECONDS))
          : null;
    }
  }

  /**
   * The source of the prefix.
   *
   * @param name the sources' names, separated by commas
   * @param state {@code waiting} before its first answer, then {@code answering}, {@code refused}
   *     or {@code failing}
   * @param prefix the last usable prefix that it answered
   * @param since since when it answers that one
   * @param answeredBy the names of those who said so last
   * @param preferredLifetimeSeconds for how long it was preferred when they said so, if they know
   * @param validLifetimeSeconds for how long it was valid
   */
  public record Source(
      String name,
      String state,
      @Nullable String prefix,
      @Nullable Instant since,
      List<String> answeredBy,
      @Nullable Long preferredLifetimeSeconds,
      @Nullable Long validLifetimeSeconds) {
    public Source {
      answeredBy = List.copyOf(answeredBy);
    }
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
