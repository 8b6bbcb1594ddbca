package io.github.metallbdyn6.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Writes {@code target/real-parts.md}: what ran on real parts, of which versions, and how it ended.
 */
public final class RealPartsReport implements TestExecutionListener {
  private static final Path REPORT = Path.of("target", "real-parts.md");
  private static final Pattern CELL = Pattern.compile("(?<fault>[A-Z_]+) at (?<instant>[A-Z_]+)");
  private static final Map<String, Map<Status, Integer>> CLASSES = new TreeMap<>();
  private static final Map<String, Long> MILLIS = new TreeMap<>();
  private static final Map<String, Map<String, String>> FAULTS = new TreeMap<>();
  private static final Map<String, Long> STARTED = new ConcurrentHashMap<>();
  private static String leftOut = "";

  @Override
  public void executionStarted(TestIdentifier test) {
    STARTED.put(test.getUniqueId(), System.nanoTime());
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    if (!Boolean.getBoolean(TestCluster.REAL_PARTS)) {
      return;
    }
    if (test.isTest()) {
      note(test, result);
    } else if (result.getStatus() == Status.ABORTED) {
      leftOut = result.getThrowable().map(Throwable::getMessage).orElse("");
    }
  }

  private static synchronized void note(TestIdentifier test, TestExecutionResult result) {
    Status status = result.getStatus();
    String type = className(test);
    CLASSES
        .computeIfAbsent(type, name -> new EnumMap<>(Status.class))
        .merge(status, 1, Integer::sum);
    long nanos = System.nanoTime() - STARTED.get(test.getUniqueId());
    MILLIS.merge(type, nanos / 1_000_000, Long::sum);
    Matcher cell = CELL.matcher(test.getDisplayName());
    if (cell.matches()) {
      FAULTS
          .computeIfAbsent(words(cell.group("fault")), name -> new TreeMap<>())
          .put(words(cell.group("instant")), status == Status.SUCCESSFUL ? "survived" : "failed");
    }
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

  @Override
  public void testPlanExecutionFinished(TestPlan plan) {
    if (!leftOut.isEmpty()) {
      System.err.println("Left out: tests on real parts. " + leftOut);
    }
    if (!CLASSES.isEmpty()) {
      write();
    }
  }

  private static synchronized void write() {
    StringBuilder text =
        new StringBuilder(
            """
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
                    Runtime.version()));
    CLASSES.forEach(
        (name, counts) ->
            text.append(
                "| %s | %d | %d | %d | %d |%n"
                    .formatted(
                        name,
                        counts.getOrDefault(Status.SUCCESSFUL, 0),
                        counts.getOrDefault(Status.ABORTED, 0),
                        counts.getOrDefault(Status.FAILED, 0),
                        MILLIS.getOrDefault(name, 0L) / 1000)));
    if (!FAULTS.isEmpty()) {
      List<String> instants =
          FAULTS.values().stream()
              .flatMap(row -> row.keySet().stream())
              .distinct()
              .sorted()
              .toList();
      text.append(
          "%n| fault | %s |%n|---|%s%n"
              .formatted(String.join(" | ", instants), "---|".repeat(instants.size())));
      FAULTS.forEach(
          (fault, row) ->
              text.append(
                  "| %s | %s |%n"
                      .formatted(
                          fault,
                          String.join(
                              " | ",
                              instants.stream()
                                  .map(instant -> row.getOrDefault(instant, "not run"))
                                  .toList()))));
    }
    try {
      Files.createDirectories(REPORT.getParent());
      Files.writeString(REPORT, text.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
