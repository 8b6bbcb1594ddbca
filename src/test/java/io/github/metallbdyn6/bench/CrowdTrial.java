package io.github.metallbdyn6.bench;

import io.github.metallbdyn6.testbed.FreePort;
import io.github.metallbdyn6.testbed.HomeWithServices;
import io.github.metallbdyn6.testbed.Launch;
import io.github.metallbdyn6.testbed.ProgramProcess;
import io.github.metallbdyn6.testbed.RealMetalLbRelease;
import io.github.metallbdyn6.testbed.RunningProgram;
import io.github.metallbdyn6.testbed.TestServices.Wanted;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/** Many services on a real API server, to which a real MetalLB gives their addresses. */
final class CrowdTrial implements AutoCloseable {
  private static final RealMetalLbRelease RELEASE = RealMetalLbRelease.V0_15;
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Pattern MOVED = Pattern.compile("(\\d+) services? (?:has|have) moved to");

  private final HomeWithServices home = HomeWithServices.real(RELEASE, prefix(0));
  private final List<String> names;
  private int prefixes;

  CrowdTrial(int services) {
    names = IntStream.range(0, services).mapToObj("s%04d"::formatted).toList();
  }

  private static String prefix(int number) {
    return "2001:db8:a" + number;
  }

  /**
   * A handover of all.
   *
   * @param lastArrived how long after the source's answer the last service had its new address
   * @param retired how long after it the old range left the pool
   * @param counted how many services the log says have moved
   * @param residentKb the most memory that the program had meanwhile
   */
  record Move(Duration lastArrived, Duration retired, long counted, long residentKb) {}

  /** Creates the services, and returns how long MetalLB takes once the pool has addresses. */
  Duration assigned() {
    setPool(HomeWithServices.IPV4);
    names.parallelStream().forEach(name -> home.services().create(Wanted.ipv6Only(name)));
    long begin = System.nanoTime();
    setPool(HomeWithServices.pool(prefix(0)));
    return Duration.ofNanos(awaitAllUnder(prefix(0)) - begin);
  }

  private void setPool(String... entries) {
    home.cluster()
        .patchPool("{\"spec\":{\"addresses\":[\"%s\"]}}".formatted(String.join("\",\"", entries)));
  }

  /** Waits until all have an address there, and returns when the last one got it. */
  private long awaitAllUnder(String prefix) {
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> names.stream().allMatch(name -> isUnder(name, prefix)));
    return names.stream()
        .mapToLong(name -> home.history().arrival(home.services().key(name), prefix + "::"))
        .max()
        .orElseThrow();
  }

  private boolean isUnder(String name, String prefix) {
    return home.history().isUnder(home.services().key(name), prefix + "::");
  }

  /** Starts the program in this way, changes the prefix, and waits until all have moved. */
  Move move(Launch launch) throws IOException {
    try (ProgramProcess program = ProgramProcess.start(launch, environment())) {
      awaitPasses(program, 2);
      prefixes++;
      long changed = System.nanoTime();
      home.changePrefix(prefix(prefixes));
      long arrived = awaitAllUnder(prefix(prefixes));
      awaitRetired();
      long retired = System.nanoTime();
      long answered = firstAnswerAfter(changed);
      awaitPasses(program, 1);
      return new Move(
          Duration.ofNanos(arrived - answered),
          Duration.ofNanos(retired - answered),
          counted(program.output()),
          Usage.of(program.pid()).mostResidentKb());
    }
  }

  private Map<String, String> environment() {
    Map<String, String> environment =
        new HashMap<>(RunningProgram.environment(home.cluster(), home.isp()));
    environment.put("KUBECONFIG", RELEASE.server().adminKubeconfig().toString());
    environment.put("METALLB_DYN6_TRANSITION", "handover");
    environment.put("METALLB_DYN6_MAX_CHANGES_PER_HOUR", "0");
    environment.put(
        "METALLB_DYN6_UPDATE_INTERVAL", System.getProperty("bench.crowd.interval", "10"));
    environment.put("METALLB_DYN6_MANAGEMENT_PORT", String.valueOf(FreePort.find()));
    environment.put("METALLB_DYN6_MANAGEMENT_ADDRESS", "127.0.0.1");
    return environment;
  }

  private void awaitPasses(ProgramProcess program, int passes) {
    int asked = home.isp().timesAsked();
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> home.isp().timesAsked() >= asked + passes || !program.isRunning());
    if (!program.isRunning()) {
      throw new IllegalStateException(program.output());
    }
  }

  private long firstAnswerAfter(long changed) {
    return home.isp().answerTimes().stream()
        .filter(time -> time > changed)
        .findFirst()
        .orElseThrow();
  }

  private void awaitRetired() {
    String[] entries = HomeWithServices.pool(prefix(prefixes));
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> home.cluster().addresses().equals(List.of(entries)));
  }

  private static long counted(String log) {
    return MOVED.matcher(log).results().mapToLong(line -> Long.parseLong(line.group(1))).sum();
  }

  @Override
  public void close() throws Exception {
    RELEASE.server().removeServices(home.services().namespace());
    home.close();
  }
}
