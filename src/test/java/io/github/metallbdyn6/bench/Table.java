package io.github.metallbdyn6.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The figures of one run: a row for each measure, a column for each way to start the program. */
final class Table {
  private final List<Candidate> columns;
  private final boolean compared;
  private final Map<String, Map<Candidate, Figure>> rows = new LinkedHashMap<>();

  /**
   * Nothing is entered yet.
   *
   * @param compared whether the last column is the ratio of the last two candidates
   */
  Table(List<Candidate> columns, boolean compared) {
    this.columns = List.copyOf(columns);
    this.compared = compared;
  }

  void enter(String row, Candidate column, Figure figure) {
    rows.computeIfAbsent(row, key -> new LinkedHashMap<>()).put(column, figure);
  }

  /** Enters what no candidate has a part in. */
  void enter(String row, Figure figure) {
    columns.forEach(column -> enter(row, column, figure));
  }

  void print() {
    String titles = columns.stream().map(Candidate::name).collect(Collectors.joining(" | "));
    System.out.printf(
        "| java %s | %s%s |%n",
        Runtime.version().feature(), titles, compared ? " | ratio of the last two" : "");
    System.out.println("|---".repeat(columns.size() + (compared ? 2 : 1)) + "|");
    rows.forEach((row, figures) -> System.out.printf("| %s | %s |%n", row, cells(figures)));
  }

  private String cells(Map<Candidate, Figure> figures) {
    String cells =
        columns.stream()
            .map(column -> Optional.ofNullable(figures.get(column)).map(Figure::text).orElse(""))
            .collect(Collectors.joining(" | "));
    return compared ? cells + " | " + ratio(figures) : cells;
  }

  private String ratio(Map<Candidate, Figure> figures) {
    Optional<Figure> last = Optional.ofNullable(figures.get(columns.get(columns.size() - 1)));
    Optional<Figure> before = Optional.ofNullable(figures.get(columns.get(columns.size() - 2)));
    return before.flatMap(it -> last.map(it::ratioTo)).orElse("");
  }
}
