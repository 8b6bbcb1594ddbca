package io.github.metallbdyn6.demo;

import io.github.metallbdyn6.testbed.ApiCall;
import io.github.metallbdyn6.testbed.FakeIsp;
import io.github.metallbdyn6.testbed.HomeWithServices;
import io.github.metallbdyn6.testbed.MetalLbRelease;
import io.github.metallbdyn6.testbed.RunningProgram;
import io.github.metallbdyn6.testbed.TestServices.Wanted;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A home with four services in two pools behind MetalLB 0.15, and an ISP that changes the prefix.
 */
final class StagedHome implements AutoCloseable {
  private static final List<String> NAMES = List.of("web", "mail", "nas", "printer");
  private static final String PIN = "metallb.io/loadBalancerIPs";
  private static final String PUBLIC = "public";
  private static final String INTERNAL = "internal";
  private static final String INTERNAL_IPV4 = "198.51.100.10-198.51.100.40";
  private static final String ADDRESS_POOL = "metallb.io/address-pool";
  private static final String HOST_RANGE = "metallb-dyn6/host-range";
  private static final String DECLARED = "::1445";
  private static final String HOST_PART = "metallb-dyn6/host-part";
  private static final String RECORD = "metallb-dyn6/handover";
  private static final String RETIRING = "metallb-dyn6/retiring";

  private final HomeWithServices home =
      HomeWithServices.fake(MetalLbRelease.V0_15_2, prefix(0), "home");

  /**
   * A service that loses its addresses gets the first free ones, which a removed service has left
   * behind.
   */
  StagedHome(Expectation expectation) throws NotSeen {
    home.cluster().createPool(INTERNAL, internal(prefix(0)));
    home.cluster().annotate(INTERNAL, HOST_RANGE, "::2000-::2999");
    List<Wanted> all =
        List.of(
            Wanted.dualStack("removed"),
            Wanted.dualStack("web"),
            Wanted.dualStack("mail").annotated(PIN, "192.0.2.25," + prefix(0) + "::1025"),
            Wanted.dualStack("nas").annotated(HOST_PART, DECLARED),
            Wanted.dualStack("printer").annotated(ADDRESS_POOL, INTERNAL));
    for (Wanted wanted : all) {
      home.services().create(wanted);
      expectation.see(
          "MetalLB gives both addresses to " + wanted.name(),
          () -> home.services().addresses(wanted.name()).size() == 2);
    }
    home.services().delete("removed");
  }

  private static List<String> internal(String prefix) {
    return List.of(INTERNAL_IPV4, "%s::2000-%s::2999".formatted(prefix, prefix));
  }

  /** Returns the ISP's prefix of this number; the first one has the number 0. */
  static String prefix(int number) {
    return "2001:db8:%x".formatted(0xa + number % 0xff00);
  }

  /** Starts the program with its status page on this port. */
  RunningProgram startProgram(int port, Map<String, String> more) {
    Map<String, String> variables =
        new HashMap<>(
            Map.of(
                "METALLB_DYN6_METALLB_POOL",
                PUBLIC + "," + INTERNAL,
                "METALLB_DYN6_TRANSITION",
                "handover",
                "METALLB_DYN6_MAX_CHANGES_PER_HOUR", // this ISP changes the prefix more often
                "0",
                "METALLB_DYN6_MANAGEMENT_PORT",
                String.valueOf(port),
                "METALLB_DYN6_MANAGEMENT_ADDRESS",
                "127.0.0.1"));
    variables.putAll(more);
    return RunningProgram.start(home.cluster(), home.isp(), variables);
  }

  /** Has a webhook and a network policy follow the prefix, too. */
  StagedFollowers followers() {
    return new StagedFollowers(
        home.cluster().client(),
        home.services().namespace(),
        prefix(0),
        () -> home.cluster().annotations().getOrDefault("metallb-dyn6/followers", ""));
  }

  FakeIsp isp() {
    return home.isp();
  }

  /** From now on the ISP gives the prefix of this number. */
  void changePrefix(int number) {
    home.changePrefix(prefix(number));
  }

  /** Returns the services and the pools as they are now. */
  Snapshot snapshot() {
    List<StagedService> services =
        NAMES.stream()
            .map(name -> StagedService.of(name, home.services().addresses(name)))
            .toList();
    return new Snapshot(services, Stream.of(PUBLIC, INTERNAL).flatMap(this::entriesOf).toList());
  }

  /** The entries of a pool keep their order. */
  private Stream<Snapshot.Entry> entriesOf(String pool) {
    List<String> entries = home.cluster().addressesOf(pool);
    return IntStream.range(0, entries.size())
        .mapToObj(index -> new Snapshot.Entry(pool, entries.get(index), index == 1));
  }

  /** Tells whether pools and services are under this prefix, and nothing is under way. */
  boolean isSettledOn(String prefix) {
    return isSettled(PUBLIC, List.of(HomeWithServices.pool(prefix)))
        && isSettled(INTERNAL, internal(prefix))
        && snapshot().services().stream().allMatch(service -> service.isUnder(prefix))
        && home.services().addresses("nas").contains(prefix + DECLARED)
        && NAMES.stream().noneMatch(this::isMoving)
        && isWholeHistoryTold();
  }

  private boolean isSettled(String pool, List<String> entries) {
    return home.cluster().addressesOf(pool).equals(entries)
        && !home.cluster().annotationsOf(pool).containsKey(RETIRING);
  }

  private boolean isMoving(String name) {
    return home.services().annotations(name).containsKey(RECORD);
  }

  /** Returns the requests that wrote, so far. */
  List<ApiCall> writes() {
    return home.cluster().api().writes();
  }

  /** Tells whether the API's watch has told all that the services are now. */
  private boolean isWholeHistoryTold() {
    try {
      home.history().assertComplete();
      return true;
    } catch (AssertionError e) {
      return false;
    }
  }

  /** Returns every state that the services came to have since this time, as the API told it. */
  List<StagedService> statesSince(long nanoTime) {
    return NAMES.stream()
        .flatMap(
            name ->
                home.history().of(home.services().key(name)).stream()
                    .filter(moment -> moment.nanoTime() >= nanoTime)
                    .map(moment -> StagedService.of(name, moment.addresses())))
        .toList();
  }

  /** Returns when the last service came to have an address under this prefix. */
  long lastArrival(String prefix) {
    return NAMES.stream()
        .mapToLong(name -> home.history().arrival(home.services().key(name), prefix + "::"))
        .max()
        .orElseThrow();
  }

  @Override
  public void close() throws Exception {
    home.close();
  }
}
