package io.github.metallbdyn6.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.testbed.MetalLbRelease;
import io.github.metallbdyn6.testbed.TestServices.Wanted;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pins that MetalLB refuses, and what becomes of them. */
class PinRepairFlowTest extends HandoverFlow {

  @ParameterizedTest
  @EnumSource(names = {"V0_13_12", "V0_15_2"})
  void aManifestThatIsAppliedAgainWithTheOldPrefixIsPutRight(MetalLbRelease release) {
    startHome(release);
    String manifest = "192.0.2.25," + A + "::1500";
    services.create(Wanted.dualStack("pinned").annotated(OLDER_PIN, manifest));
    services.create(
        Wanted.dualStack("off")
            .annotated(OLDER_PIN, "192.0.2.26," + A + "::1501")
            .annotated("metallb-dyn6/repair-pin", "false"));
    awaitAddresses("pinned", "192.0.2.25", A + "::1500");
    awaitAddresses("off", "192.0.2.26", A + "::1501");
    startHandover();
    awaitPasses(1);
    home.changePrefix(B);
    awaitOnly(B);

    services.annotate("off", OLDER_PIN, "192.0.2.26," + A + "::1501");
    services.annotate("pinned", OLDER_PIN, manifest);

    assertThat(awaitWarning("pinned"))
        .contains(OLDER_PIN, A + "::1500", B + "::1500", "Git", "Helm", "Gateway");
    awaitAddresses("pinned", "192.0.2.25", B + "::1500");
    assertThat(services.annotations("pinned"))
        .containsEntry(OLDER_PIN, "192.0.2.25," + B + "::1500")
        .doesNotContainKey(RECORD);
    awaitAddresses("off");
    assertThat(services.annotations("off")).containsEntry(OLDER_PIN, "192.0.2.26," + A + "::1501");
  }

  /** Nothing says which pool it belongs to but that this pool has had the prefix. */
  @ParameterizedTest
  @EnumSource(names = {"V0_13_12", "V0_15_2"})
  void aPinOfIpv6AloneWithTheOldPrefixIsPutRight(MetalLbRelease release) {
    startHome(release);
    services.create(Wanted.ipv6Only("six").annotated(OLDER_PIN, A + "::1500"));
    awaitAddresses("six", A + "::1500");
    startHandover();
    awaitPasses(1);
    home.changePrefix(B);
    awaitOnly(B);

    services.annotate("six", OLDER_PIN, A + "::1500");

    assertThat(awaitWarning("six")).contains(OLDER_PIN, A + "::1500", B + "::1500");
    awaitAddresses("six", B + "::1500");
  }

  @ParameterizedTest
  @EnumSource(names = {"V0_13_12", "V0_15_2"})
  void aPinOfIpv4AloneIsCompletedByTheHostPartAndFollowsThePrefix(MetalLbRelease release) {
    startHome(release);
    startHandover();
    awaitPasses(1);
    services.create(
        Wanted.dualStack("mail").annotated(OLDER_PIN, "192.0.2.30").annotated(HOST_PART, "::1525"));

    awaitAddresses("mail", "192.0.2.30", A + "::1525");
    home.changePrefix(B);
    awaitOnly(B);
    awaitAddresses("mail", "192.0.2.30", B + "::1525");
    services.annotate("mail", OLDER_PIN, "192.0.2.30");
    awaitAddresses("mail", "192.0.2.30", B + "::1525");
  }
}
