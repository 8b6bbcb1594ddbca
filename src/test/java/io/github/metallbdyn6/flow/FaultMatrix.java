package io.github.metallbdyn6.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.testbed.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
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

  /** What happens in a cell; throws if it was not survived. */
  interface Cell<C> {
    /** Lets the call meet the fault. */
    void survive(C call, Fault fault) throws Exception;
  }

  private FaultMatrix() {}

  /** Runs all cells, writes a table, and asserts that all were survived. */
  static <C extends Enum<C>> void run(Path report, Class<C> calls, Cell<C> cell) throws Exception {
    ExecutorService cells = Executors.newFixedThreadPool(CELLS_AT_A_TIME);
    Map<C, Map<Fault, Future<String>>> matrix = new EnumMap<>(calls);
    for (C call : calls.getEnumConstants()) {
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

  private static <C extends Enum<C>> Map<String, String> write(
      Path report, Map<C, Map<Fault, Future<String>>> matrix)
      throws IOException, InterruptedException {
    Map<String, String> failed = new LinkedHashMap<>();
    StringBuilder table = new StringBuilder("| call | ");
    table.append(
        Stream.of(Fault.values()).map(FaultMatrix::name).collect(Collectors.joining(" | ")));
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
    int all = matrix.size() * Fault.values().length;
    table.append("\n%d of %d survived\n".formatted(survived, all));
    Files.createDirectories(report.toAbsolutePath().getParent());
    Files.writeString(report, table);
    System.out.printf("%s: %d of %d survived%n", report, survived, all);
    return failed;
  }

  private static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
