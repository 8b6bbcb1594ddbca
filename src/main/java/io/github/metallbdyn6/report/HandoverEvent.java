package io.github.metallbdyn6.report;

import io.github.metallbdyn6.handover.HandoverPlan;
import io.github.metallbdyn6.handover.ServiceCondition;
import io.github.metallbdyn6.handover.ServiceState;
import io.github.metallbdyn6.ipv6.AddressRange;
import io.github.metallbdyn6.pool.Retirement;
import io.github.metallbdyn6.text.FirstFew;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Something that happened to services. */
public sealed interface HandoverEvent extends PassEvent {

  /** Services are asked to move, or do not have their new addresses yet. */
  record ServicesUnderWay(Instant at, EventKind kind, String text) implements HandoverEvent {
    @Override
    public boolean isEveryday() {
      return true; // what comes of it is remembered
    }
  }

  /** Services were moved to the new range. */
  record ServicesMoved(Instant at, int count, AddressRange range, Duration took)
      implements HandoverEvent {
    @Override
    public EventKind kind() {
      return EventKind.SERVICES_MOVED;
    }

    @Override
    public String text() {
      return "%d %s moved to %s, after %.1f s"
          .formatted(
              count, count == 1 ? "service has" : "services have", range, took.toMillis() / 1000.0);
    }
  }

  /** Services are not where they should be. */
  record ServicesLeft(Instant at, List<HandoverPlan.Problem> problems) implements HandoverEvent {
    public ServicesLeft {
      problems = List.copyOf(problems);
    }

    @Override
    public EventKind kind() {
      return EventKind.SERVICES_LEFT;
    }

    @Override
    public String text() {
      return problems.size() == 1
          ? "a service does not have the address that it should have: " + problems.get(0)
          : "%d services do not have the addresses that they should have: %s"
              .formatted(problems.size(), FirstFew.of(problems));
    }
  }

  /** Services request other addresses now, since MetalLB could not give what they requested. */
  record PinsRepaired(Instant at, List<HandoverPlan.Problem> repairs) implements HandoverEvent {
    public PinsRepaired {
      repairs = List.copyOf(repairs);
    }

    @Override
    public EventKind kind() {
      return EventKind.PINS_REPAIRED;
    }

    @Override
    public String text() {
      return "%s no address: %s"
          .formatted(
              repairs.size() == 1 ? "a service had" : repairs.size() + " services had",
              FirstFew.of(repairs));
    }
  }

  /** Old ranges have left the pool. */
  record RangesRetired(Instant at, Retirement retirement, List<ServiceState> leftBehind)
      implements HandoverEvent {
    public RangesRetired {
      leftBehind = List.copyOf(leftBehind);
    }

    @Override
    public EventKind kind() {
      return EventKind.RANGES_RETIRED;
    }

    @Override
    public String text() {
      return leftBehind.isEmpty()
          ? "%s retired: no service needs it any more".formatted(retirement)
          : "%s retired, although these services have not moved: %s; MetalLB gives them what is free, IPv4 included, and nothing to those that are pinned"
              .formatted(retirement, FirstFew.of(leftBehind));
    }
  }

  /** Services have addresses now, and lose them with the next change. */
  record ServicesPinned(Instant at, List<ServiceCondition> services) implements HandoverEvent {
    public ServicesPinned {
      services = List.copyOf(services);
    }

    @Override
    public EventKind kind() {
      return EventKind.SERVICES_PINNED;
    }

    @Override
    public String text() {
      return "%s: %s. %s"
          .formatted(
              services.size() == 1
                  ? "a service is pinned to the present prefix"
                  : services.size() + " services are pinned to the present prefix",
              FirstFew.of(services),
              services.get(0).advice());
    }
  }

  /** Services cannot be reached under the current prefix, and it is nobody's turn any more. */
  record ServicesUnreachable(Instant at, List<ServiceCondition> services) implements HandoverEvent {
    public ServicesUnreachable {
      services = List.copyOf(services);
    }

    @Override
    public EventKind kind() {
      return EventKind.SERVICES_UNREACHABLE;
    }

    @Override
    public String text() {
      return services.size() == 1
          ? "a service cannot be reached: " + services.get(0)
          : "%d services cannot be reached: %s".formatted(services.size(), FirstFew.of(services));
    }
  }
}
