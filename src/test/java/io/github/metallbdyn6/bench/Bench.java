package io.github.metallbdyn6.bench;

import io.github.metallbdyn6.pool.PoolState;
import io.github.metallbdyn6.testbed.ApiCall;
import io.github.metallbdyn6.testbed.FakeIsp;
import io.github.metallbdyn6.testbed.ProgramProcess;
import io.github.metallbdyn6.testbed.RunningProgram;
import io.github.metallbdyn6.testbed.TestCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * Measures the jar as users start it, against the testbed's API server and ISP. Machines are noisy:
 * compare figures of one run, not of two days.
 */
public final class Bench {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int CHANGES = 21;
  private static final int COLD_CHANGES = 5;

  private final int runs = Integer.getInteger("bench.runs", 5);
  private final int seconds = Integer.getInteger("bench.seconds", 60);
  private final List<String> jvmOptions =
      Stream.of(System.getProperty("bench.jvm.options", "").split("\\s+"))
          .filter(option -> !option.isEmpty())
          .toList();

  private final Path folder;

  private Bench(Path folder) {
    this.folder = folder;
  }

  /** Runs everything and prints a line for each figure. */
  public static void main(String[] arguments) throws Exception {
    Bench bench = new Bench(Files.createTempDirectory("metallb-dyn6-bench"));
    System.out.printf("java %s, options %s%n", Runtime.version(), bench.jvmOptions);
    bench.start();
    bench.idle();
    bench.changes();
    System.exit(0);
  }

  /** What the program meets; it has nothing to do until the prefix changes. */
  private record QuietHome(TestCluster cluster, FakeIsp isp) implements AutoCloseable {
    static QuietHome start() {
      QuietHome home = new QuietHome(TestCluster.fake(), new FakeIsp());
      home.cluster.createPool(List.of("192.0.2.10-192.0.2.20", range(0)));
      home.cluster.pods().run("v0.15.2");
      home.isp.givesAddress(address(0));
      return home;
    }

    @Override
    public void close() throws Exception {
      isp.close();
      cluster.close();
    }
  }

  private ProgramProcess launch(QuietHome home, int intervalSeconds) {
    Map<String, String> environment =
        new HashMap<>(RunningProgram.environment(home.cluster(), home.isp()));
    environment.put("METALLB_DYN6_MAX_CHANGES_PER_HOUR", "0");
    environment.put("METALLB_DYN6_UPDATE_INTERVAL", String.valueOf(intervalSeconds));
    environment.put("KUBECONFIG", home.cluster().kubeconfig(folder).toString());
    return ProgramProcess.start(environment, jvmOptions);
  }

  private static Usage usage(ProgramProcess program) throws Exception {
    return Usage.of(program.pid());
  }

  private void start() throws Exception {
    List<Long> micros = new ArrayList<>();
    for (int run = 0; run < runs; run++) {
      try (QuietHome home = QuietHome.start()) {
        long begin = System.nanoTime();
        try (ProgramProcess program = launch(home, 60)) {
          awaitAsked(home.isp(), 1);
          micros.add((home.isp().answerTimes().get(0) - begin) / 1000);
        }
      }
    }
    print("start to first source request", micros);
  }

  private void idle() throws Exception {
    try (QuietHome home = QuietHome.start();
        ProgramProcess program = launch(home, 5)) {
      awaitAsked(home.isp(), 3);
      int passes = home.isp().timesAsked();
      long ticks = usage(program).cpuTicks();
      int calls = home.cluster().api().calls().size();
      Awaitility.await()
          .atMost(PATIENCE.plusSeconds(seconds))
          .until(() -> home.isp().timesAsked() >= seconds / 5);
      int more = home.isp().timesAsked() - passes;
      System.out.printf(
          "idle, per pass: %.1f ms of CPU, %.2f API requests, %d writes in all%n",
          (usage(program).cpuTicks() - ticks) * 10.0 / more,
          (home.cluster().api().calls().size() - calls) / (double) more,
          home.cluster().api().writes().size());
      System.out.printf("after %d s idle at a 5 s interval: %s%n", seconds, usage(program));
    }
  }

  private void changes() throws Exception {
    List<Long> micros = new ArrayList<>();
    try (QuietHome home = QuietHome.start();
        ProgramProcess program = launch(home, 1)) {
      awaitAsked(home.isp(), 1);
      for (int change = 1; change <= COLD_CHANGES + CHANGES; change++) {
        home.isp().givesAddress(address(change));
        awaitFollowed(home.cluster(), range(change));
        List<Long> patches =
            home.cluster().api().writes().stream()
                .filter(call -> call.body().contains(PoolState.RECORD))
                .map(ApiCall::nanoTime)
                .toList();
        long patched = patches.get(patches.size() - 1);
        long answered =
            home.isp().answerTimes().stream()
                .filter(time -> time < patched)
                .max(Long::compare)
                .orElseThrow();
        if (change > COLD_CHANGES) {
          micros.add((patched - answered) / 1000);
        }
      }
      print("from the source's answer to the patch, warm", micros);
      System.out.printf("after %d changes: %s%n", COLD_CHANGES + CHANGES, usage(program));
    }
  }

  private static void awaitAsked(FakeIsp isp, int times) {
    Awaitility.await()
        .pollInterval(Duration.ofMillis(5))
        .atMost(PATIENCE)
        .until(() -> isp.timesAsked() >= times);
  }

  private static void awaitFollowed(TestCluster cluster, String range) {
    Awaitility.await().atMost(PATIENCE).until(() -> cluster.addresses().contains(range));
  }

  private static String range(int change) {
    return "2001:db8:%x::1000-2001:db8:%x::1999".formatted(change + 1, change + 1);
  }

  private static String address(int change) {
    return "2001:db8:%x::5c1e:1".formatted(change + 1);
  }

  private static void print(String what, List<Long> micros) {
    List<Long> sorted = micros.stream().sorted().toList();
    System.out.printf(
        "%s: median %.1f ms (%.1f to %.1f, %d runs)%n",
        what,
        sorted.get(sorted.size() / 2) / 1000.0,
        sorted.get(0) / 1000.0,
        sorted.get(sorted.size() - 1) / 1000.0,
        sorted.size());
  }
}
