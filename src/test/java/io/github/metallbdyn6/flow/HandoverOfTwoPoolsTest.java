package io.github.metallbdyn6.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.testbed.HomeWithServices;
import io.github.metallbdyn6.testbed.MetalLbRelease;
import io.github.metallbdyn6.testbed.RunningProgram;
import io.github.metallbdyn6.testbed.TestServices.Wanted;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two pools, each with a program of its own that hands over. */
class HandoverOfTwoPoolsTest extends HandoverFlow {
  private static final String OTHER = "other";
  private static final String ADDRESS_POOL = "metallb.universe.tf/address-pool";
  private static final String OTHER_IPV4 = "198.51.100.10-198.51.100.40";

  /** The other pool is in another subnet of the home, with the same host parts. */
  private static final Map<String, String> OTHER_SUBNET =
      Map.of(
          "METALLB_DYN6_METALLB_POOL", OTHER,
          "METALLB_DYN6_PREFIX_LENGTH", "48",
          "METALLB_DYN6_SUBNET_OVERRIDE", "0:0:0:2::");

  private static String otherRange(String prefix) {
    return "%s::2000-%s::2999".formatted(prefix, prefix);
  }

  @ParameterizedTest
  @EnumSource
  void neitherTakesTheOthersServices(MetalLbRelease release) {
    startHome(release);
    home.cluster().createAnotherPool(OTHER, List.of(OTHER_IPV4, otherRange(A)));
    services.create(Wanted.dualStack("one").annotated(ADDRESS_POOL, "public"));
    awaitAddresses("one", "192.0.2.10", A + "::1000");
    services.create(Wanted.dualStack("two").annotated(ADDRESS_POOL, OTHER));
    awaitAddresses("two", "198.51.100.10", A + "::2000");
    startHandover();
    startHandover(
        Map.of("METALLB_DYN6_METALLB_POOL", OTHER, "METALLB_DYN6_HOST_RANGE", "::2000-::2999"));
    awaitPasses(4);
    metalLb().holdServices();
    home.changePrefix(B);
    eventually(
        () -> {
          assertThat(services.annotations("one").get(RECORD))
              .contains("pool=metallb-system/public");
          assertThat(services.annotations("two").get(RECORD)).contains("pool=metallb-system/other");
        });
    awaitPasses(4);
    metalLb().release();

    eventually(
        () -> {
          assertThat(home.cluster().addresses()).containsExactly(HomeWithServices.pool(B));
          assertThat(home.cluster().addressesOf(OTHER)).containsExactly(OTHER_IPV4, otherRange(B));
        });
    awaitAddresses("one", "192.0.2.10", B + "::1000");
    awaitAddresses("two", "198.51.100.10", B + "::2000");
    eventually(
        () -> {
          assertThat(services.annotations("one")).containsOnlyKeys(ADDRESS_POOL);
          assertThat(services.annotations("two")).containsOnlyKeys(ADDRESS_POOL);
        });
    assertNobodyLostAnything();
  }

  /** Its node is off while MetalLB has not yet done what the record on the service says. */
  @Test
  void neitherGoesOnWithWhatTheOtherHasBegun() throws Exception {
    startHome(MetalLbRelease.V0_15_2);
    home.cluster().createAnotherPool(OTHER, List.of(OTHER_IPV4, HomeWithServices.range(A + ":2")));
    services.create(Wanted.dualStack("one").annotated(ADDRESS_POOL, "public"));
    awaitAddresses("one", "192.0.2.10", A + "::1000");
    services.create(Wanted.dualStack("two").annotated(ADDRESS_POOL, OTHER));
    awaitAddresses("two", "198.51.100.10", A + ":2::1000");
    RunningProgram first = startHandover();
    awaitPasses(1);
    metalLb().holdServices();
    home.changePrefix(B);
    eventually(() -> assertThat(services.annotations("one")).containsKey(RECORD));
    first.stop();
    Map<String, String> begun = services.annotations("one");

    startHandover(OTHER_SUBNET);
    eventually(() -> assertThat(services.annotations("two")).containsKey(RECORD));
    awaitPasses(0); // the one that has moved the other pool's service is over
    assertThat(services.annotations("one")).as("the first one's to go on with").isEqualTo(begun);

    startHandover();
    metalLb().release();
    awaitAddresses("one", "192.0.2.10", B + "::1000");
    awaitAddresses("two", "198.51.100.10", B + ":2::1000");
    eventually(
        () -> {
          assertThat(home.cluster().addresses()).containsExactly(HomeWithServices.pool(B));
          assertThat(home.cluster().addressesOf(OTHER))
              .containsExactly(OTHER_IPV4, HomeWithServices.range(B + ":2"));
          assertThat(services.annotations("one")).containsOnlyKeys(ADDRESS_POOL);
          assertThat(services.annotations("two")).containsOnlyKeys(ADDRESS_POOL);
        });
    assertNobodyLostAnything();
  }
}
