package io.github.metallbdyn6.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Measures the jar as users start it and, where it was made, the runtime of the image, against the
 * testbed's API server and ISP. Machines are noisy: compare figures of one run, not of two days.
 */
public final class Bench {
  private static final String RESTARTED = "v0.13.12";
  private static final String LEFT_ALONE = "v0.15.2";
  private static final int CHANGES = 21;
  private static final int COLD_CHANGES = 5;

  /** With the cold ones as many as a router may call at once. */
  private static final int PUSHES = 15;

  private static final int TICK_MILLIS = 10;

  private final int runs = Integer.getInteger("bench.runs", 5);
  private final int seconds = Integer.getInteger("bench.seconds", 60);
  private final Path folder = Files.createTempDirectory("metallb-dyn6-bench");
  private final List<Candidate> candidates;
  private final Map<String, List<String>> table = new LinkedHashMap<>();

  private Bench(List<String> moreOptions) throws Exception {
    candidates = Candidate.all(moreOptions);
  }

  /** Runs everything and prints a table. */
  public static void main(String[] arguments) throws Exception {
    List<String> moreOptions =
        Stream.of(System.getProperty("bench.jvm.options", "").split("\\s+"))
            .filter(option -> !option.isEmpty())
            .toList();
    Bench bench = new Bench(moreOptions);
    bench.starts();
    for (Candidate candidate : bench.candidates) {
      bench.memory(candidate);
    }
    for (Candidate candidate : bench.candidates) {
      bench.latency(candidate);
      bench.push(candidate);
      bench.enter("on disk, with the JDK or without", candidate.megabytes() + " MB");
    }
    bench.print();
    System.exit(0);
  }

  /** In turns, so that the machine's moods meet all alike. */
  private void starts() throws Exception {
    Map<Candidate, List<Duration>> times = new LinkedHashMap<>();
    Map<Candidate, List<Duration>> processor = new LinkedHashMap<>();
    for (int run = 0; run < runs; run++) {
      for (Candidate candidate : candidates) {
        try (Trial trial = new Trial(candidate.launch(), folder, 60, LEFT_ALONE)) {
          times.computeIfAbsent(candidate, key -> new ArrayList<>()).add(trial.started());
          processor
              .computeIfAbsent(candidate, key -> new ArrayList<>())
              .add(Duration.ofMillis(trial.usage().cpuTicks() * TICK_MILLIS));
        }
      }
    }
    String what = "start to first request, of %d".formatted(runs);
    times.values().forEach(values -> enter(what, summary(values)));
    processor.values().forEach(values -> enter("CPU until then", summary(values)));
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
      enter("resident %d s after two changes".formatted(seconds), mb(usage.residentKb()));
      enter("of it anonymous", mb(usage.anonymousKb()));
      enter("threads, open files", usage.threads() + ", " + usage.openFiles());
      enter(
          "CPU per idle pass",
          "%.1f ms".formatted((usage.cpuTicks() - ticks) * TICK_MILLIS / (double) more));
      enter(
          "API requests per idle pass",
          "%.2f".formatted((trial.requests() - requests) / (double) more));
    }
  }

  private void latency(Candidate candidate) throws Exception {
    try (Trial trial = new Trial(candidate.launch(), folder, 1, LEFT_ALONE)) {
      trial.started();
      for (int change = 0; change < COLD_CHANGES; change++) {
        trial.follow();
      }
      List<Duration> times = new ArrayList<>();
      for (int change = 0; change < CHANGES; change++) {
        times.add(trial.follow());
      }
      enter("source's answer to patch, warm, of %d".formatted(CHANGES), summary(times));
    }
  }

  private void push(Candidate candidate) throws Exception {
    try (PushTrial trial = new PushTrial(candidate.launch(), folder, LEFT_ALONE)) {
      for (int change = 0; change < COLD_CHANGES; change++) {
        trial.follow();
      }
      List<Duration> times = new ArrayList<>();
      for (int change = 0; change < PUSHES; change++) {
        times.add(trial.follow());
      }
      enter("push to patch, warm, of %d".formatted(PUSHES), summary(times));
    }
  }

  private void enter(String row, String value) {
    table.computeIfAbsent(row, key -> new ArrayList<>()).add(value);
  }

  private void print() {
    System.out.printf(
        "| java %s | %s |%n",
        Runtime.version().feature(),
        candidates.stream().map(Candidate::name).collect(Collectors.joining(" | ")));
    System.out.printf("|---|%s%n", "---|".repeat(candidates.size()));
    table.forEach(
        (row, values) -> System.out.printf("| %s | %s |%n", row, String.join(" | ", values)));
  }

  private static String mb(long kilobytes) {
    return kilobytes / 1024 + " MB";
  }

  /** Median, and the extremes. */
  private static String summary(List<Duration> durations) {
    List<Duration> sorted = durations.stream().sorted().toList();
    return "%s ms (%s to %s)"
        .formatted(
            millis(sorted.get(sorted.size() / 2)),
            millis(sorted.get(0)),
            millis(sorted.get(sorted.size() - 1)));
  }

  private static String millis(Duration duration) {
    double millis = duration.toNanos() / 1e6;
    return (millis < 100 ? "%.1f" : "%.0f").formatted(millis);
  }
}
