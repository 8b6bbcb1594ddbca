package io.github.metallbdyn6.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.testbed.FreePort;
import io.github.metallbdyn6.testbed.HomeWithServices;
import io.github.metallbdyn6.testbed.Http;
import io.github.metallbdyn6.testbed.MetalLbRelease;
import io.github.metallbdyn6.testbed.TestServices.Wanted;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One program that moves the services of several pools. */
class HandoverOfSeveralPoolsTest extends HandoverFlow {
  private static final String OTHER = "other";
  private static final String ADDRESS_POOL = "metallb.universe.tf/address-pool";
  private static final String OTHER_IPV4 = "198.51.100.10-198.51.100.40";
  private static final Map<String, String> BOTH =
      Map.of("METALLB_DYN6_METALLB_POOL", "public,other");

  private static String otherRange(String prefix) {
    return "%s::2000-%s::2999".formatted(prefix, prefix);
  }

  private void startTwoPools(MetalLbRelease release) {
    startHome(release);
    home.cluster().createAnotherPool(OTHER, List.of(OTHER_IPV4, otherRange(A)));
    home.cluster().annotate(OTHER, "metallb-dyn6/host-range", "::2000-::2999");
    services.create(Wanted.dualStack("one").annotated(ADDRESS_POOL, "public"));
    awaitAddresses("one", "192.0.2.10", A + "::1000");
    services.create(Wanted.dualStack("two").annotated(ADDRESS_POOL, OTHER));
    awaitAddresses("two", "198.51.100.10", A + "::2000");
    startHandover(BOTH);
    awaitPasses(2);
  }

  private void awaitBoth(String prefix) {
    eventually(
        () -> {
          assertThat(home.cluster().addresses()).containsExactly(HomeWithServices.pool(prefix));
          assertThat(home.cluster().addressesOf(OTHER))
              .containsExactly(OTHER_IPV4, otherRange(prefix));
        });
    awaitAddresses("one", "192.0.2.10", prefix + "::1000");
    awaitAddresses("two", "198.51.100.10", prefix + "::2000");
    eventually(
        () -> {
          assertThat(services.annotations("one")).doesNotContainKeys(RECORD, OLDER_PIN, NEWER_PIN);
          assertThat(services.annotations("two")).doesNotContainKeys(RECORD, OLDER_PIN, NEWER_PIN);
        });
  }

  @ParameterizedTest
  @EnumSource
  void eachServiceStaysInItsPool(MetalLbRelease release) {
    startTwoPools(release);
    home.changePrefix(B);
    awaitBoth(B);
    home.changePrefix(C);
    awaitBoth(C);
    assertNobodyLostAnything();
  }

  /** The other pool's services get new addresses from MetalLB, and those of this one are moved. */
  @ParameterizedTest
  @EnumSource(names = "V0_15_2")
  void onePoolIsReplacedBesideOneThatHandsOver(MetalLbRelease release) {
    startTwoPools(release);
    home.cluster().annotate(OTHER, "metallb-dyn6/transition", "replace");
    awaitPasses(2);
    home.changePrefix(B);
    awaitBoth(B);
    history.assertNobodyLostAnything();
  }

  /** The watch has told of the service long before. */
  @ParameterizedTest
  @EnumSource(names = "V0_15_2")
  void servicesOfAPoolThatIsAnnotatedLaterAreSeen(MetalLbRelease release) {
    startHome(release);
    home.cluster().annotate("public", "metallb-dyn6/host-range", "::1000-::1999");
    home.cluster().createAnotherPool(OTHER, List.of(OTHER_IPV4, otherRange(A)));
    services.create(Wanted.dualStack("two").annotated(ADDRESS_POOL, OTHER));
    awaitAddresses("two", "198.51.100.10", A + "::2000");
    int port = FreePort.find();
    startHandover(
        Map.of(
            "METALLB_DYN6_METALLB_POOL", "*",
            "METALLB_DYN6_HOST_RANGE", "",
            "METALLB_DYN6_MANAGEMENT_ADDRESS", "127.0.0.1",
            "METALLB_DYN6_MANAGEMENT_PORT", String.valueOf(port)));
    awaitPasses(3);
    home.cluster().annotate(OTHER, "metallb-dyn6/host-range", "::2000-::2999");

    eventually(
        () ->
            assertThat(new Http(port).get("/observe/metrics").body())
                .contains("metallb_dyn6_services{pool=\"other\",state=\"in_place\"} 1.0"));
  }
}
