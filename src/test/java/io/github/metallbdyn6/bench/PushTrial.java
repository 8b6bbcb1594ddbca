package io.github.metallbdyn6.bench;

import io.github.metallbdyn6.pool.PoolState;
import io.github.metallbdyn6.testbed.ApiCall;
import io.github.metallbdyn6.testbed.FakeIsp;
import io.github.metallbdyn6.testbed.FreePort;
import io.github.metallbdyn6.testbed.Launch;
import io.github.metallbdyn6.testbed.ProgramProcess;
import io.github.metallbdyn6.testbed.Pusher;
import io.github.metallbdyn6.testbed.RunningProgram;
import io.github.metallbdyn6.testbed.TestCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** A run of the program that a router pushes to; it has nothing else to do. */
final class PushTrial implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String TOKEN = "0123456789abcdef";

  private final TestCluster cluster = TestCluster.start();
  private final FakeIsp isp = new FakeIsp();
  private final Pusher router = new Pusher(FreePort.find());
  private final ProgramProcess program;
  private int change;

  /**
   * Starts it, and waits until it listens.
   *
   * @param folder for its files
   * @param metalLb which version of MetalLB it meets
   */
  PushTrial(Launch launch, Path folder, String metalLb) {
    cluster.createPool(List.of("192.0.2.10-192.0.2.20", range()));
    cluster.pods().run(metalLb);
    Map<String, String> environment = new HashMap<>(RunningProgram.environment(cluster, isp));
    environment.putAll(router.variables(TOKEN));
    environment.put("METALLB_DYN6_MANAGEMENT_PORT", String.valueOf(FreePort.find()));
    environment.put("METALLB_DYN6_MANAGEMENT_ADDRESS", "127.0.0.1");
    environment.put("METALLB_DYN6_MAX_CHANGES_PER_HOUR", "0");
    environment.put("METALLB_DYN6_UPDATE_INTERVAL", "3600");
    environment.put("KUBECONFIG", cluster.kubeconfig(folder).toString());
    program = ProgramProcess.start(launch, environment);
    Awaitility.await().atMost(PATIENCE).until(() -> router.isHeard() || !program.isRunning());
  }

  /** Pushes another prefix, and returns how long after the call began the patch came. */
  Duration follow() throws IOException {
    change++;
    long called = System.nanoTime();
    String answer = router.fritzBox(TOKEN, "2001:db8:%x::/64".formatted(change + 1));
    if (!answer.startsWith("200 good ")) {
      throw new IllegalStateException(answer + "\n" + program.output());
    }
    Awaitility.await().atMost(PATIENCE).until(() -> cluster.addresses().contains(range()));
    ApiCall patch =
        cluster.api().writes().stream()
            .filter(call -> call.body().contains(PoolState.RECORD))
            .max(Comparator.comparing(ApiCall::nanoTime))
            .orElseThrow();
    return Duration.ofNanos(cluster.api().answeredAt(patch) - called);
  }

  private String range() {
    return "2001:db8:%x::1000-2001:db8:%x::1999".formatted(change + 1, change + 1);
  }

  @Override
  public void close() throws Exception {
    program.close();
    isp.close();
    cluster.close();
  }
}
