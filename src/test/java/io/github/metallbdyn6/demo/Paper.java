package io.github.metallbdyn6.demo;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Prints what a person reads; an empty line follows each piece, and none is wider than a screen.
 */
final class Paper {
  private static final int WIDTH = 98;
  private static final String MARGIN = "  ";
  private static final String LOG = "log";

  private final PrintStream out;
  private boolean lastIsLog;

  Paper(PrintStream out) {
    this.out = out;
  }

  void heading(String text) {
    print("%n%s%n%s%n".formatted(text, "-".repeat(text.length())));
  }

  void paragraph(String text) {
    print(wrapped(text, MARGIN, MARGIN));
  }

  /** Prints texts, each behind the name of what it is. */
  void quote(Map<String, String> texts) {
    int longest = texts.keySet().stream().mapToInt(String::length).max().orElse(0);
    print(
        texts.entrySet().stream()
            .map(text -> quoted(("%-" + longest + "s").formatted(text.getKey()), text.getValue()))
            .collect(Collectors.joining()));
  }

  /** Prints a line of the log; an empty line follows only the last one of several. */
  synchronized void log(String line) {
    out.print(quoted(LOG, line));
    lastIsLog = true;
  }

  /** Prints rows below a head, each column as wide as its widest cell. */
  void table(List<String> head, List<List<String>> rows) {
    int[] widths =
        IntStream.range(0, head.size())
            .map(column -> Math.max(head.get(column).length(), widest(rows, column)))
            .toArray();
    StringBuilder lines = new StringBuilder(row(head, widths));
    lines.append(row(IntStream.of(widths).mapToObj("-"::repeat).toList(), widths));
    rows.forEach(row -> lines.append(row(row, widths)));
    print(lines.toString());
  }

  private static int widest(List<List<String>> rows, int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }

  private static String row(List<String> cells, int[] widths) {
    String row =
        IntStream.range(0, widths.length)
            .mapToObj(column -> ("%-" + widths[column] + "s").formatted(cells.get(column)))
            .collect(Collectors.joining("   ", MARGIN + MARGIN, ""));
    return row.stripTrailing() + System.lineSeparator();
  }

  private synchronized void print(String piece) {
    out.print((lastIsLog ? System.lineSeparator() : "") + piece + System.lineSeparator());
    lastIsLog = false;
  }

  private static String quoted(String name, String text) {
    String start = MARGIN + name + " | ";
    return wrapped(text, start, " ".repeat(start.length() - 2) + "|   ");
  }

  /** Breaks at spaces; a word that is wider than the paper stays whole. */
  private static String wrapped(String text, String start, String nextStart) {
    StringBuilder lines = new StringBuilder();
    String line = start;
    String gap = "";
    for (String word : text.strip().split("\\s+", -1)) {
      if (!gap.isEmpty() && line.length() + gap.length() + word.length() > WIDTH) {
        lines.append(line).append(System.lineSeparator());
        line = nextStart;
        gap = "";
      }
      line += gap + word;
      gap = " ";
    }
    return lines + line + System.lineSeparator();
  }
}
