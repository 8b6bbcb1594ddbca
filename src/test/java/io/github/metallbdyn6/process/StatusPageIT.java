package io.github.metallbdyn6.process;

import static io.github.metallbdyn6.process.WatchedProgram.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.testbed.Browser;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The status page of the real jar, in a real browser. */
class StatusPageIT {
  private static final int DESKTOP = 1280;
  private static final int PHONE = 360;
  private static final String PREFIX = "2001:db8:b::/64";
  private static final String RANGE = "2001:db8:b::1000-2001:db8:b::1999";
  private static final String IPV4 = "192.0.2.10-192.0.2.20";

  private static WatchedProgram program;
  private static String url;

  @BeforeAll
  static void startProgram(@TempDir Path folder) {
    program = new WatchedProgram(folder);
    url = program.url();
  }

  @AfterAll
  static void stopProgram() throws Exception {
    program.close();
  }

  private static void assertFitsTheWindow(Browser browser) {
    assertThat(
            browser.run(
                "const page = document.documentElement; return page.scrollWidth - page.clientWidth"))
        .isEqualTo(0L);
  }

  @Test
  void showsTheFactsWithoutJavaScript() {
    try (Browser browser = Browser.startWithoutJavaScript()) {
      browser.resize(DESKTOP);
      browser.open(url);
      assertThat(browser.text("h1")).isEqualTo("In sync");
      assertThat(browser.text("#prefix")).isEqualTo(PREFIX);
      assertThat(browser.text("#pool")).contains(IPV4, RANGE);
      assertThat(browser.text("#history")).contains("Prefix", "Patch", "Restart");
      assertThat(browser.text("#contact")).startsWith("As of 20").endsWith("UTC");
      browser.screenshot("no-javascript");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark"})
  void canBeReadByEverybody(String scheme) {
    try (Browser browser = Browser.start()) {
      browser.resize(DESKTOP);
      browser.prefer(scheme);
      browser.open(url);
      eventually(() -> assertThat(browser.text("#contact")).isEqualTo("Live"));
      assertThat(browser.accessibilityProblems()).isEmpty();
      assertFitsTheWindow(browser);
      browser.screenshot("desktop-" + scheme);
    }
  }

  @Test
  void isDarkForThoseWhoPreferIt() {
    String background = "return getComputedStyle(document.documentElement).backgroundColor";
    try (Browser browser = Browser.start()) {
      browser.open(url);
      browser.prefer("light");
      assertThat(browser.run(background)).isEqualTo("rgb(244, 245, 247)");
      browser.prefer("dark");
      assertThat(browser.run(background)).isEqualTo("rgb(15, 19, 23)");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {320, PHONE, 390})
  void fitsAPhone(int width) {
    try (Browser browser = Browser.start()) {
      browser.resize(width);
      browser.open(url);
      eventually(() -> assertThat(browser.text("#contact")).isEqualTo("Live"));
      browser.run("document.querySelectorAll('details').forEach(it => it.open = true)");
      assertFitsTheWindow(browser);
      browser.run("document.querySelectorAll('details').forEach(it => it.open = false)");
      browser.screenshot("phone-" + width);
    }
  }
}
