package io.github.metallbdyn6.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.metallbdyn6.testbed.FakeIsp;
import io.github.metallbdyn6.testbed.RunningProgram;
import io.github.metallbdyn6.testbed.TestCluster;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChangeTest {
  @Test
  void followsAChange() throws Exception {
    try (TestCluster cluster = TestCluster.start();
        FakeIsp isp = new FakeIsp()) {
      cluster.createPool(List.of("192.0.2.10-192.0.2.20", "2001:db8:a::1000-2001:db8:a::1999"));
      cluster.pods().run("v0.13.12");
      Map<String, String> before = cluster.pods().uids();
      isp.givesAddress("2001:db8:b::5");
      try (RunningProgram program = RunningProgram.start(cluster, isp, Map.of())) {
        await()
            .untilAsserted(
                () ->
                    assertThat(cluster.addresses())
                        .containsExactly(
                            "192.0.2.10-192.0.2.20", "2001:db8:b::1000-2001:db8:b::1999"));
        await()
            .untilAsserted(
                () ->
                    assertThat(cluster.annotations())
                        .doesNotContainKey("metallb-dyn6/reload-pending"));
        cluster.api().calls().forEach(System.out::println);
        System.out.println(cluster.annotations() + " " + before + cluster.pods().uids());
      }
    }
  }
}
