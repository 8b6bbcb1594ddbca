package io.github.metallbdyn6.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Writes {@code target/attacks.md}: every test of the package {@code attack}, how often it
 * attacked, and whether the program survived. A test publishes its number as the entry {@code
 * attempts}; without one it is 1.
 */
public final class AttackReport implements TestExecutionListener {
  private static final Path REPORT = Path.of("target", "attacks.md");
  private static final String PACKAGE = "io.github.metallbdyn6.attack.";

  /** The entry that a test publishes. */
  public static final String ATTEMPTS = "attempts";

  private final Map<String, String> rows = new TreeMap<>();
  private final Map<String, String> attempts = new ConcurrentHashMap<>();

  @Override
  public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
    String number = entry.getKeyValuePairs().get(ATTEMPTS);
    if (number != null) {
      attempts.put(test.getUniqueId(), number);
    }
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    if (test.isTest() && test.getUniqueId().contains(PACKAGE)) {
      String survived =
          result.getStatus() == Status.SUCCESSFUL
              ? "yes"
              : result.getStatus() == Status.ABORTED ? "not run" : "**no**";
      note(test, survived);
    }
  }

  private synchronized void note(TestIdentifier test, String survived) {
    String number = attempts.getOrDefault(test.getUniqueId(), "1");
    rows.put(
        test.getUniqueId(),
        "| %s | %s | %s |%n".formatted(test.getDisplayName(), number, survived));
  }

  @Override
  public synchronized void testPlanExecutionFinished(TestPlan plan) {
    if (rows.isEmpty()) {
      return;
    }
    String text =
        "# Attacks\n\n| attack | attempts | survived |\n|---|---|---|\n"
            + String.join("", rows.values());
    try {
      Files.createDirectories(REPORT.getParent());
      Files.writeString(REPORT, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
