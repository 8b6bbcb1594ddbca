package io.github.metallbdyn6.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.testbed.Fault;
import io.github.metallbdyn6.testbed.HomeCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Calls in rows, faults in columns; a cell is a program that meets the one in the other. */
final class FaultMatrix {

  /** Cells wait more than they work. */
  private static final int CELLS_AT_A_TIME = 6;

  /** Plays a cell; throws if the program did not survive it. */
  interface Cell {
    /** Lets the call meet the fault. */
    void survive(HomeCall call, Fault fault) throws Exception;
  }

  private FaultMatrix() {}

  /** Runs all cells, writes a table, and asserts that all were survived. */
  static void run(Path report, List<HomeCall> calls, Cell cell) throws Exception {
    ExecutorService cells = Executors.newFixedThreadPool(CELLS_AT_A_TIME);
    Map<HomeCall, Map<Fault, Future<String>>> matrix = new LinkedHashMap<>();
    for (HomeCall call : calls) {
      Map<Fault, Future<String>> row = new EnumMap<>(Fault.class);
      for (Fault fault : Fault.values()) {
        Callable<String> task =
            () -> {
              cell.survive(call, fault);
              return "survived";
            };
        row.put(fault, cells.submit(task));
      }
      matrix.put(call, row);
    }
    Map<String, String> failed = write(report, matrix);
    cells.shutdown();
    assertThat(failed).isEmpty();
  }

  private static Map<String, String> write(
      Path report, Map<HomeCall, Map<Fault, Future<String>>> matrix)
      throws IOException, InterruptedException {
    Map<String, String> failed = new LinkedHashMap<>();
    StringBuilder table = new StringBuilder("| call | ");
    table.append(
        Stream.of(Fault.values())
            .map(fault -> name(fault.name()))
            .collect(Collectors.joining(" | ")));
    table.append(" |\n|---").append("|---".repeat(Fault.values().length)).append("|\n");
    int survived = 0;
    for (var row : matrix.entrySet()) {
      table.append("| ").append(name(row.getKey().name()));
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
    int all = matrix.size() * Fault.values().length;
    table.append("\n%d of %d survived\n".formatted(survived, all));
    Files.createDirectories(report.toAbsolutePath().getParent());
    Files.writeString(report, table);
    System.out.printf("%s: %d of %d survived%n", report, survived, all);
    return failed;
  }

  private static String name(String constant) {
    return constant.toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
