package io.github.metallbdyn6.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.testbed.ApiCall;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Somebody edits the pool by hand, and no check is due for long. */
class PoolEditTest extends WholeFlow {

  @BeforeEach
  void startWithSeldomChecks() {
    cluster.createPool(List.of(IPV4, RANGE_A, ULA));
    cluster.pods().run(NEW_METALLB);
    isp.givesAddress(ADDRESS_B);
    startProgram(Map.of("METALLB_DYN6_UPDATE_INTERVAL", "3600"));
    awaitPool(IPV4, RANGE_B, ULA);
    eventually(() -> assertThat(cluster.api().watches()).isNotEmpty());
  }

  private void edit(String addresses) {
    cluster.patchPool("{\"spec\":{\"addresses\":[%s]}}".formatted(addresses));
  }

  @Test
  void isPutRightAtOnce() {
    eventually(
        () -> {
          edit("\"" + IPV4 + "\"");
          awaitPool(IPV4, RANGE_B);
        });
  }

  /** Our own patch was one change, and one pass was made for it. */
  @Test
  void doesNotFollowItsOwnPatches() {
    assertThat(isp.timesAsked()).isEqualTo(1);
    assertThat(cluster.api().writes()).extracting(ApiCall::method).containsExactly("PATCH");
    isPutRightAtOnce();
    assertThat(isp.timesAsked()).isEqualTo(2);
  }
}
