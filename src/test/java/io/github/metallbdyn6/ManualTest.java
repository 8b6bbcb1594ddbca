package io.github.metallbdyn6;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.answer.AddressRule;
import io.github.metallbdyn6.ipv6.AddressRange;
import io.github.metallbdyn6.ipv6.HostPart;
import io.github.metallbdyn6.ipv6.HostRange;
import io.github.metallbdyn6.ipv6.Ipv6Prefix;
import io.github.metallbdyn6.report.EventKind;
import io.github.metallbdyn6.settings.Help;
import io.github.metallbdyn6.settings.Setting;
import io.github.metallbdyn6.settings.SourceParameter;
import io.github.metallbdyn6.settings.VariableName;
import io.github.metallbdyn6.testbed.Manual;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** README and manual tell the truth about settings and routes. */
class ManualTest {
  private static final int LONGEST_README = 220;

  /** A link in Markdown that leads to a file of ours, or to a heading. */
  private static final Pattern LINK =
      Pattern.compile("\\]\\((?!https?:)([^)#\\s]*)(?:#([^)\\s]*))?\\)");

  private final String readme = Manual.text();

  ManualTest() throws IOException {}

  @Test
  void itsReadmeIsShort() throws IOException {
    assertThat(Files.readAllLines(Path.of("README.md"))).hasSizeLessThanOrEqualTo(LONGEST_README);
  }

  /** A page that nothing leads to is not read. */
  @Test
  void itsReadmeLeadsToEveryPage() throws IOException {
    String text = Files.readString(Path.of("README.md"));
    try (Stream<Path> pages = Files.list(Path.of("src/site/markdown"))) {
      assertThat(pages.map(page -> String.valueOf(page.getFileName())))
          .filteredOn(page -> !page.equals("index.md"))
          .isNotEmpty()
          .allSatisfy(page -> assertThat(text).contains("(src/site/markdown/" + page));
    }
  }

  /** Kinds of which only the end is remembered. */
  private static final Set<EventKind> FORGOTTEN =
      Set.of(
          EventKind.METAL_LB_RESTARTING,
          EventKind.SERVICES_MOVING,
          EventKind.SERVICES_LATE,
          EventKind.PUSH_TAKEN);

  @Test
  void itsListOfEventsIsWhole() throws IOException {
    String row =
        Manual.page("operate")
            .lines()
            .filter(it -> it.startsWith("| `history` |"))
            .findFirst()
            .orElse("");
    assertThat(Pattern.compile("`(\\w+)`").matcher(row.replaceFirst("[^(]*", "")).results())
        .extracting(match -> match.group(1))
        .filteredOn(word -> !word.equals("text"))
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(EventKind.values())
                .filter(kind -> !FORGOTTEN.contains(kind))
                .map(EventKind::toString)
                .toList());
  }

  @Test
  void itsBlocksOfCodeBeginAndEnd() throws IOException {
    for (Map.Entry<Path, String> file : Manual.files().entrySet()) {
      List<String> fences = file.getValue().lines().filter(line -> line.startsWith("``")).toList();
      assertThat(fences).as("%s", file.getKey()).allMatch(line -> line.matches("```\\w*"));
      assertThat(fences.size() % 2).as("%s", file.getKey()).isZero();
    }
  }

  @Test
  void itsLinksLeadSomewhere() throws IOException {
    Map<Path, String> files = Manual.files();
    for (Map.Entry<Path, String> file : files.entrySet()) {
      for (MatchResult link : LINK.matcher(file.getValue()).results().toList()) {
        Path target =
            link.group(1).isEmpty()
                ? file.getKey()
                : file.getKey().resolveSibling(link.group(1)).normalize();
        assertThat(target).as("%s in %s", link.group(), file.getKey()).exists();
        if (link.group(2) != null) {
          assertThat(anchors(Files.readString(target)))
              .as("%s in %s", link.group(), file.getKey())
              .contains(link.group(2));
        }
      }
    }
  }

  /** GitHub's names of headings. */
  private static List<String> anchors(String text) {
    return text.lines()
        .filter(line -> line.startsWith("#"))
        .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\w\\- ]", "").replace(' ', '-'))
        .toList();
  }

  @Test
  void itsSettingsTableIsTheProgramsOwn() throws IOException {
    List<String> rows =
        Manual.page("settings")
            .lines()
            .filter(line -> line.startsWith("| `METALLB_DYN6_"))
            .toList();
    assertThat(rows)
        .containsExactlyElementsOf(Arrays.stream(Setting.values()).map(Help::tableRow).toList());
  }

  /** A user takes one example from here and one from there. */
  @Test
  void itsHostPartsLieInEveryHostRangeThatItShows() {
    List<AddressRange> ranges =
        Stream.concat(
                matches("METALLB_DYN6_HOST_RANGE=([0-9a-f:-]+)"),
                Stream.of(Setting.HOST_RANGE.example()))
            .map(HostRange::parse)
            .map(range -> new AddressRange(range.first(), range.last()))
            .toList();
    List<HostPart> parts =
        matches("host-part: \"([^\"]*)\"").map(HostPart::parse).map(Optional::orElseThrow).toList();

    assertThat(ranges).hasSizeGreaterThan(1);
    assertThat(parts)
        .isNotEmpty()
        .allSatisfy(part -> assertThat(ranges).allMatch(range -> part.under(range).isIn(range)));
  }

  /** A box that has no address of its own for the internet takes the first /64 for that. */
  @Test
  void itTellsBothPlacesOfAFritzboxsHomeNetwork() {
    Ipv6Prefix delegated = Ipv6Prefix.parse(theOnly("`IPv6 prefix: ([0-9a-f:]+/56)`"));
    String subnetId = theOnly("# (0:0:0:[0-9a-f]+::) where the home network is the second one");
    String second = theOnly("your home network is the second one, `([0-9a-f:]+/64)`");

    AddressRule rule = AddressRule.of("::1000-::1999", subnetId, "");
    assertThat(Ipv6Prefix.parse(second).contains(rule.rangeUnder(delegated))).isTrue();
  }

  private String theOnly(String pattern) {
    List<String> found = matches(pattern).toList();
    assertThat(found).as(pattern).hasSize(1);
    return found.get(0);
  }

  private Stream<String> matches(String pattern) {
    return Pattern.compile(pattern).matcher(readme).results().map(match -> match.group(1));
  }

  /** Each source has a row in a table of their own. */
  @Test
  void itNamesEveryRouteFile() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("routes"))) {
      files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(file -> file.endsWith(".camel.yaml") && !file.startsWith("source-"))
          .forEach(
              file -> assertThat(readme).contains("`" + file.replace(".camel.yaml", "") + "`"));
    }
  }

  @Test
  void itNamesEveryComponent() throws IOException {
    try (Stream<Path> components = Files.list(Path.of("kustomize", "components"))) {
      assertThat(components)
          .isNotEmpty()
          .allSatisfy(
              folder -> assertThat(readme).contains("\n| `" + folder.getFileName() + "` |"));
    }
  }

  @Test
  void itsWholeSourceIsTheExampleOverlays() throws IOException {
    assertThat(readme)
        .contains(
            "```yaml\n"
                + Files.readString(Path.of("kustomize/overlays/example/source-mine.camel.yaml"))
                + "```");
  }

  @Test
  void itNamesNoSettingThatDoesNotExist() throws IOException {
    List<String> known = new ArrayList<>();
    known.addAll(
        List.of(
            "METALLB_DYN6_NAME_ON", // of a follower NAME
            "METALLB_DYN6_IT_KUBECONFIG",
            "METALLB_DYN6_IT_METALLB_NAMESPACE",
            "METALLB_DYN6_REAL_PARTS"));
    Arrays.stream(Setting.values()).map(Setting::variable).forEach(known::add);
    matches("\\{\\{(metallb-dyn6\\.[a-z-]+)")
        .map(VariableName::of)
        .forEach(known::add); // of examples
    try (DirectoryStream<Path> sources =
        Files.newDirectoryStream(Path.of("routes"), "{source,follower}-*.camel.yaml")) {
      for (Path source : sources) {
        SourceParameter.in(Files.readString(source)).stream()
            .map(SourceParameter::variable)
            .forEach(known::add);
      }
    }
    assertThat(
            Pattern.compile("METALLB_DYN6_[A-Z0-9_]*[A-Z0-9]")
                .matcher(readme)
                .results()
                .map(MatchResult::group))
        .isSubsetOf(known);
  }
}
