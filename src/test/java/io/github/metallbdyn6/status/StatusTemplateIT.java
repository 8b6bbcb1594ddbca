package io.github.metallbdyn6.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.testbed.Browser;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page's template as the file that it is, in a real browser. */
class StatusTemplateIT {
  private static final URI TEMPLATE =
      Path.of("src/main/resources/io/github/metallbdyn6/status/page.html").toUri();

  @ParameterizedTest
  @CsvSource({"1280, light", "1280, dark", "360, light"})
  void isAPageByItself(int width, String scheme) {
    try (Browser browser = Browser.start()) {
      browser.resize(width);
      browser.prefer(scheme);
      browser.open(TEMPLATE.toString());
      assertThat(browser.text("h1")).isEqualTo("In sync");
      assertThat(browser.text("#prefix")).isEqualTo("2001:db8:b::/64");
      assertThat(browser.text("#pool")).contains("2001:db8:b::1000", "as wanted", "ours");
      assertThat(browser.text("#contact")).startsWith("As of 2026");
      assertThat(browser.text("body")).doesNotContain("{", "no prefix yet", "not as wanted", "Why");
      assertThat(browser.accessibilityProblems()).isEmpty();
      browser.screenshot("template-%d-%s".formatted(width, scheme));
    }
  }

  /** HTML forgives much: here it must not see another page than the program. */
  @Test
  void hasTheSameElementsForABrowserAndForTheProgram(@TempDir Path folder) throws Exception {
    Path filled = folder.resolve("filled.html");
    Files.writeString(
        filled,
        new Template(Document.read("page.html")).fill(FullStatus.withTexts(FullStatus.HOSTILE)));
    try (Browser browser = Browser.start()) {
      browser.open(TEMPLATE.toString());
      assertThat(elements(browser)).isEqualTo(elements(Document.read("page.html")));
      browser.open(filled.toUri().toString());
      assertThat(elements(browser)).isEqualTo(elements(Files.readString(filled)));
      assertThat(browser.text("h1")).isEqualTo(FullStatus.HOSTILE);
      assertThat(browser.run("return window.hit")).isNull();
    }
  }

  private static List<?> elements(Browser browser) {
    return (List<?>)
        browser.run(
            "return [...document.querySelectorAll('*')].map(it => it.tagName.toLowerCase())");
  }

  private static List<String> elements(String page) {
    return Elements.all(Elements.root(page)).stream()
        .map(it -> it.getTagName().toLowerCase(Locale.ROOT))
        .toList();
  }
}
