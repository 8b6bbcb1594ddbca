package io.github.metallbdyn6.testbed;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/**
 * Writes {@code target/real-parts.md}: what ran on real parts, of which versions, and how it ended.
 * Several JVMs of one build share the tests: each notes its own in a file, and whichever ends later
 * makes the report of all.
 */
public final class RealPartsReport implements TestExecutionListener {
  private static final Path REPORT = Path.of("target", "real-parts.md");

  /** Names the build, so that nothing of an earlier one is in its report. */
  private static final String RUN = "real.parts.run";

  private static final Pattern CELL = Pattern.compile("(?<fault>[A-Z_]+) at (?<instant>[A-Z_]+)");

  /** The others, of processes and manifests, have models beside them in any case. */
  private static final Pattern REAL = Pattern.compile("(real|flow|kubernetes|testbed)\\..*");

  private static final AtomicBoolean LEFT_OUT = new AtomicBoolean();
  private static final Map<String, Long> STARTED = new ConcurrentHashMap<>();

  /** A test that has ended, as a line of a JVM's file. */
  private record Ended(String type, Status status, long millis, String name) {
    static Ended parse(String line) {
      String[] cells = line.split("\t", 4);
      return new Ended(cells[0], Status.valueOf(cells[1]), Long.parseLong(cells[2]), cells[3]);
    }

    @Override
    public String toString() {
      return String.join("\t", type, status.name(), String.valueOf(millis), name);
    }
  }

  @Override
  public void executionStarted(TestIdentifier test) {
    STARTED.put(test.getUniqueId(), System.nanoTime());
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    String type = className(test);
    if (!Boolean.getBoolean(TestCluster.REAL_PARTS) || !REAL.matcher(type).matches()) {
      return;
    }
    if (test.isTest()) {
      note(test, type, result.getStatus());
    } else if (result.getStatus() == Status.ABORTED && LEFT_OUT.compareAndSet(false, true)) {
      String why = result.getThrowable().map(Throwable::getMessage).orElse("");
      System.err.println("Left out: tests on real parts. " + why);
    }
  }

  private static synchronized void note(TestIdentifier test, String type, Status status) {
    long nanos = System.nanoTime() - STARTED.get(test.getUniqueId());
    String name = test.getDisplayName().replaceAll("\\s+", " ");
    Ended ended = new Ended(type, status, nanos / 1_000_000, name);
    try {
      Files.createDirectories(folder());
      Path own = folder().resolve(ProcessHandle.current().pid() + ".tsv");
      Files.writeString(own, ended + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      Files.writeString(REPORT, report(all()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path folder() {
    String run = System.getProperty(RUN, "").replaceAll("[^A-Za-z0-9]", "-");
    return REPORT.resolveSibling("real-parts").resolve(run.isEmpty() ? "run" : run);
  }

  private static List<Ended> all() throws IOException {
    List<Ended> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder())) {
      for (Path file : files.toList()) {
        Files.readAllLines(file).forEach(line -> all.add(Ended.parse(line)));
      }
    }
    return all;
  }

  private static String className(TestIdentifier test) {
    return test.getSource()
        .flatMap(
            source ->
                source instanceof MethodSource method
                    ? Optional.of(method.getClassName())
                    : source instanceof ClassSource type
                        ? Optional.of(type.getClassName())
                        : Optional.empty())
        .map(name -> name.replaceFirst("io.github.metallbdyn6.", ""))
        .orElse("?");
  }

  private static String words(String constant) {
    return constant.toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String report(List<Ended> tests) {
    Map<String, List<Ended>> classes =
        tests.stream().collect(groupingBy(Ended::type, TreeMap::new, toList()));
    StringBuilder text = new StringBuilder(head());
    classes.forEach(
        (type, ended) ->
            text.append(
                "| %s | %d | %d | %d | %d |%n"
                    .formatted(
                        type,
                        count(ended, Status.SUCCESSFUL),
                        count(ended, Status.ABORTED),
                        count(ended, Status.FAILED),
                        ended.stream().mapToLong(Ended::millis).sum() / 1000)));
    return text + faults(tests);
  }

  private static String head() {
    return """
        # What ran on real parts

        kube-apiserver %s, etcd %s, MetalLB %s and %s, the Prometheus operator's definitions %s; JDK %s.

        | test class | passed | left out | failed | seconds |
        |---|---|---|---|---|
        """
        .formatted(
            RealParts.version("kubernetes-1."),
            RealParts.version("etcd-3."),
            RealParts.version("metallb-0.13."),
            RealParts.version("metallb-0.15."),
            RealParts.version("monitoring-"),
            Runtime.version());
  }

  private static long count(List<Ended> tests, Status status) {
    return tests.stream().filter(test -> test.status() == status).count();
  }

  /** A table of faults by instants, of the tests that are named like its cells. */
  private static String faults(List<Ended> tests) {
    Map<String, Map<String, String>> rows = new TreeMap<>();
    for (Ended test : tests) {
      Matcher cell = CELL.matcher(test.name());
      if (cell.matches()) {
        rows.computeIfAbsent(words(cell.group("fault")), name -> new TreeMap<>())
            .put(
                words(cell.group("instant")),
                test.status() == Status.SUCCESSFUL ? "survived" : "failed");
      }
    }
    if (rows.isEmpty()) {
      return "";
    }
    List<String> instants =
        rows.values().stream().flatMap(row -> row.keySet().stream()).distinct().sorted().toList();
    StringBuilder text = new StringBuilder("\n| fault |");
    instants.forEach(instant -> text.append(" ").append(instant).append(" |"));
    text.append("\n|---|").append("---|".repeat(instants.size())).append("\n");
    rows.forEach(
        (fault, row) -> {
          text.append("| ").append(fault).append(" |");
          instants.forEach(
              instant ->
                  text.append(" ").append(row.getOrDefault(instant, "not run")).append(" |"));
          text.append("\n");
        });
    return text.toString();
  }
}
