package io.github.metallbdyn6.bench;

import io.github.metallbdyn6.testbed.RealParts;
import io.github.metallbdyn6.testbed.TestCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/**
 * Measures the jar as users start it and, where it was made, the runtime of the image, against a
 * real API server, or the testbed's where there is none, and the testbed's ISP; and beside them
 * another version, if one is named. Machines are noisy: compare figures of one run, not of two
 * days.
 */
public final class Bench {
  private static final int A_HOMES_SERVICES = 16;

  private static final String RESTARTED = "v0.13.12";
  private static final String LEFT_ALONE = "v0.15.2";

  /** So often the candidates take turns, so that the machine's moods meet all alike. */
  private static final int TURNS = 3;

  private static final int CHANGES = 7;
  private static final int COLD_CHANGES = 5;

  /** As many as in an hour. Time alone changes nothing: no connection and no class is given up. */
  private static final int IDLE_PASSES = 60;

  /** With the cold ones as many as a router may call at once. */
  private static final int PUSHES = 15;

  private static final int TICK_MILLIS = 10;

  private final int runs = Integer.getInteger("bench.runs", 5);
  private final int seconds = Integer.getInteger("bench.seconds", 60);
  private final Path folder = Files.createTempDirectory("metallb-dyn6-bench");
  private final List<Candidate> candidates;
  private final Table table;

  private Bench(List<String> moreOptions, String against) throws Exception {
    candidates = Candidate.all(moreOptions, against);
    table = new Table(candidates, !against.isEmpty());
  }

  /** Measures something, and enters the figures. */
  private interface Measurement {
    void run() throws Exception;
  }

  /** The groups of rows, as {@code -Dbench.rows} names them. */
  private Map<String, Measurement> groups() {
    Map<String, Measurement> groups = new LinkedHashMap<>();
    groups.put("floor", this::floor);
    groups.put("start", this::starts);
    groups.put("archive", () -> new ArchiveBench(candidates.get(0), table, folder).run(runs));
    groups.put("memory", this::memory);
    groups.put("change", this::changes);
    groups.put("first", this::firstChanges);
    groups.put("push", this::pushes);
    groups.put("disk", this::disk);
    groups.put("board", () -> new BoardBench(candidates, table, folder).run());
    groups.put("few", () -> new CrowdBench(A_HOMES_SERVICES, candidates, table).run());
    groups.put(
        "crowd",
        () -> new CrowdBench(Integer.getInteger("bench.services", 1000), candidates, table).run());
    groups.put("pools", () -> new PoolsBench(candidates, table, folder).run());
    return groups;
  }

  /** Runs what is wanted, and prints a table. */
  public static void main(String[] arguments) throws Exception {
    boolean real = RealParts.areThere();
    System.setProperty("real.parts", String.valueOf(real));
    System.out.println(
        real ? "On a real API server." : "On a model of the API server; see develop.md.");
    Bench bench =
        new Bench(words("bench.jvm.options", "\\s+"), System.getProperty("bench.against", ""));
    bench.run(words("bench.rows", ","));
    System.exit(0);
  }

  private static List<String> words(String property, String separator) {
    return Stream.of(System.getProperty(property, "").split(separator, -1))
        .map(String::strip)
        .filter(word -> !word.isEmpty())
        .toList();
  }

  private void run(List<String> wanted) throws Exception {
    Map<String, Measurement> groups = groups();
    if (!groups.keySet().containsAll(wanted)) {
      throw new IllegalArgumentException("bench.rows: %s are there".formatted(groups.keySet()));
    }
    for (Map.Entry<String, Measurement> group : groups.entrySet()) {
      if (wanted.isEmpty() || wanted.contains(group.getKey())) {
        group.getValue().run();
      }
    }
    table.print();
  }

  private void floor() throws Exception {
    try (TestCluster cluster = TestCluster.start()) {
      cluster.createPool(List.of("192.0.2.10-192.0.2.20"));
      int patches = TURNS * CHANGES;
      table.enter(
          "floor: one patch by a bare client, of %d".formatted(patches),
          Figure.of(new Floor(cluster).patches(patches)));
    }
  }

  private void starts() throws Exception {
    Map<Candidate, List<Duration>> times = new LinkedHashMap<>();
    Map<Candidate, List<Duration>> processor = new LinkedHashMap<>();
    for (int run = 0; run < runs; run++) {
      for (Candidate candidate : candidates) {
        try (Trial trial = new Trial(candidate.launch(), folder, 60, LEFT_ALONE)) {
          add(times, candidate, trial.started());
          add(processor, candidate, Duration.ofMillis(trial.usage().cpuTicks() * TICK_MILLIS));
        }
      }
    }
    enter("start to first request, of %d".formatted(runs), times);
    enter("CPU until then", processor);
  }

  private void memory() throws Exception {
    for (Candidate candidate : candidates) {
      memory(candidate);
    }
  }

  private void memory(Candidate candidate) throws Exception {
    try (Trial trial = new Trial(candidate.launch(), folder, 5, RESTARTED)) {
      trial.started();
      trial.follow();
      trial.follow();
      int checks = trial.checks();
      int requests = trial.requests();
      long ticks = trial.usage().cpuTicks();
      int more = seconds / 5;
      trial.awaitChecks(checks + more);
      Usage usage = trial.usage();
      table.enter(
          "resident %d s after two changes".formatted(seconds),
          candidate,
          Figure.megabytes(usage.residentKb()));
      table.enter("of it anonymous", candidate, Figure.megabytes(usage.anonymousKb()));
      table.enter("threads", candidate, Figure.count("%d", usage.threads()));
      table.enter("open files", candidate, Figure.count("%d", usage.openFiles()));
      table.enter(
          "CPU per idle pass",
          candidate,
          Figure.of("%.1f ms", (usage.cpuTicks() - ticks) * TICK_MILLIS / (double) more));
      table.enter(
          "API requests per idle pass",
          candidate,
          Figure.of("%.2f", (trial.requests() - requests) / (double) more));
    }
  }

  private void changes() throws Exception {
    inTurns(
        "source's answer to patched pool, warm, of %d".formatted(TURNS * CHANGES),
        candidate -> {
          try (Trial trial = new Trial(candidate.launch(), folder, 1, LEFT_ALONE)) {
            trial.started();
            return warm(trial::follow, CHANGES);
          }
        });
  }

  private void firstChanges() throws Exception {
    floorOfRestart();
    Map<Candidate, List<Duration>> patched = new LinkedHashMap<>();
    Map<Candidate, List<Duration>> deleted = new LinkedHashMap<>();
    for (int run = 0; run < runs; run++) {
      for (Candidate candidate : candidates) {
        try (Trial trial = new Trial(candidate.launch(), folder, 1, RESTARTED)) {
          trial.awaitChecks(1 + IDLE_PASSES);
          Trial.Change change = trial.change();
          add(patched, candidate, change.patched());
          add(deleted, candidate, change.deleted().orElseThrow());
        }
      }
    }
    enter("first change after an hour: source's answer to patched pool, of " + runs, patched);
    enter("the same to deleted pods of MetalLB 0.13", deleted);
  }

  private void floorOfRestart() throws Exception {
    try (TestCluster cluster = TestCluster.start()) {
      cluster.createPool(List.of("192.0.2.10-192.0.2.20"));
      cluster.pods().run(RESTARTED);
      int restarts = TURNS * CHANGES;
      table.enter(
          "floor: pods listed, pool patched, pods deleted by a bare client, of " + restarts,
          Figure.of(new Floor(cluster).restarts(restarts)));
    }
  }

  private void pushes() throws Exception {
    inTurns(
        "push to patched pool, warm, of %d".formatted(TURNS * PUSHES),
        candidate -> {
          try (PushTrial trial = new PushTrial(candidate.launch(), folder, LEFT_ALONE)) {
            return warm(trial::follow, PUSHES);
          }
        });
  }

  private void disk() throws Exception {
    for (Candidate candidate : candidates) {
      table.enter(
          "on disk, with the JDK or without",
          candidate,
          Figure.count("%d MB", candidate.megabytes()));
    }
  }

  /** Measures something of a candidate, a few times. */
  private interface Times {
    List<Duration> of(Candidate candidate) throws Exception;
  }

  private void inTurns(String row, Times measured) throws Exception {
    Map<Candidate, List<Duration>> times = new LinkedHashMap<>();
    for (int turn = 0; turn < TURNS; turn++) {
      for (Candidate candidate : candidates) {
        for (Duration time : measured.of(candidate)) {
          add(times, candidate, time);
        }
      }
    }
    enter(row, times);
  }

  private static List<Duration> warm(Callable<Duration> change, int times) throws Exception {
    for (int cold = 0; cold < COLD_CHANGES; cold++) {
      change.call();
    }
    List<Duration> warm = new ArrayList<>();
    for (int time = 0; time < times; time++) {
      warm.add(change.call());
    }
    return warm;
  }

  private static void add(Map<Candidate, List<Duration>> to, Candidate candidate, Duration time) {
    to.computeIfAbsent(candidate, key -> new ArrayList<>()).add(time);
  }

  private void enter(String row, Map<Candidate, List<Duration>> times) {
    times.forEach((candidate, values) -> table.enter(row, candidate, Figure.of(values)));
  }
}
