package io.github.metallbdyn6.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

/** The page's template and the document at {@code /status} belong together. */
class StatusPageTest {
  /** No reader of the page needs them: a program does, or the page says the same otherwise. */
  private static final Set<String> NOT_SHOWN =
      Set.of(
          "pool.entries.ours",
          "reasons.area",
          "reasons.hold",
          "services.counts.moving",
          "services.list.requested",
          "history.kind",
          "deprecated");

  /** A browser does nothing with their values but to show them. */
  private static final Set<String> HARMLESS =
      Set.of("class", "id", "datetime", "title", "viewBox", "d", "transform", "width", "height");

  private final Element template = Elements.root(Document.read("page.html"));
  private final StatusView full = FullStatus.view(12, 10);

  @Test
  void everyNameInTheTemplateIsInTheDocument() {
    assertThat(TemplateNames.in(template, StatusPage.values(full)))
        .contains("at", "pool.entries.address", "routes.steps.counts.failed", "reasons.advice");
  }

  @Test
  void everyValueInTheDocumentIsInTheTemplate() {
    Set<String> values = new TreeSet<>();
    collect(StatusJson.tree(full), "", values);
    values.removeAll(TemplateNames.in(template, StatusPage.values(full)));
    values.removeIf(it -> it.startsWith("pools.")); // of the pool that is chosen all are shown
    assertThat(values).containsExactlyInAnyOrderElementsOf(NOT_SHOWN);
  }

  /** A colour says the same as the word. */
  @Test
  void aFollowerThatWasToldLooksGood() throws IOException {
    assertThat(rules()).contains(".services .told .condition { color: var(--good); }");
    assertThat(rules()).contains(".services .waiting .condition { color: var(--busy); }");
    assertThat(rules()).contains(".services .stopped .condition { color: var(--bad); }");
  }

  private static String rules() throws IOException {
    try (InputStream css = StatusPageTest.class.getResourceAsStream("status.css")) {
      return new String(Objects.requireNonNull(css).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void collect(JsonNode value, String path, Set<String> paths) {
    assertThat(value.isNull()).as(path).isFalse();
    if (value.isObject()) {
      String start = path.isEmpty() ? "" : path + ".";
      value.properties().forEach(it -> collect(it.getValue(), start + it.getKey(), paths));
    } else if (value.path(0).isObject()) {
      value.forEach(it -> collect(it, path, paths));
    } else {
      paths.add(path.replaceFirst("^(trouble|concerns)\\.", "reasons."));
    }
  }

  @Test
  void saysTheSameAsTheDocument() {
    assertThat(Elements.root(StatusPage.of(full)).getTextContent())
        .contains(
            "Failing · 2001:db8:b::/64",
            "IPAddressPool metallb-system/public",
            "As of 2026-11-22 12:00:00 UTC",
            "Dry run: nothing is changed.",
            "Answered by my-ip since 2026-11-22 11:57:00 UTC, 3 min ago",
            "Since 2026-11-22 11:57:00 UTC, 3 min ago; 3 passes in a row.",
            "Since 2026-11-22 11:57:00 UTC, 3 min ago.",
            "ours, retires",
            "Wanted, and not there yet: 2001:db8:b::1000-2001:db8:b::1999",
            "retires since 3 min ago, at the latest until 2026-11-22 12:00:00 UTC. Still there: home/mail.",
            "Addresses not as wanted",
            "preferred for 3600 s, valid for 7200 s",
            "pending: its pods are to be deleted",
            "Every 300 s",
            "192.0.2.10, 2001:db8:a::1010",
            "it moves; since 3 min ago. Wait for it.",
            "2 more",
            "Patch",
            "2 earlier",
            "begin-pass: 1,234 runs, 5 failed, calls run-pass. run-pass: 1,234 runs, 5 failed. ",
            "Started by: timer. Calls: run-pass.",
            "Called by other routes.",
            "to: Calls it.",
            "metallb-dyn6 1.2.3, up for 3 min, since 2026-11-22 11:57:00 UTC")
        .doesNotContain("2001:db8:c:", "home/web", "no prefix yet", "not told", "0 runs");
  }

  @Test
  void showsEachReasonOnce() {
    PoolView.Reason pause = FullStatus.reason("rule", 0);
    PoolView.Reason concern = FullStatus.reason("routes", 0);
    assertThat(StatusPage.of(FullStatus.with(pause, List.of())))
        .containsOnlyOnce("What to do")
        .doesNotContain("; 0 pass");
    assertThat(StatusPage.of(FullStatus.with(concern, List.of(concern))))
        .containsOnlyOnce("What to do");
    assertThat(StatusPage.of(FullStatus.with(pause, List.of(concern))).split("What to do", -1))
        .hasSize(1 + 2);
    assertThat(StatusPage.of(FullStatus.with(FullStatus.reason("source", 1), List.of())))
        .contains("; 1 pass</span>.");
    assertThat(StatusPage.of(FullStatus.with(null, List.of()))).doesNotContain("What to do");
  }

  @Test
  void foldsMoreThanCanBeTakenInAtAGlance() {
    assertThat(StatusPage.of(FullStatus.view(12, 10)).split("it moves", -1)).hasSize(1 + 12);
    assertThat(StatusPage.of(FullStatus.view(10, 8))).doesNotContain(" more<", " earlier<");
  }

  private static String fill(ObjectNode values) {
    return new Template(Document.read("page.html")).fill(values);
  }

  /** In all texts of the document, whoever wrote them. */
  @Test
  void noTextBecomesMarkup() {
    List<Element> harmless = Elements.all(Elements.root(fill(FullStatus.withTexts("harmless"))));
    List<Element> hostile =
        Elements.all(Elements.root(fill(FullStatus.withTexts(FullStatus.HOSTILE))));
    assertThat(shapes(hostile)).isEqualTo(shapes(harmless));
    assertThat(count(hostile, FullStatus.HOSTILE))
        .isEqualTo(count(harmless, "harmless"))
        .isGreaterThan(100);
  }

  private static List<String> shapes(List<Element> elements) {
    return elements.stream().map(it -> it.getTagName() + Elements.attributes(it).keySet()).toList();
  }

  private static long count(List<Element> elements, String text) {
    Stream<String> attributes =
        elements.stream().flatMap(it -> Elements.attributes(it).values().stream());
    return Stream.concat(Stream.of(elements.get(0).getTextContent()), attributes)
        .mapToLong(it -> it.split(Pattern.quote(text), -1).length - 1)
        .sum();
  }

  @Test
  void fillsNoAttributeThatABrowserActsOn() {
    assertThat(Elements.all(Elements.root(StatusPage.of(full))))
        .allSatisfy(
            it ->
                assertThat(Elements.attributes(it).keySet())
                    .noneMatch(name -> name.startsWith("on") || name.equals("style")));
    assertThat(Elements.all(template))
        .flatMap(it -> Elements.attributes(it).entrySet())
        .filteredOn(it -> it.getKey().startsWith("data-") && it.getValue().contains("{"))
        .filteredOn(it -> !isLinkToTheSamePage(it))
        .extracting(it -> it.getKey().substring("data-".length()))
        .filteredOn(name -> !name.equals("text"))
        .isSubsetOf(HARMLESS);
  }

  /** A query stays on this server, whatever value comes in it. */
  private static boolean isLinkToTheSamePage(Map.Entry<String, String> attribute) {
    return attribute.getKey().equals("data-href") && attribute.getValue().startsWith("?pool={");
  }
}
