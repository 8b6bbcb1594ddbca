package io.github.metallbdyn6.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/**
 * Writes {@code target/attacks.md}: every test of the package {@code attack}, how often it
 * attacked, and whether the program survived. A test publishes its number as the entry {@code
 * attempts}; without one it is 1. Several JVMs of one build share the tests: each notes its own in
 * a file, and the report has all of them.
 */
public final class AttackReport implements TestExecutionListener {
  private static final Path REPORT = Path.of("target", "attacks.md");
  private static final String PACKAGE = "io.github.metallbdyn6.attack.";

  /** The entry that a test publishes. */
  public static final String ATTEMPTS = "attempts";

  private static final Map<String, String> NUMBERS = new ConcurrentHashMap<>();

  @Override
  public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
    String number = entry.getKeyValuePairs().get(ATTEMPTS);
    if (number != null) {
      NUMBERS.put(test.getUniqueId(), number);
    }
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    if (test.isTest() && test.getUniqueId().contains(PACKAGE)) {
      String survived =
          switch (result.getStatus()) {
            case SUCCESSFUL -> "yes";
            case ABORTED -> "not run";
            case FAILED -> "**no**";
          };
      String number = NUMBERS.getOrDefault(test.getUniqueId(), "1");
      note("| %s | %s | %s |%n".formatted(test.getDisplayName(), number, survived));
    }
  }

  private static synchronized void note(String row) {
    try {
      Files.createDirectories(folder());
      Path own = folder().resolve(ProcessHandle.current().pid() + ".md");
      Files.writeString(own, row, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      Files.writeString(
          REPORT, "# Attacks\n\n| attack | attempts | survived |\n|---|---|---|\n" + rows());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One folder for each build, so that nothing of an earlier one is in its report. */
  private static Path folder() {
    String run = System.getProperty("real.parts.run", "run").replaceAll("[^A-Za-z0-9]", "-");
    return REPORT.resolveSibling("attacks").resolve(run);
  }

  private static String rows() throws IOException {
    StringBuilder rows = new StringBuilder();
    try (Stream<Path> files = Files.list(folder())) {
      for (Path file : files.sorted().toList()) {
        rows.append(Files.readString(file));
      }
    }
    return rows.toString();
  }
}
