package io.github.metallbdyn6.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Shows the home and the program's status. */
final class Printout {
  private static final Map<String, String> CHOICES =
      Map.of(
          "web", "MetalLB: the first that were free",
          "mail", "you: both addresses are pinned",
          "nas", "you: host part ::1445",
          "printer", "MetalLB, in a pool of its own");

  private final Paper paper;

  Printout(Paper paper) {
    this.paper = paper;
  }

  /** Shows the home before anything happens. */
  void begin(Snapshot home) {
    paper.table(
        List.of("service", "IPv4", "IPv6", "chosen by"),
        home.services().stream()
            .map(
                service ->
                    List.of(
                        service.name(),
                        service.ipv4(),
                        service.ipv6(),
                        CHOICES.getOrDefault(service.name(), "")))
            .toList());
    paper.table(
        List.of("pool", "entry", "whose"),
        home.entries().stream()
            .map(
                entry ->
                    List.of(entry.pool(), entry.text(), entry.kept() ? "the program's" : "yours"))
            .toList());
  }

  /** Shows the services before and after. */
  void compareServices(Snapshot before, Snapshot after) {
    paper.table(
        List.of("service", "IPv4, unchanged", "IPv6 before", "IPv6 after"),
        IntStream.range(0, after.services().size())
            .mapToObj(index -> row(before.services().get(index), after.services().get(index)))
            .toList());
  }

  private static List<String> row(StagedService before, StagedService after) {
    return List.of(after.name(), after.ipv4(), before.ipv6(), after.ipv6());
  }

  /** Shows the pools before and after. */
  void comparePools(Snapshot before, Snapshot after) {
    paper.table(
        List.of("pool", "entry before", "entry after"),
        IntStream.range(0, after.entries().size())
            .mapToObj(index -> row(before.entries().get(index), after.entries().get(index)))
            .toList());
  }

  private static List<String> row(Snapshot.Entry before, Snapshot.Entry after) {
    return List.of(after.pool(), before.text(), after.text());
  }

  /** Shows how things stand in the program's own words, as its {@code /status} says them. */
  void quote(JsonNode status) {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("state", status.path("state").asText() + ": " + status.path("summary").asText());
    JsonNode trouble = status.path("trouble");
    if (trouble.isObject()) {
      texts.put("reason", trouble.path("text").asText());
      texts.put("advice", trouble.path("advice").asText());
    }
    paper.quote(texts);
  }
}
