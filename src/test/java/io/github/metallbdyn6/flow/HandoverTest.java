package io.github.metallbdyn6.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.testbed.HomeWithServices;
import io.github.metallbdyn6.testbed.MetalLbRelease;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A street of services of every kind under a new prefix, by either transition. */
class HandoverTest extends HandoverFlow {

  @ParameterizedTest
  @EnumSource
  void keepsIpv4AndHostPartsOfEverybodyAtEveryInstant(MetalLbRelease release) {
    startHome(release);
    Street street = new Street(services, A);
    Map<String, String> pods = home.cluster().pods().uids();
    startHandover();
    awaitPasses(1);
    home.changePrefix(B);

    awaitOnly(B);
    street.assertSameUnder(B, A);
    street.assertUntouchedOnes();
    assertNobodyLostAnything();
    assertThat(home.cluster().pods().uids()).as("pods").isEqualTo(pods);
    assertCheap(release);
    if (release == MetalLbRelease.V0_15_2) {
      assertNoDeprecatedAnnotation();
    }
    assertIdle();
  }

  /**
   * One list, two patches of the pool, one or two of each service that moves; one more list where
   * MetalLB does not say which pool it knows.
   */
  private void assertCheap(MetalLbRelease release) {
    int lists = release == MetalLbRelease.V0_15_2 ? 2 : 3;
    int moved = Street.PINNED.size() + Street.AUTOMATIC.size() + Street.IPV6_ONLY.size();
    assertThat(poolPatches()).as("patches of the pool, none of them refused").hasSize(2);
    assertThat(serviceLists()).as("lists of services").hasSizeLessThanOrEqualTo(lists);
    assertThat(servicePatches())
        .as("patches of services")
        .hasSizeBetween(moved, 2 * moved + conflicts());
  }

  /** MetalLB 0.15 warns of the older annotation for each service that has it. */
  private void assertNoDeprecatedAnnotation() {
    assertThat(servicePatches())
        .filteredOn(call -> Street.AUTOMATIC.contains(call.path().replaceAll(".*/|\\?.*", "")))
        .allSatisfy(call -> assertThat(call.body()).doesNotContain(OLDER_PIN));
  }

  /** MetalLB writes services, too: a patch that crossed such a write was refused and sent again. */
  private int conflicts() {
    Set<?> acted = new HashSet<>(home.cluster().api().acted());
    return (int) servicePatches().stream().filter(call -> !acted.contains(call)).count();
  }

  private void assertIdle() {
    List<?> writes = home.cluster().api().writes();
    int lists = serviceLists().size();
    awaitPasses(3);
    assertThat(home.cluster().api().writes()).isEqualTo(writes);
    assertThat(serviceLists()).hasSize(lists);
  }

  @ParameterizedTest
  @EnumSource
  void replacingInsteadMovesIpv4AndLeavesThePinnedWithNothing(MetalLbRelease release) {
    startHome(release);
    Street street = new Street(services, A);
    Map<String, String> pods = home.cluster().pods().uids();
    startProgram(Map.of());
    awaitPasses(1);
    home.changePrefix(B);

    eventually(
        () -> {
          assertThat(home.cluster().addresses()).containsExactly(HomeWithServices.pool(B));
          assertThat(services.addresses("automatic-one"))
              .isNotEmpty()
              .noneMatch(address -> address.startsWith(A));
          assertThat(services.addresses("pinned-older")).isEmpty();
          assertThat(services.addresses("spec-pinned")).isEmpty();
        });
    if (home.model().isPresent()) { // the real one may happen to give the same IPv4 address again
      assertThat(services.addresses("automatic-one"))
          .doesNotContainAnyElementsOf(street.addressesBefore("automatic-one"));
    }
    boolean restarted = release == MetalLbRelease.V0_13_12;
    eventually(
        () ->
            assertThat(home.cluster().pods().uids().equals(pods))
                .as("pods are the same")
                .isNotEqualTo(restarted));
    home.model()
        .ifPresent(
            model -> {
              assertThat(model.failures()).isNotEmpty();
              if (!restarted) {
                assertThat(model.rejections()).isEmpty();
              }
            });
  }
}
