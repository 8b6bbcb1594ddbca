package io.github.metallbdyn6.bench;

import io.github.metallbdyn6.testbed.AnnotatedPools;
import io.github.metallbdyn6.testbed.ApiCall;
import io.github.metallbdyn6.testbed.FakeIsp;
import io.github.metallbdyn6.testbed.FreePort;
import io.github.metallbdyn6.testbed.Launch;
import io.github.metallbdyn6.testbed.ProgramProcess;
import io.github.metallbdyn6.testbed.RunningProgram;
import io.github.metallbdyn6.testbed.TestCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** A run of the program that keeps some pools, and has a pass each second. */
final class PoolsTrial implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final TestCluster cluster = TestCluster.start();
  private final FakeIsp isp = new FakeIsp();
  private final AnnotatedPools pools;
  private final ProgramProcess program;
  private int prefixes;

  PoolsTrial(Launch launch, Path folder, int number) {
    pools = new AnnotatedPools(cluster, number);
    cluster.pods().run("v0.15.2");
    isp.givesAddress(prefix() + "::5c1e:1");
    Map<String, String> environment = new HashMap<>(RunningProgram.environment(cluster, isp));
    environment.putAll(AnnotatedPools.environment());
    environment.put("METALLB_DYN6_MANAGEMENT_PORT", String.valueOf(FreePort.find()));
    environment.put("METALLB_DYN6_MANAGEMENT_ADDRESS", "127.0.0.1");
    environment.put("KUBECONFIG", cluster.kubeconfig(folder).toString());
    program = ProgramProcess.start(launch, environment);
    awaitPools();
  }

  private String prefix() {
    return "2001:db8:" + (prefixes + 1);
  }

  private void awaitPools() {
    Awaitility.await().atMost(PATIENCE).until(() -> pools.areUnder(prefix()));
  }

  /** Changes the prefix, and returns how long after the answer the last pool was patched. */
  Figure change() {
    prefixes++;
    long changed = System.nanoTime();
    isp.givesAddress(prefix() + "::5c1e:1");
    awaitPools();
    long answered =
        isp.answerTimes().stream().filter(time -> time > changed).findFirst().orElseThrow();
    List<ApiCall> writes = cluster.api().writes();
    long patched = cluster.api().answeredAt(writes.get(writes.size() - 1));
    return Figure.of(List.of(Duration.ofNanos(patched - answered)));
  }

  /** Waits until the source was asked so often again. */
  void awaitPasses(int passes) {
    int asked = isp.timesAsked();
    Awaitility.await().atMost(PATIENCE).until(() -> isp.timesAsked() > asked + passes);
  }

  /** Returns how many requests the API server has had. */
  int requests() {
    return cluster.api().calls().size();
  }

  /** Returns what the program takes of the machine. */
  Usage usage() throws IOException {
    return Usage.of(program.pid());
  }

  @Override
  public void close() throws Exception {
    program.close();
    isp.close();
    cluster.close();
  }
}
