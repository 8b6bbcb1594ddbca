package io.github.metallbdyn6.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.testbed.MetalLbRelease;
import io.github.metallbdyn6.testbed.TestServices.Wanted;
import org.junit.jupiter.api.Test;

/** The addresses that external-dns publishes for a service. */
class DnsTargetTest extends HandoverFlow {
  private static final String TARGET =
      "198.51.100.7, 2001:DB8:A:0::1000,home.example.org,fd00:db8::1,2001:db8:ffff::1";

  @Test
  void followsInTheAddressUnderTheOldPrefixAlone() {
    startHome(MetalLbRelease.V0_15_2);
    services.create(Wanted.dualStack("web").annotated(DNS_TARGET, TARGET));
    awaitAddresses("web", "192.0.2.10", A + "::1000");
    services.create(
        Wanted.dualStack("off")
            .annotated(DNS_TARGET, TARGET)
            .annotated("metallb-dyn6/move-dns-target", "false"));
    awaitAddresses("off", "192.0.2.11", A + "::1001");
    startHandover();
    awaitPasses(1);
    home.changePrefix(B);

    awaitOnly(B);
    awaitAddresses("web", "192.0.2.10", B + "::1000");
    eventually(
        () ->
            assertThat(services.annotations("web"))
                .containsEntry(
                    DNS_TARGET, TARGET.replace("2001:DB8:A:0::1000", "2001:db8:b::1000")));
    assertThat(services.annotations("off")).containsEntry(DNS_TARGET, TARGET);
    assertNobodyLostAnything();
  }
}
