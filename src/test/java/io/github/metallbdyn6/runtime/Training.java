package io.github.metallbdyn6.runtime;

import io.github.metallbdyn6.testbed.FreePort;
import io.github.metallbdyn6.testbed.Home;
import io.github.metallbdyn6.testbed.Http;
import io.github.metallbdyn6.testbed.Launch;
import io.github.metallbdyn6.testbed.ProgramProcess;
import io.github.metallbdyn6.testbed.TlsHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A life in half a minute: the program starts, follows changes and restarts MetalLB, meets a source
 * that fails and one that answers nonsense, goes on, and is stopped. So its JVM learns which
 * classes it will need.
 */
final class Training {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** A JVM writes its archive when it ends: seconds on a desktop, minutes on a small board. */
  private static final Duration ARCHIVED = Duration.ofMinutes(10);

  private static final int CHANGES = 3;
  private static final int PORT = FreePort.find();

  /** Requests of probes, Prometheus and people. */
  private static final List<String> PAGES =
      List.of(
          "/observe/health/live",
          "/observe/health/ready",
          "/observe/health",
          "/observe/metrics",
          "/",
          "/status");

  private final Home home;
  private final ProgramProcess program;

  private Training(Home home, ProgramProcess program) {
    this.home = home;
    this.program = program;
  }

  /**
   * Leads the program through its life.
   *
   * @throws IllegalStateException with its log, when it does not live as it should
   */
  static void run(Launch launch) throws Exception {
    Path folder = Files.createTempDirectory("metallb-dyn6-training");
    try (TlsHome home = new TlsHome(folder);
        ProgramProcess program =
            ProgramProcess.start(launch.with(home.trust()), withPort(home.environment()))) {
      new Training(home.home(), program).live();
    }
  }

  private static Map<String, String> withPort(Map<String, String> environment) {
    Map<String, String> more = new HashMap<>(environment);
    more.put("METALLB_DYN6_MANAGEMENT_PORT", String.valueOf(PORT));
    more.put("METALLB_DYN6_MANAGEMENT_ADDRESS", "127.0.0.1");
    return more;
  }

  private void live() throws IOException, InterruptedException {
    await("the first change", () -> follows("b"));
    for (int change = 1; change <= CHANGES; change++) {
      sourceFails(change);
      String prefix = "b" + change;
      home.isp().givesAddress("2001:db8:%s::5c1e".formatted(prefix));
      await("change " + change, () -> follows(prefix));
    }
    int asked = home.isp().timesAsked();
    await("a check without a change", () -> home.isp().timesAsked() > asked + 1);
    Http management = new Http(PORT);
    for (String page : PAGES) {
      int answer = management.status(page);
      if (answer != 200) {
        throw failed("200 for %s, it is %d".formatted(page, answer));
      }
    }
    program.terminate();
    int status = program.exitStatus(ARCHIVED);
    if (status != 0) {
      throw failed("exit status 0, it is " + status);
    }
  }

  private void sourceFails(int time) throws InterruptedException {
    int asked = home.isp().timesAsked();
    if (time % 2 == 0) {
      home.isp().answers(200, Map.of("Content-Type", "text/html"), "<html>Please log in</html>");
    } else {
      home.isp().answers(503, Map.of(), "");
    }
    await("a pass that fails", () -> home.isp().timesAsked() > asked + 1);
  }

  private boolean follows(String prefix) {
    return home.cluster().addresses().toString().contains("2001:db8:%s::1000-".formatted(prefix))
        && !home.cluster().reloadPending();
  }

  private void await(String what, BooleanSupplier condition) throws InterruptedException {
    try {
      Awaitility.await()
          .atMost(PATIENCE)
          .until(() -> condition.getAsBoolean() || !program.isRunning());
    } catch (ConditionTimeoutException e) {
      throw failed(what);
    }
    if (!program.isRunning()) {
      throw failed("%s, with status %d".formatted(what, program.exitStatus()));
    }
  }

  private IllegalStateException failed(String expected) {
    return new IllegalStateException(
        "the training run stopped short of %s:%n%s".formatted(expected, program.output()));
  }
}
