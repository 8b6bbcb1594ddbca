package io.github.metallbdyn6.bench;

import io.github.metallbdyn6.pool.PoolState;
import io.github.metallbdyn6.testbed.ApiCall;
import io.github.metallbdyn6.testbed.FakeIsp;
import io.github.metallbdyn6.testbed.FreePort;
import io.github.metallbdyn6.testbed.Http;
import io.github.metallbdyn6.testbed.Launch;
import io.github.metallbdyn6.testbed.ProgramProcess;
import io.github.metallbdyn6.testbed.RunningProgram;
import io.github.metallbdyn6.testbed.TestCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** A run of the program that something is measured of; it has nothing to do until told to. */
final class Trial implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final TestCluster cluster = TestCluster.start();
  private final FakeIsp isp = new FakeIsp();
  private final int managementPort = FreePort.find();
  private final long begin;
  private final ProgramProcess program;
  private int change;

  /**
   * Starts it.
   *
   * @param folder for its files
   * @param interval seconds between two checks
   * @param metalLb which version of MetalLB it meets
   */
  Trial(Launch launch, Path folder, int interval, String metalLb) {
    cluster.createPool(List.of("192.0.2.10-192.0.2.20", range()));
    cluster.pods().run(metalLb);
    isp.givesAddress(address());
    Map<String, String> environment = new HashMap<>(RunningProgram.environment(cluster, isp));
    environment.put("METALLB_DYN6_MANAGEMENT_PORT", String.valueOf(managementPort));
    environment.put("METALLB_DYN6_MANAGEMENT_ADDRESS", "127.0.0.1");
    environment.put("METALLB_DYN6_MAX_CHANGES_PER_HOUR", "0");
    environment.put("METALLB_DYN6_UPDATE_INTERVAL", String.valueOf(interval));
    environment.put("KUBECONFIG", cluster.kubeconfig(folder).toString());
    begin = System.nanoTime();
    program = ProgramProcess.start(launch, environment);
  }

  /** Waits until the source was asked for the first time, and returns how long that took. */
  Duration started() {
    awaitChecks(1);
    return Duration.ofNanos(isp.answerTimes().get(0) - begin);
  }

  /** Waits until the source was asked so often in all. */
  void awaitChecks(int times) {
    Awaitility.await()
        .pollInterval(Duration.ofMillis(5))
        .atMost(Duration.ofHours(1))
        .until(() -> checks() >= times || !program.isRunning());
    if (!program.isRunning()) {
      throw new IllegalStateException(program.output());
    }
  }

  /** Returns how often the source was asked. */
  int checks() {
    return isp.timesAsked();
  }

  /** Returns how many requests the API server has had. */
  int requests() {
    return cluster.api().calls().size();
  }

  /** Returns what it takes of the machine. */
  Usage usage() throws IOException {
    return Usage.of(program.pid());
  }

  /** Changes the prefix, and returns how long after the source's answer the pool was patched. */
  Duration follow() {
    return change().patched();
  }

  /**
   * A change that the program has followed.
   *
   * @param patched how long after the source's answer the pool was patched
   * @param deleted how long after it MetalLB's pods were deleted, if they were
   */
  record Change(Duration patched, Optional<Duration> deleted) {}

  /** Changes the prefix, and waits until the program has followed. */
  Change change() {
    change++;
    isp.givesAddress(address());
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> cluster.addresses().contains(range()) && !cluster.reloadPending());
    ApiCall patch = lastWrite(call -> call.body().contains(PoolState.RECORD)).orElseThrow();
    long asked =
        isp.answerTimes().stream()
            .mapToLong(Long::longValue)
            .filter(time -> time < patch.nanoTime())
            .max()
            .orElseThrow();
    Optional<ApiCall> deletion =
        lastWrite(call -> call.method().equals("DELETE") && call.nanoTime() > patch.nanoTime());
    return new Change(sinceThen(asked, patch), deletion.map(call -> sinceThen(asked, call)));
  }

  private Optional<ApiCall> lastWrite(Predicate<ApiCall> which) {
    return cluster.api().writes().stream()
        .filter(which)
        .max(Comparator.comparing(ApiCall::nanoTime));
  }

  private Duration sinceThen(long asked, ApiCall call) {
    return Duration.ofNanos(cluster.api().answeredAt(call) - asked);
  }

  /** Waits until the startup probe would succeed, and returns how long that took. */
  Duration probed() {
    Http port = new Http(managementPort);
    Awaitility.await()
        .pollInterval(Duration.ofMillis(100))
        .atMost(Duration.ofMinutes(5))
        .until(() -> isAlive(port) || !program.isRunning());
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  private static boolean isAlive(Http port) {
    try {
      return port.status("/observe/health/live") == 200;
    } catch (IOException e) {
      return false; // it does not listen yet
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Asks the program to stop, and waits until it has. */
  void stop() throws InterruptedException {
    program.terminate();
    program.exitStatus();
  }

  private String range() {
    return "2001:db8:%x::1000-2001:db8:%x::1999".formatted(change + 1, change + 1);
  }

  private String address() {
    return "2001:db8:%x::5c1e:1".formatted(change + 1);
  }

  @Override
  public void close() throws Exception {
    program.close();
    isp.close();
    cluster.close();
  }
}
