package io.github.metallbdyn6.pass;

import io.github.metallbdyn6.answer.CurrentPrefix;
import io.github.metallbdyn6.ipv6.AddressRange;
import io.github.metallbdyn6.ipv6.Ipv6Prefix;
import io.github.metallbdyn6.pool.ChangeRule;
import io.github.metallbdyn6.pool.Confirmations;
import io.github.metallbdyn6.pool.WrongPoolRules;
import java.util.HashMap;
import java.util.Map;

/** Steps of a pass that decide what a pool should be, by the user's rules. */
public final class PlanSteps {
  private final PoolSet pools;
  private final ChangeRule changes;
  private final Confirmations confirmations = new Confirmations();
  private final RangeClaims claims = new RangeClaims();

  /** Decides for these pools. */
  public PlanSteps(PoolSet pools, ChangeRule changes) {
    this.pools = pools;
    this.changes = changes;
  }

  /** Begins a pass with the prefix that was found. */
  public Pass begin(CurrentPrefix prefix) {
    int timesSeen = confirmations.count(prefix.prefix());
    claims.begin(wantedUnder(prefix.prefix()));
    return new Pass(
        prefix,
        pools.following().stream().map(pool -> PoolPass.follow(pool, prefix, timesSeen)).toList());
  }

  /** Before any pool is changed, so that of two that are in each other's way none is. */
  private Map<String, AddressRange> wantedUnder(Ipv6Prefix prefix) {
    Map<String, AddressRange> wanted = new HashMap<>();
    for (String pool : pools.pools()) {
      try {
        pools.rulesOf(pool).ifPresent(rules -> wanted.put(pool, rules.rangeUnder(prefix)));
      } catch (WrongPoolRules e) {
        wanted.remove(pool); // its own pass says why it gets none
      }
    }
    return wanted;
  }

  /** Begins to place the services of a pool while no pass is running. */
  public PoolPass place(String pool) {
    return PoolPass.place(pool);
  }

  /**
   * Puts prefix, subnet id and host range together.
   *
   * @throws WrongPoolRules when the subnet is not delegated, or another pool is to get the same
   */
  public PoolPass range(PoolPass pass) {
    Ipv6Prefix prefix = pass.prefix().orElseThrow().prefix();
    return pass.with(claims.claim(pass.pool(), pass.rules().rangeUnder(prefix)));
  }

  /** Holds a change that has not been confirmed, or is one too many in this hour. */
  public PoolPass settle(PoolPass pass) {
    return pass.with(changes.settle(pass.plan(), pass.timesSeen()));
  }
}
