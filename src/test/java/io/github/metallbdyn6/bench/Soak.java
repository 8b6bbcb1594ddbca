package io.github.metallbdyn6.bench;

import io.github.metallbdyn6.testbed.ApiCall;
import io.github.metallbdyn6.testbed.FakeIsp;
import io.github.metallbdyn6.testbed.Fault;
import io.github.metallbdyn6.testbed.ProgramProcess;
import io.github.metallbdyn6.testbed.RunningProgram;
import io.github.metallbdyn6.testbed.TestCluster;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs the jar for some minutes with a prefix change every second and a random fault every ten, and
 * prints what it takes of the machine every minute, and at the end which changes it followed. A
 * change counts as missed when its range was not in the pool before the next one came; while a
 * fault lasts, misses are expected.
 */
public final class Soak {
  private static final long SEED = 20_261_122;
  private static final int SECONDS_BETWEEN_FAULTS = 10;
  private static final int SECONDS_OF_A_FAULT = 2;

  private static final int SECONDS_BETWEEN_LOOKS = 60;

  private static final List<Fault> FAULTS = List.of(Fault.values());

  private final Random random = new Random(SEED);
  private final TestCluster cluster;
  private final FakeIsp isp;
  private int followed;
  private int missedInFault;
  private int missed;

  private Soak(TestCluster cluster, FakeIsp isp) {
    this.cluster = cluster;
    this.isp = isp;
  }

  /** Runs the soak; exits with 1 when the last change was lost. */
  public static void main(String[] arguments) throws Exception {
    int minutes = Integer.getInteger("soak.minutes", 10);
    int status;
    try (TestCluster cluster = TestCluster.fake();
        FakeIsp isp = new FakeIsp()) {
      cluster.createPool(List.of("192.0.2.10-192.0.2.20", range(0)));
      cluster.pods().run("v0.15.2");
      isp.givesAddress(address(0));
      status = new Soak(cluster, isp).run(minutes * 60);
    }
    System.exit(status);
  }

  private int run(int seconds) throws Exception {
    Path folder = Files.createTempDirectory("metallb-dyn6-soak");
    Map<String, String> environment = new HashMap<>(RunningProgram.environment(cluster, isp));
    environment.put("KUBECONFIG", cluster.kubeconfig(folder).toString());
    environment.put("METALLB_DYN6_MAX_CHANGES_PER_HOUR", "0");
    environment.put("METALLB_DYN6_REQUEST_TIMEOUT", "1");
    List<String> options =
        Stream.of(System.getProperty("soak.jvm.options", "").split("\\s+"))
            .filter(option -> !option.isEmpty())
            .toList();
    try (ProgramProcess program = ProgramProcess.start(environment, options)) {
      System.out.printf("java %s, options %s, seed %d%n", Runtime.version(), options, SEED);
      for (int second = 1; second <= seconds; second++) {
        change(second);
        if (second % SECONDS_BETWEEN_LOOKS == 0) {
          System.out.printf(
              "after %4d s: live heap %d KB, %s%n",
              second, liveHeapKb(program.pid()), Usage.of(program.pid()));
        }
      }
      boolean right = endsRight(seconds);
      count(seconds);
      System.out.printf(
          "%d changes: %d followed, %d skipped in or after a fault, %d without; the last one %s%n",
          seconds, followed, missedInFault, missed, right ? "followed" : "LOST");
      return right ? 0 : 1;
    }
  }

  /**
   * Bytes that are still referred to after a full collection: the last line of jcmd's histogram.
   */
  private static long liveHeapKb(long pid) throws IOException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process histogram =
        new ProcessBuilder(jcmd.toString(), String.valueOf(pid), "GC.class_histogram").start();
    try (BufferedReader lines = histogram.inputReader()) {
      return lines
          .lines()
          .filter(line -> line.startsWith("Total"))
          .map(line -> line.strip().replaceFirst(".*\\s", ""))
          .mapToLong(bytes -> Long.parseLong(bytes) / 1024)
          .sum();
    }
  }

  private void change(int second) throws InterruptedException {
    int phase = second % SECONDS_BETWEEN_FAULTS;
    if (phase == 1) {
      strike();
    } else if (phase == 1 + SECONDS_OF_A_FAULT) {
      isp.heal();
      cluster.api().heal();
    }
    isp.givesAddress(address(second));
    TimeUnit.SECONDS.sleep(1);
  }

  /** Counts the changes whose range was patched into the pool, sooner or later. */
  private void count(int changes) {
    Set<String> patches =
        cluster.api().acted().stream().map(ApiCall::body).collect(Collectors.toSet());
    for (int change = 1; change <= changes; change++) {
      String range = range(change);
      if (patches.stream().anyMatch(body -> body.contains("\"" + range + "\"]"))) {
        followed++;
      } else if (isNearFault(change)) {
        missedInFault++;
      } else {
        missed++;
      }
    }
  }

  /** A pass that has met a fault may have to wait for a time-out and three retries. */
  private static boolean isNearFault(int second) {
    int phase = second % SECONDS_BETWEEN_FAULTS;
    return phase >= 1 && phase <= SECONDS_OF_A_FAULT + 5;
  }

  private void strike() {
    Fault fault = FAULTS.get(random.nextInt(FAULTS.size()));
    if (random.nextInt(3) == 0) {
      isp.strike(fault);
    } else {
      boolean writesOnly = random.nextBoolean();
      cluster.api().strike(call -> !writesOnly || call.isWrite(), fault);
    }
  }

  private boolean endsRight(int last) throws InterruptedException {
    isp.heal();
    cluster.api().heal();
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (System.nanoTime() < end) {
      if (cluster.addresses().equals(List.of("192.0.2.10-192.0.2.20", range(last)))) {
        return true;
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    return false;
  }

  private static String range(int change) {
    return "2001:db8:%x::1000-2001:db8:%x::1999".formatted(change + 1, change + 1);
  }

  private static String address(int change) {
    return "2001:db8:%x::5c1e:1".formatted(change + 1);
  }
}
