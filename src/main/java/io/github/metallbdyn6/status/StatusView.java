package io.github.metallbdyn6.status;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.github.metallbdyn6.lease.Leadership;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that the status page shows, at one moment, and the document at {@code /status}: its names are
 * the JSON's. A value that is not known is null there. Texts hold no secrets, but are not escaped.
 *
 * @param at when this was
 * @param one the pool that is shown above all; its values stand at this level of the JSON
 * @param program this program
 * @param leader of several replicas, the one that leads
 * @param source who is asked for the prefix
 * @param followers what follows the prefix besides the pool
 * @param routes Camel's routes, callers before those that they call
 * @param pools how things stand with each pool, in the order of their names
 */
public record StatusView(
    Instant at,
    @JsonUnwrapped PoolView one,
    Program program,
    @Nullable Leader leader,
    Source source,
    List<FollowerView> followers,
    List<RouteView> routes,
    List<PoolView> pools) {
  private static final String ONE_POOL =
      "state, title, summary, pool, checks, trouble, concerns, services and history at this level are about one pool and go with version 2; pools has them for each";

  /** Returns which of these values go with the next version, and what is in their place. */
  @JsonProperty
  public String deprecated() {
    return ONE_POOL;
  }

  public StatusView {
    followers = List.copyOf(followers);
    routes = List.copyOf(routes);
    pools = List.copyOf(pools);
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
          ? new Leader(leadership.leader().orElse(null), leadership.leads(), leadership.since())
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
}
