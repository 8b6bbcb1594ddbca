package io.github.metallbdyn6.testbed;

import java.util.Map;

/** A home whose ISP has just changed the prefix, and in which the program is not running yet. */
public interface ChangedHome extends AutoCloseable {
  TestCluster cluster();

  FakeIsp isp();

  /** Returns the environment in which the program follows the change, with a check each second. */
  Map<String, String> environment();

  /** Asserts that everything is under the new prefix, and nothing is left of the change. */
  void assertFollowed();

  /** Asserts that what is not ours was there in every state that the pool was to have. */
  void assertForeignEntriesUntouched();

  /** Asserts that at no instant anybody was without what must not be lost. */
  void assertNobodyLostAnything();

  /** From now on this call meets this fault. */
  default void strike(HomeCall call, Fault fault) {
    if (call.asksSource()) {
      isp().strike(fault);
    } else {
      cluster().api().strike(call.in(cluster().api()), fault);
    }
  }

  /** Lifts every fault. */
  default void heal() {
    isp().heal();
    cluster().api().heal();
  }

  /** Tells whether the fault has struck. */
  default boolean isStruck() {
    return isp().struck() + cluster().api().struck() > 0;
  }
}
