package io.github.metallbdyn6.process;

import static io.github.metallbdyn6.process.WatchedProgram.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.testbed.Browser;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A status page that is left open keeps itself up to date. */
class OpenStatusPageIT {
  private static final String IN_SUMMARY = "document.querySelector('#route-plan-pool summary')";

  @Test
  void followsByItselfAndSaysWhatIsHeldAndWhenItLosesContact(@TempDir Path folder)
      throws Exception {
    try (WatchedProgram program = new WatchedProgram(folder);
        Browser browser = Browser.start()) {
      browser.resize(1280);
      browser.open(program.url());
      browser.run(IN_SUMMARY + ".click()");
      browser.run(IN_SUMMARY + ".focus()");

      followsTheProgram(program, browser);
      keepsWhatTheReaderDid(browser);
      saysWhatIsHeld(program, browser);
      saysThatItLostContact(program, browser);
    }
  }

  private static void followsTheProgram(WatchedProgram program, Browser browser) {
    program.changeAddress("2001:db8:c::5c1e:3");
    eventually(() -> assertThat(browser.text("#prefix")).isEqualTo("2001:db8:c::/64"));
    eventually(() -> assertThat(browser.text("#pool")).contains("2001:db8:c::1000"));
  }

  private static void keepsWhatTheReaderDid(Browser browser) {
    assertThat(browser.run("return document.querySelector('#route-plan-pool').open"))
        .isEqualTo(true);
    assertThat(browser.run("return document.activeElement === " + IN_SUMMARY)).isEqualTo(true);
    browser.run("document.querySelector('#route-plan-pool').open = false");
  }

  private static void saysWhatIsHeld(WatchedProgram program, Browser browser) {
    program.changeAddress("fd00:db8::1");
    eventually(() -> assertThat(browser.text("h1")).isEqualTo("Holding"));
    assertThat(browser.title()).startsWith("Holding");
    assertThat(browser.text("#trouble"))
        .contains("refused (unique_local)", "METALLB_DYN6_REQUIRE_GLOBAL");
    assertThat(browser.accessibilityProblems()).isEmpty();
    browser.screenshot("holding");
  }

  private static void saysThatItLostContact(WatchedProgram program, Browser browser) {
    program.kill();
    eventually(() -> assertThat(browser.text("#contact")).startsWith("No contact since 20"));
    assertThat(browser.text("h1")).isEqualTo("No contact");
    assertThat(browser.accessibilityProblems()).isEmpty();
    browser.screenshot("no-contact");
  }
}
