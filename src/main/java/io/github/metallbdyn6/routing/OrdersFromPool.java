package io.github.metallbdyn6.routing;

import io.github.metallbdyn6.pass.PoolOrders;
import io.github.metallbdyn6.pool.PauseOrder;
import io.github.metallbdyn6.report.Journal;

/** Has the passes do what people order in the pool, and has it acknowledged. */
public final class OrdersFromPool implements PoolOrders {
  private final Passes passes;
  private final Journal journal;

  public OrdersFromPool(Passes passes, Journal journal) {
    this.passes = passes;
    this.journal = journal;
  }

  @Override
  public void checkNow() {
    journal.ordered("CheckRequested", "a pass begins, as ordered by " + CHECK_NOW);
    passes.now();
  }

  @Override
  public void changesForgotten() {
    journal.ordered("ChangesForgotten", "the changes of the last hour are forgotten, as ordered");
    passes.now();
  }

  @Override
  public void pause(PauseOrder order) {
    journal.pausedByPool(order);
  }

  @Override
  public void resume(String why) {
    journal.resumedByPool(why);
    passes.soon();
  }

  @Override
  public void refused(String why) {
    journal.orderRefused(why);
  }

  @Override
  public void wake() {
    passes.soon();
  }
}
