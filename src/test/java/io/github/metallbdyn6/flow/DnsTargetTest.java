package io.github.metallbdyn6.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.testbed.MetalLbRelease;
import io.github.metallbdyn6.testbed.TestServices.Wanted;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The addresses that external-dns publishes for a service. */
class DnsTargetTest extends HandoverFlow {
  private static final String TARGET =
      "198.51.100.7, 2001:DB8:A:0::1000,home.example.org,fd00:db8::1,2001:db8:ffff::1";

  /** external-dns 0.22 reads the second one alone, and any one if it is told so. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        DNS_TARGET,
        "external-dns.kubernetes.io/target",
        "dns.example.com/target",
      })
  void followsInTheAddressUnderTheOldPrefixAlone(String key) {
    startHome(MetalLbRelease.V0_15_2);
    services.create(
        Wanted.dualStack("web").annotated(key, TARGET).annotated("example.com/target", TARGET));
    awaitAddresses("web", "192.0.2.10", A + "::1000");
    services.create(
        Wanted.dualStack("off")
            .annotated(key, TARGET)
            .annotated("metallb-dyn6/move-dns-target", "false"));
    awaitAddresses("off", "192.0.2.11", A + "::1001");
    startHandover(Map.of("METALLB_DYN6_EXTERNAL_DNS_PREFIX", "dns.example.com/"));
    awaitPasses(1);
    home.changePrefix(B);

    awaitOnly(B);
    awaitAddresses("web", "192.0.2.10", B + "::1000");
    eventually(
        () ->
            assertThat(services.annotations("web"))
                .containsEntry(key, TARGET.replace("2001:DB8:A:0::1000", "2001:db8:b::1000")));
    assertThat(services.annotations("web"))
        .as("of somebody else")
        .containsEntry("example.com/target", TARGET);
    assertThat(services.annotations("off")).containsEntry(key, TARGET);
    assertNobodyLostAnything();
  }
}
