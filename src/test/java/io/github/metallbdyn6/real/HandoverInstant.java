package io.github.metallbdyn6.real;

import io.github.metallbdyn6.testbed.HomeWithServices;
import io.github.metallbdyn6.testbed.TestServices;

/** How far a handover is when a fault strikes. */
enum HandoverInstant {
  /** The new range is in the pool; no service was asked to move. */
  POOL_WIDENED {
    @Override
    boolean isReached(HomeWithServices home, String former, String prefix) {
      return home.cluster().annotations().containsKey(RealFlow.RETIRING);
    }
  },
  /** A service asks for its new address. */
  FIRST_ASKED {
    @Override
    boolean isReached(HomeWithServices home, String former, String prefix) {
      TestServices services = home.services();
      return services.names().stream()
          .anyMatch(
              name ->
                  home.history().of(services.key(name)).stream()
                      .anyMatch(moment -> moment.annotations().containsKey(RealFlow.RECORD)));
    }
  },
  /** A service has its new address. */
  FIRST_MOVED {
    @Override
    boolean isReached(HomeWithServices home, String former, String prefix) {
      TestServices services = home.services();
      return services.names().stream()
          .anyMatch(name -> home.history().isUnder(services.key(name), prefix));
    }
  },
  /** Every service has left the former range, which is still in the pool. */
  ALL_MOVED {
    @Override
    boolean isReached(HomeWithServices home, String former, String prefix) {
      TestServices services = home.services();
      return services.names().stream()
          .noneMatch(name -> home.history().isUnder(services.key(name), former));
    }
  };

  abstract boolean isReached(HomeWithServices home, String former, String prefix);
}
