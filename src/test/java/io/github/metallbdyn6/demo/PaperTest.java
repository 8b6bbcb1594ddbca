package io.github.metallbdyn6.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaperTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Paper paper = new Paper(new PrintStream(bytes, true, StandardCharsets.UTF_8));

  private List<String> lines() {
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void alignsTheColumnsOfATable() {
    paper.table(
        List.of("service", "IPv4"),
        List.of(List.of("web", "192.0.2.1"), List.of("mailserver", "")));

    assertThat(lines())
        .containsExactly(
            "    service      IPv4",
            "    ----------   ---------",
            "    web          192.0.2.1",
            "    mailserver",
            "");
  }

  @Test
  void breaksLongLinesAndSetsTheLogOffFromTheText() {
    paper.log("1 " + "a".repeat(90) + " b");
    paper.log("2");
    paper.paragraph("c".repeat(90) + " ddd eee");

    assertThat(lines())
        .containsExactly(
            "  log | 1",
            "      |   " + "a".repeat(90),
            "      |   b",
            "  log | 2",
            "",
            "  " + "c".repeat(90) + " ddd",
            "  eee",
            "");
  }
}
