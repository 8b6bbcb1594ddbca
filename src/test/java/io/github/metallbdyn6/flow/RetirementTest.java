package io.github.metallbdyn6.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.testbed.ApiCall;
import io.github.metallbdyn6.testbed.Fault;
import io.github.metallbdyn6.testbed.HomeWithServices;
import io.github.metallbdyn6.testbed.MetalLbRelease;
import io.github.metallbdyn6.testbed.Parameters;
import io.github.metallbdyn6.testbed.TestServices.Wanted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long an old range stays in the pool where the source tells lifetimes. */
class RetirementTest extends HandoverFlow {
  @TempDir Path folder;

  private void tell(String prefix, int preferred, int valid) throws IOException {
    Path next =
        Files.writeString(
            folder.resolve("next"), "%s::/64 %d %d\n".formatted(prefix, preferred, valid));
    Files.move(next, folder.resolve("prefix"), StandardCopyOption.ATOMIC_MOVE);
  }

  @Test
  void anOldRangeStaysAsLongAsItsOwnPrefixWasSaidToBeValid() throws IOException {
    startHome(MetalLbRelease.V0_15_2);
    services.create(Wanted.dualStack("web"));
    awaitAddresses("web", "192.0.2.10", A + "::1000");
    try (Parameters ofFile =
        new Parameters(Map.of("METALLB_DYN6_FILE_PATH", folder.resolve("prefix").toString()))) {
      tell(A, 3600, 7200);
      startHandover(
          Map.of("METALLB_DYN6_SOURCE", "file", "METALLB_DYN6_RETIRE_AFTER", "valid-lifetime"));
      awaitLog("source file answers the prefix " + A + "::/64");
      tell(B, 15, 20);
      awaitAddresses("web", "192.0.2.10", B + "::1000");

      tell(C, 3600, 7200);
      awaitAddresses("web", "192.0.2.10", C + "::1000");
      eventually(
          () ->
              assertThat(home.cluster().addresses())
                  .containsExactly(
                      HomeWithServices.IPV4,
                      HomeWithServices.range(A),
                      HomeWithServices.range(C),
                      HomeWithServices.ULA));
    }
  }

  /** Otherwise that MetalLB would refuse the smaller pool, and every later one. */
  @Test
  void anOldMetalLbIsRestartedWhenAServiceGetsAnOldAddressAtTheLastMoment() {
    startHome(MetalLbRelease.V0_13_12);
    metalLb();
    services.create(Wanted.dualStack("web"));
    awaitAddresses("web", "192.0.2.10", A + "::1000");
    startHandover();
    awaitLog("The first pass has succeeded");
    AtomicBoolean late = new AtomicBoolean();
    home.cluster().api().strike(call -> createsAtTheRetirement(call, late), Fault.STATUS_503);

    home.changePrefix(B);

    awaitLog("Restarting MetalLB");
    awaitOnly(B);
    services.create(Wanted.ipv6Only("next"));
    eventually(
        () -> assertThat(services.addresses("next")).allMatch(it -> it.startsWith(B + "::")));
  }

  /** Strikes never: the server waits for MetalLB, and then does what it was asked for. */
  private boolean createsAtTheRetirement(ApiCall call, AtomicBoolean done) {
    boolean retires =
        call.method().equals("PATCH")
            && call.body().contains("/spec/addresses")
            && call.body().contains("replace");
    if (retires && done.compareAndSet(false, true)) {
      services.create(Wanted.ipv6Only("late").annotated(OLDER_PIN, A + "::1500"));
      awaitAddresses("late", A + "::1500");
    }
    return false;
  }
}
