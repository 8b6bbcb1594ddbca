package io.github.metallbdyn6.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.metallbdyn6.testbed.Fault;
import io.github.metallbdyn6.testbed.Home;
import io.github.metallbdyn6.testbed.RemoteCall;
import io.github.metallbdyn6.testbed.RunningProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every remote call meets every fault. While it lasts nothing foreign changes; after it is lifted
 * the pool and MetalLB are right within the next passes. The result is {@code
 * target/fault-matrix.md}.
 */
class FaultMatrixTest {
  private static final Path REPORT = Path.of("target", "fault-matrix.md");
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  /** Longer than the program's request time-out of a second, so that quick retries fail, too. */
  private static final Duration LASTS = Duration.ofMillis(1500);

  /** Cells wait more than they work. */
  private static final int CELLS_AT_A_TIME = 6;

  private static final Map<String, String> IMPATIENT =
      Map.of("METALLB_DYN6_REQUEST_TIMEOUT", "1", "METALLB_DYN6_RELOAD_TIMEOUT", "10");

  @Test
  void everyCallSurvivesEveryFault() throws Exception {
    ExecutorService cells = Executors.newFixedThreadPool(CELLS_AT_A_TIME);
    Map<RemoteCall, Map<Fault, Future<String>>> matrix = new EnumMap<>(RemoteCall.class);
    for (RemoteCall call : RemoteCall.values()) {
      Map<Fault, Future<String>> row = new EnumMap<>(Fault.class);
      for (Fault fault : Fault.values()) {
        Callable<String> cell = () -> survives(call, fault);
        row.put(fault, cells.submit(cell));
      }
      matrix.put(call, row);
    }
    Map<String, String> failed = report(matrix);
    cells.shutdown();
    assertThat(failed).isEmpty();
  }

  private static String survives(RemoteCall call, Fault fault) throws Exception {
    try (Home home = new Home()) {
      home.strike(call, fault);
      try (RunningProgram program = RunningProgram.start(home.cluster(), home.isp(), IMPATIENT)) {
        await().atMost(PATIENCE).until(home::isStruck);
        await().during(LASTS).atMost(PATIENCE).untilAsserted(home::assertForeignEntriesUntouched);
        home.heal();
        await().atMost(PATIENCE).untilAsserted(home::assertFollowed);
      }
      home.assertForeignEntriesUntouched();
      return "survived";
    }
  }

  private static Map<String, String> report(Map<RemoteCall, Map<Fault, Future<String>>> matrix)
      throws IOException, InterruptedException {
    Map<String, String> failed = new LinkedHashMap<>();
    StringBuilder table = new StringBuilder("| call | ");
    table.append(
        Stream.of(Fault.values()).map(FaultMatrixTest::name).collect(Collectors.joining(" | ")));
    table.append(" |\n|---").append("|---".repeat(Fault.values().length)).append("|\n");
    int survived = 0;
    for (var row : matrix.entrySet()) {
      table.append("| ").append(name(row.getKey()));
      for (var cell : row.getValue().entrySet()) {
        try {
          table.append(" | ").append(cell.getValue().get());
          survived++;
        } catch (ExecutionException e) {
          table.append(" | **NOT**");
          failed.put(row.getKey() + " x " + cell.getKey(), String.valueOf(e.getCause()));
        }
      }
      table.append(" |\n");
    }
    int all = RemoteCall.values().length * Fault.values().length;
    table.append("\n%d of %d survived\n".formatted(survived, all));
    Files.createDirectories(REPORT.toAbsolutePath().getParent());
    Files.writeString(REPORT, table);
    System.out.printf("%s: %d of %d survived%n", REPORT, survived, all);
    return failed;
  }

  private static String name(Enum<?> value) {
    return value.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
  }
}
