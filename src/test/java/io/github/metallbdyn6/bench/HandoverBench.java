package io.github.metallbdyn6.bench;

import io.github.metallbdyn6.testbed.ApiCall;
import io.github.metallbdyn6.testbed.HomeWithServices;
import io.github.metallbdyn6.testbed.Launch;
import io.github.metallbdyn6.testbed.MetalLbRelease;
import io.github.metallbdyn6.testbed.ProgramProcess;
import io.github.metallbdyn6.testbed.RunningProgram;
import io.github.metallbdyn6.testbed.TestServices;
import io.github.metallbdyn6.testbed.TestServices.Wanted;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/**
 * Measures a handover among many services: the jar as users start it, the testbed's API server and
 * the model of MetalLB, all on one machine. {@code -Dhandover.services=1000,10000} says how many
 * services there are, {@code -Dhandover.moving=100} how many of them have an address to move,
 * {@code -Dhandover.jvm.options} what the JVM is told.
 */
public final class HandoverBench {
  private static final String BEFORE = "2001:db8:a";
  private static final String AFTER = "2001:db8:b";
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final int all;
  private final int moving;
  private final HomeWithServices home = HomeWithServices.fake(MetalLbRelease.V0_15_2, BEFORE);
  private final TestServices services = home.services();
  private final Map<String, String> row = new LinkedHashMap<>();

  private HandoverBench(int all, int moving) {
    this.all = all;
    this.moving = moving;
  }

  /** Prints a table with a line for each number of services. */
  public static void main(String[] arguments) throws Exception {
    int moving = Integer.getInteger("handover.moving", 100);
    boolean first = true;
    for (String count :
        List.of(System.getProperty("handover.services", "1000,10000").split(",", -1))) {
      HandoverBench bench = new HandoverBench(Integer.parseInt(count.strip()), moving);
      bench.run();
      if (first) {
        System.out.println("| " + String.join(" | ", bench.row.keySet()) + " |");
        System.out.println("|---".repeat(bench.row.size()) + "|");
      }
      first = false;
      System.out.println("| " + String.join(" | ", bench.row.values()) + " |");
      bench.home.close();
    }
    System.exit(0);
  }

  private void run() throws Exception {
    home.cluster()
        .patchPool("{\"spec\":{\"addresses\":[\"192.0.2.0/24\",\"%s\"]}}".formatted(range(BEFORE)));
    fill();
    Path folder = Files.createTempDirectory("metallb-dyn6-handover");
    Map<String, String> environment =
        new HashMap<>(RunningProgram.environment(home.cluster(), home.isp()));
    environment.put("KUBECONFIG", home.cluster().kubeconfig(folder).toString());
    environment.put("METALLB_DYN6_TRANSITION", "handover");
    try (ProgramProcess program = ProgramProcess.start(launch(), environment)) {
      awaitChecks(5, program);
      Usage idle = Usage.of(program.pid());
      int callsBefore = home.cluster().api().calls().size();
      home.changePrefix(AFTER);
      awaitHandedOver(program);
      Usage after = Usage.of(program.pid());
      report(callsBefore, idle, after);
    }
  }

  /** Most services of a cluster have no address of a pool. */
  private void fill() {
    IntStream.range(0, moving).forEach(i -> services.create(Wanted.dualStack("moving-" + i)));
    IntStream.range(moving, all)
        .parallel()
        .forEach(i -> services.create(Wanted.clusterIp("other-" + i)));
    Awaitility.await().atMost(PATIENCE).until(() -> under(BEFORE) == moving);
  }

  private long under(String prefix) {
    return IntStream.range(0, moving)
        .filter(i -> home.history().isUnder(services.key("moving-" + i), prefix + "::"))
        .count();
  }

  private void awaitChecks(int checks, ProgramProcess program) {
    int asked = home.isp().timesAsked();
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> !program.isRunning() || home.isp().timesAsked() >= asked + checks);
    requireRunning(program);
  }

  private static void requireRunning(ProgramProcess program) {
    if (!program.isRunning()) {
      throw new IllegalStateException(program.output());
    }
  }

  private void awaitHandedOver(ProgramProcess program) {
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () ->
                !program.isRunning()
                    || (under(AFTER) == moving
                        && !home.cluster().addresses().contains(range(BEFORE))));
    requireRunning(program);
    home.history().assertNobodyLostAnything();
  }

  private void report(int callsBefore, Usage idle, Usage after) {
    List<ApiCall> calls = home.cluster().api().calls();
    calls = calls.subList(callsBefore, calls.size());
    long widened = time(calls, true);
    long answered =
        home.isp().answerTimes().stream()
            .mapToLong(Long::longValue)
            .filter(time -> time < widened)
            .max()
            .orElseThrow();
    long lastMoved =
        IntStream.range(0, moving)
            .mapToLong(i -> home.history().arrival(services.key("moving-" + i), AFTER + "::"))
            .max()
            .orElseThrow();
    row.put("services", String.valueOf(all));
    row.put("to move", String.valueOf(moving));
    row.put("new range in the pool", seconds(widened - answered));
    row.put("last service moved", seconds(lastMoved - answered));
    row.put("old range out", seconds(time(calls, false) - answered));
    row.put("patches of the pool", count(calls, "PATCH", "/ipaddresspools/"));
    row.put("lists of services", count(calls, "GET", "/services"));
    row.put("patches of services", count(calls, "PATCH", "/services/"));
    row.put("other requests", others(calls));
    row.put("resident before", idle.residentKb() / 1024 + " MB");
    row.put("after", after.residentKb() / 1024 + " MB");
  }

  /** When the first, or the last, patch of the pool arrived. */
  private static long time(List<ApiCall> calls, boolean first) {
    var times =
        calls.stream()
            .filter(call -> call.path().contains("/ipaddresspools/") && call.isWrite())
            .mapToLong(ApiCall::nanoTime);
    return (first ? times.min() : times.max()).orElseThrow();
  }

  private static String count(List<ApiCall> calls, String method, String path) {
    return String.valueOf(
        calls.stream()
            .filter(call -> method.equals(call.method()) && call.path().contains(path))
            .filter(call -> !call.isWatch())
            .count());
  }

  private static String others(List<ApiCall> calls) {
    Map<String, Integer> others = new LinkedHashMap<>();
    calls.stream()
        .filter(call -> !call.isWrite() && !(call.isAboutServices() && !call.isWatch()))
        .forEach(
            call ->
                others.merge(
                    call.isWatch()
                        ? "watch"
                        : call.method()
                            + " "
                            + call.path().replaceAll("[?].*|.*/(?=[a-z]+/[^/]*$)", ""),
                    1,
                    Integer::sum));
    return others.toString();
  }

  private static String seconds(long nanos) {
    return "%.1f s".formatted(nanos / 1e9);
  }

  private static String range(String prefix) {
    return HomeWithServices.range(prefix);
  }

  private static Launch launch() {
    return Launch.ofJar()
        .with(
            Arrays.stream(System.getProperty("handover.jvm.options", "").split("\\s+"))
                .filter(option -> !option.isEmpty())
                .toList());
  }
}
