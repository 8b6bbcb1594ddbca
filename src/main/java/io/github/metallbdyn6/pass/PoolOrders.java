package io.github.metallbdyn6.pass;

import io.github.metallbdyn6.pool.PauseOrder;

/** Takes the orders that people write into the pool's annotations. */
public interface PoolOrders {
  /** The annotation that asks for a pass at once, whatever its value is. */
  String CHECK_NOW = "metallb-dyn6/check-now";

  /** The annotation that has the changes of the last hour forgotten, whatever its value is. */
  String FORGET_CHANGES = "metallb-dyn6/forget-changes";

  /** Begins a pass, even if passes are paused. */
  void checkNow();

  /** Goes on after the changes of the last hour were forgotten. */
  void changesForgotten();

  /** Begins no passes until {@link #resume}. */
  void pause(PauseOrder order);

  /** Ends the pause, and tells why. */
  void resume(String why);

  /** Tells that an order cannot be carried out. */
  void refused(String why);

  /** Has a pass begin soon, if none of these orders is against it. */
  void wake();
}
