package io.github.metallbdyn6.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.pool.PoolState;
import io.github.metallbdyn6.testbed.FreePort;
import io.github.metallbdyn6.testbed.HomeWithServices;
import io.github.metallbdyn6.testbed.MetalLbRelease;
import io.github.metallbdyn6.testbed.TestServices.Wanted;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Pools that an annotation asks for: each follows in its own way, one is wrong at first, one
 * appears, and one is released, while the prefix changes.
 */
class PoolsOfAHomeTest extends HandoverFlow {
  private static final String D = "2001:db8:d";
  private static final String HOSTS = "metallb-dyn6/host-range";
  private static final String TRANSITION = "metallb-dyn6/transition";
  private static final String ADDRESS_POOL = "metallb.universe.tf/address-pool";
  private static final String TYPO = "::3999-::3000";

  /**
   * A pool, and the addresses that it has.
   *
   * @param ipv4 how its IPv4 addresses begin; two more digits follow
   * @param host the first digit of its host parts
   */
  private record Kept(String name, String ipv4, int host) {
    String ipv4Range() {
      return "%s10-%s40".formatted(ipv4, ipv4);
    }

    String hosts() {
      return "::%d000-::%d999".formatted(host, host);
    }

    String range(String prefix) {
      return "%s::%d000-%s::%d999".formatted(prefix, host, prefix, host);
    }

    /** The first addresses of each family. */
    String[] first(String prefix) {
      return new String[] {ipv4 + "10", "%s::%d000".formatted(prefix, host)};
    }

    boolean has(String address) {
      return address.matches("%s[1-4].|2001:db8:.::%d...".formatted(ipv4, host));
    }
  }

  private static final Kept PUBLIC = new Kept("public", "192.0.2.", 1);
  private static final Kept INTERNAL = new Kept("internal", "198.51.100.", 2);
  private static final Kept GUESTS = new Kept("guests", "203.0.113.", 3);
  private static final Kept DEVICES = new Kept("devices", "203.0.113.1", 4);

  private final int port = FreePort.find();

  /** The services of the pools have the names of the pools; one hands over, one is replaced. */
  private void startThreePools(MetalLbRelease release) {
    startHome(release);
    home.cluster().annotate("public", HOSTS, PUBLIC.hosts());
    create(INTERNAL, A);
    create(GUESTS, A);
    home.cluster().annotate("internal", HOSTS, INTERNAL.hosts());
    home.cluster().annotate("internal", TRANSITION, "replace");
    Stream.of(PUBLIC, INTERNAL, GUESTS).forEach(pool -> serve(pool, A));
    startHandover(
        Map.of(
            "METALLB_DYN6_METALLB_POOL", "*",
            "METALLB_DYN6_HOST_RANGE", "",
            "METALLB_DYN6_MANAGEMENT_ADDRESS", "127.0.0.1",
            "METALLB_DYN6_MANAGEMENT_PORT", String.valueOf(port)));
    Stream.of(PUBLIC, INTERNAL).forEach(pool -> awaitPool(pool, A));
    awaitPasses(2);
  }

  private void create(Kept pool, String prefix) {
    home.cluster().createAnotherPool(pool.name(), List.of(pool.ipv4Range(), pool.range(prefix)));
  }

  private void serve(Kept pool, String prefix) {
    services.create(Wanted.dualStack(pool.name()).annotated(ADDRESS_POOL, pool.name()));
    awaitAddresses(pool.name(), pool.first(prefix));
  }

  /** Waits until nothing is under way for a pool, and it has only this prefix. */
  private void awaitPool(Kept pool, String prefix) {
    eventually(
        () -> {
          assertThat(home.cluster().addressesOf(pool.name()))
              .filteredOn(entry -> !entry.equals(HomeWithServices.ULA))
              .containsExactly(pool.ipv4Range(), pool.range(prefix));
          assertThat(home.cluster().annotationsOf(pool.name()))
              .doesNotContainKeys(RETIRING, RELOAD_MARK);
        });
  }

  private void awaitFollowed(Kept pool, String prefix) {
    awaitPool(pool, prefix);
    awaitAddresses(pool.name(), pool.first(prefix));
    eventually(
        () ->
            assertThat(services.annotations(pool.name()))
                .doesNotContainKeys(RECORD, OLDER_PIN, NEWER_PIN));
  }

  /** MetalLB chooses both addresses anew. */
  private void awaitReplaced(Kept pool, String prefix) {
    awaitPool(pool, prefix);
    eventually(
        () ->
            assertThat(services.addresses(pool.name()))
                .hasSize(2)
                .allMatch(pool::has)
                .anyMatch(address -> address.startsWith(prefix)));
  }

  private void assertServedByItsPoolAtEveryInstant(Kept pool) {
    assertThat(history.addresses(services.key(pool.name())).stream().flatMap(List::stream))
        .as(pool.name())
        .allMatch(pool::has);
  }

  private void assertKept(Kept... pools) {
    eventually(history::assertComplete);
    for (Kept pool : pools) {
      history.assertIpv4Kept(services.key(pool.name()));
      history.assertHostPartKept(services.key(pool.name()));
    }
  }

  @ParameterizedTest
  @EnumSource
  void eachFollowsInItsOwnWayWhileOthersComeAndGo(MetalLbRelease release) {
    startThreePools(release);
    home.cluster().annotate("guests", HOSTS, TYPO);
    awaitLog("the annotation metallb-dyn6/host-range=%s of pool".formatted(TYPO));
    home.changePrefix(B);
    awaitFollowed(PUBLIC, B);
    awaitReplaced(INTERNAL, B);
    assertThat(home.cluster().addressesOf("guests"))
        .containsExactly(GUESTS.ipv4Range(), GUESTS.range(A));

    create(DEVICES, A);
    serve(DEVICES, A);
    home.cluster().annotate("devices", HOSTS, DEVICES.hosts());
    awaitFollowed(DEVICES, B);
    home.cluster().annotate("guests", HOSTS, GUESTS.hosts());
    awaitFollowed(GUESTS, B);

    home.cluster().unannotate("internal", HOSTS);
    eventually(
        () ->
            assertThat(home.cluster().annotationsOf("internal"))
                .doesNotContainKey(PoolState.RECORD));
    List<String> released = services.addresses("internal");
    home.changePrefix(C);
    awaitFollowed(PUBLIC, C);
    awaitFollowed(GUESTS, C);
    awaitFollowed(DEVICES, C);
    assertThat(home.cluster().addressesOf("internal"))
        .containsExactly(INTERNAL.ipv4Range(), INTERNAL.range(B));
    assertThat(services.addresses("internal")).isEqualTo(released);

    assertKept(PUBLIC, GUESTS, DEVICES);
    Stream.of(PUBLIC, INTERNAL, GUESTS, DEVICES).forEach(this::assertServedByItsPoolAtEveryInstant);
  }

  /** A move that is under way comes to its end before the program lets go of the pool. */
  @ParameterizedTest
  @EnumSource(names = {"V0_13_12", "V0_15_2"})
  void aPoolThatIsReleasedWhileItsServicesMoveIsLeftInOrder(MetalLbRelease release)
      throws Exception {
    startThreePools(release);
    home.changePrefix(B);
    eventually(() -> assertThat(home.cluster().annotations()).containsKey(RETIRING));
    home.cluster().unannotate("public", HOSTS);

    awaitFollowed(PUBLIC, B);
    eventually(() -> assertThat(home.cluster().annotations()).doesNotContainKey(PoolState.RECORD));
    awaitReplaced(INTERNAL, B);
    home.changePrefix(D);
    awaitReplaced(INTERNAL, D);
    awaitPool(PUBLIC, B);
    assertKept(PUBLIC);
    Stream.of(PUBLIC, INTERNAL, GUESTS).forEach(this::assertServedByItsPoolAtEveryInstant);
  }
}
