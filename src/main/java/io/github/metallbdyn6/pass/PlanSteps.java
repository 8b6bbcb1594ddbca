package io.github.metallbdyn6.pass;

import io.github.metallbdyn6.answer.AddressRule;
import io.github.metallbdyn6.answer.CurrentPrefix;
import io.github.metallbdyn6.pool.ChangeRule;
import io.github.metallbdyn6.pool.Confirmations;
import java.util.List;

/** Steps of a pass that decide what a pool should be, by the user's rules. */
public final class PlanSteps {
  private final String pool;
  private final AddressRule addresses;
  private final ChangeRule changes;
  private final Confirmations confirmations = new Confirmations();

  /** Decides for this pool, {@code namespace/name}. */
  public PlanSteps(String pool, AddressRule addresses, ChangeRule changes) {
    this.pool = pool;
    this.addresses = addresses;
    this.changes = changes;
  }

  /** Begins a pass with the prefix that was found. */
  public Pass begin(CurrentPrefix prefix) {
    int timesSeen = confirmations.count(prefix.prefix());
    return new Pass(prefix, List.of(PoolPass.follow(pool, prefix, timesSeen)));
  }

  /** Begins to place services while no pass is running. */
  public PoolPass place() {
    return PoolPass.place(pool);
  }

  /** Puts prefix, subnet id and host range together. */
  public PoolPass range(PoolPass pass) {
    return pass.with(addresses.rangeUnder(pass.prefix().orElseThrow().prefix()));
  }

  /** Holds a change that has not been confirmed, or is one too many in this hour. */
  public PoolPass settle(PoolPass pass) {
    return pass.with(changes.settle(pass.plan(), pass.timesSeen()));
  }
}
