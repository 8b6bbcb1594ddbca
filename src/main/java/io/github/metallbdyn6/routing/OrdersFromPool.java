package io.github.metallbdyn6.routing;

import io.github.metallbdyn6.pass.PoolOrders;
import io.github.metallbdyn6.pool.PauseOrder;
import io.github.metallbdyn6.report.Journal;
import io.github.metallbdyn6.report.ProgramEvent;

/** Has the passes do what people order in the pool, and has it acknowledged. */
public final class OrdersFromPool implements PoolOrders {
  private final Passes passes;
  private final Runnable passNow;
  private final Journal journal;

  /**
   * Orders for one pool.
   *
   * @param passNow has a pass begin at once for this pool, even if it is paused
   */
  public OrdersFromPool(Passes passes, Runnable passNow, Journal journal) {
    this.passes = passes;
    this.passNow = passNow;
    this.journal = journal;
  }

  @Override
  public void checkNow() {
    note("CheckRequested", "a pass begins, as ordered by " + CHECK_NOW);
    passNow.run();
  }

  @Override
  public void changesForgotten() {
    note("ChangesForgotten", "the changes of the last hour are forgotten, as ordered");
    passes.soon(); // it says nothing about a pause
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
    String text = "the annotation " + why;
    journal.note(at -> new ProgramEvent.Ordered(at, "OrderRefused", true, text));
  }

  private void note(String reason, String text) {
    journal.note(at -> new ProgramEvent.Ordered(at, reason, false, text));
  }

  @Override
  public void wake() {
    passes.soon();
  }
}
