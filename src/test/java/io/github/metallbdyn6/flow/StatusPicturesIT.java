package io.github.metallbdyn6.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.testbed.Browser;
import io.github.metallbdyn6.testbed.FreePort;
import io.github.metallbdyn6.testbed.HomeWithServices;
import io.github.metallbdyn6.testbed.MetalLbRelease;
import io.github.metallbdyn6.testbed.RouteFolder;
import io.github.metallbdyn6.testbed.RunningProgram;
import io.github.metallbdyn6.testbed.TestServices.Wanted;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The status page in every state that people meet, in a real browser; the manual shows some. */
class StatusPicturesIT extends HandoverFlow {
  private static final int DESKTOP = 1280;
  private static final int PHONE = 360;
  private static final Map<String, String> HANDOVER = Map.of("METALLB_DYN6_TRANSITION", "handover");

  private final int port = FreePort.find();
  private final Browser browser = Browser.start();

  @BeforeEach
  void startHome() {
    home = HomeWithServices.fake(MetalLbRelease.V0_15_2, A);
    services = home.services();
    history = home.history();
    for (String name : new String[] {"mail", "web"}) {
      services.create(Wanted.dualStack(name));
      eventually(() -> assertThat(services.addresses(name)).hasSize(2));
    }
  }

  @AfterEach
  void stopBrowser() {
    browser.close();
  }

  private RunningProgram open(Map<String, String> more) {
    Map<String, String> variables = new HashMap<>(more);
    variables.put("METALLB_DYN6_MANAGEMENT_PORT", String.valueOf(port));
    variables.put("METALLB_DYN6_MANAGEMENT_ADDRESS", "127.0.0.1");
    RunningProgram program = startProgram(variables);
    awaitPasses(1);
    browser.resize(DESKTOP);
    browser.prefer("light");
    browser.open("http://127.0.0.1:" + port + "/");
    return program;
  }

  private void shows(String title, String picture) {
    for (String scheme : new String[] {"dark", "light"}) {
      browser.prefer(scheme);
      eventually(() -> assertThat(browser.text("h1")).isEqualTo(title));
      browser.screenshot(scheme.equals("dark") ? picture + "-dark" : picture);
      assertThat(browser.accessibilityProblems()).as("%s, %s", picture, scheme).isEmpty();
    }
    browser.resize(PHONE);
    assertThat(
            browser.run(
                "const page = document.documentElement; return page.scrollWidth - page.clientWidth"))
        .as(picture)
        .isEqualTo(0L);
    eventually(() -> assertThat(browser.text("h1")).isEqualTo(title));
    browser.screenshot(picture + "-phone");
    browser.resize(DESKTOP);
  }

  @Test
  void inSyncThenHandingOver() {
    open(HANDOVER);
    eventually(() -> assertThat(browser.text("#services")).contains("mail", "web", "in place"));
    shows("In sync", "state-in-sync");

    metalLb().holdServices();
    home.changePrefix(B);
    eventually(
        () ->
            assertThat(browser.text("#pool"))
                .contains(A + "::1000-" + A + "::1999 retires", "Still there", "mail"));
    shows("Changing", "state-handing-over");
    metalLb().release();
    awaitOnly(B);
    eventually(() -> assertThat(browser.text("h1")).isEqualTo("In sync"));
  }

  @Test
  void aServiceWithoutAnAddress() {
    services.create(
        Wanted.dualStack("stuck")
            .annotated("metallb-dyn6/repair-pin", "false")
            .annotated(OLDER_PIN, "192.0.2.12,2001:db8:dead::1012"));
    open(HANDOVER);
    shows("Needs attention", "state-service-without-address");
    assertThat(browser.text("#trouble")).contains("a service is in trouble");
    assertThat(browser.text("#services")).contains("stuck", "no address", "2001:db8:dead::1012");
  }

  @Test
  void held() {
    open(HANDOVER);
    home.isp().givesAddress("fd00:db8::1");
    shows("Holding", "state-held");
    assertThat(browser.text("#trouble")).contains("unique-local");
  }

  @Test
  void failing() {
    open(HANDOVER);
    home.isp().answers(500, Map.of(), "no");
    shows("Failing", "state-failing");
  }

  @Test
  void aDryRunWithTheAddressesThatItWouldSet() {
    home.changePrefix(B);
    open(Map.of("METALLB_DYN6_TRANSITION", "handover", "METALLB_DYN6_DRY_RUN", "true"));
    shows("Would change", "state-dry-run");
    assertThat(browser.text("#history")).contains(B + "::1000-" + B + "::1999", "web");
    assertThat(browser.text("#pool")).contains("the next change replaces it");
    assertThat(browser.text("#services")).contains("mail", "web");
  }

  @Test
  void contactLost() throws Exception {
    RunningProgram program = open(HANDOVER);
    eventually(() -> assertThat(browser.text("h1")).isEqualTo("In sync"));
    program.stop();
    shows("No contact", "state-contact-lost");
    assertThat(browser.text(".summary")).contains("has not answered since");
    assertThat(browser.title()).startsWith("No contact");
  }

  @Test
  void routesRefused(@TempDir Path folder) throws IOException {
    RouteFolder routes = new RouteFolder(folder);
    Map<String, String> variables = new HashMap<>(HANDOVER);
    variables.put("METALLB_DYN6_ROUTES", routes.path().toString());
    variables.put("METALLB_DYN6_RELOAD_ROUTES", "true");
    open(variables);
    eventually(() -> assertThat(browser.text("h1")).isEqualTo("In sync"));
    routes.edit("3-patch-pool.camel.yaml", "ref: pool", "ref: pol");
    shows("Needs attention", "state-routes-refused");
    assertThat(browser.text("#trouble")).contains("3-patch-pool.camel.yaml");
  }
}
