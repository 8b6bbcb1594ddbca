package io.github.metallbdyn6.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.testbed.HomeWithServices;
import io.github.metallbdyn6.testbed.MetalLbRelease;
import io.github.metallbdyn6.testbed.OldRecords;
import io.github.metallbdyn6.testbed.TestServices.Wanted;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Version 1.0.0 was stopped in the middle of a handover, and this version goes on. */
class HandoverOfVersion100Test extends HandoverFlow {
  private List<String> before = List.of();

  @BeforeEach
  void stopVersion100InTheMiddle() throws Exception {
    startHome(MetalLbRelease.V0_15_2);
    services.create(Wanted.dualStack("automatic"));
    services.create(Wanted.dualStack("pinned").annotated(OLDER_PIN, "192.0.2.25," + A + "::1025"));
    awaitAddresses("pinned", "192.0.2.25", A + "::1025");
    eventually(() -> assertThat(services.addresses("automatic")).hasSize(2));
    before = services.addresses("automatic");
    home.changePrefix(B);
    home.cluster().patchPool(OldRecords.ofVersion100("pool-handing-over"));
    eventually(() -> assertThat(metalLb().configuration()).contains(HomeWithServices.range(B)));
    services.patch("automatic", moving(String.join(",", before)));
    services.patch("pinned", OldRecords.ofVersion100("service-given-up"));
  }

  /** The fixture, with the addresses that MetalLB has given here. */
  private static String moving(String addresses) throws Exception {
    return OldRecords.ofVersion100("service-moving")
        .replace("192.0.2.11,2001:db8:a::1001", addresses)
        .replace("192.0.2.11,2001:db8:b::1001", addresses.replace(A + "::", B + "::"));
  }

  @Test
  void isFinished() {
    startHandover();
    awaitOnly(B);
    awaitAddresses("automatic", before.get(0).replace(A, B), before.get(1).replace(A, B));
    awaitAddresses("pinned", "192.0.2.25", B + "::1025");
    assertThat(services.annotations("automatic")).doesNotContainKeys(OLDER_PIN, NEWER_PIN);
    assertThat(services.annotations("pinned"))
        .containsEntry(OLDER_PIN, "192.0.2.25," + B + "::1025");
    assertNobodyLostAnything();
  }

  /** With METALLB_DYN6_TRANSITION=replace now, too, nothing of the old version stays for good. */
  @Test
  void leavesNoRangeBehindWithoutAHandover() {
    startProgram(Map.of());
    eventually(
        () -> {
          assertThat(home.cluster().addresses()).containsExactly(HomeWithServices.pool(B));
          assertThat(home.cluster().annotations()).doesNotContainKey(RETIRING);
        });
  }
}
