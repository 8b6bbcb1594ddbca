package io.github.metallbdyn6.demo;

import io.github.metallbdyn6.testbed.FreePort;
import io.github.metallbdyn6.testbed.Http;
import io.github.metallbdyn6.testbed.RunningProgram;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/**
 * Shows the program at work in half a minute, without a cluster and without the internet: a real
 * HTTP Kubernetes API, a model of MetalLB 0.15, and an ISP that changes the prefix.
 *
 * <p>Ends with status 0 if every step was seen to happen, else with 1 and a sentence that says what
 * was not. With {@code -Ddemo.followers} a webhook and a network policy follow, too. With {@code
 * -Ddemo.forever} the ISP goes on until the demo is stopped. {@code -Ddemo.pause} is the time to
 * read each step, in seconds.
 */
public final class Demo {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int USUAL_PAUSE = 4;

  private final Paper paper = new Paper(System.out);
  private final int port = FreePort.find();

  private Demo() {}

  /** Runs the demo and exits. */
  public static void main(String[] arguments) {
    System.exit(new Demo().exitStatus());
  }

  private int exitStatus() {
    QuotedLog.onto(paper);
    try {
      run();
      return 0;
    } catch (NotSeen e) {
      paper.heading("The demo failed");
      paper.paragraph(String.valueOf(e.getMessage()));
    } catch (Exception e) {
      LoggerFactory.getLogger(Demo.class).error("The demo failed.", e);
    }
    return 1;
  }

  private void run() throws Exception {
    introduce();
    Expectation expectation = new Expectation(PATIENCE);
    try (StagedHome home = new StagedHome(expectation)) {
      Story story = new Story(home, new Http(port), paper, expectation, pause());
      StagedFollowers followers = isSet("demo.followers") ? home.followers() : null;
      Map<String, String> more = followers == null ? Map.of() : followers.variables();
      try (followers;
          RunningProgram program = home.startProgram(port, more)) {
        Optional.ofNullable(followers).ifPresent(story::show);
        story.tell();
        if (isSet("demo.forever")) {
          goOn(story, program);
        }
      }
      story.conclude();
    }
  }

  private void introduce() {
    paper.heading("metallb-dyn6 at work");
    paper.paragraph(
        "A Kubernetes API, a model of MetalLB 0.15 and an ISP run on this machine. The program's source is a web service that tells the home's address; the program asks it once a second. The program's own log is behind \"log\".");
    paper.paragraph("While the demo runs, the status page is at http://localhost:" + port + "/");
  }

  private void goOn(Story story, RunningProgram program) throws Exception {
    story.conclude();
    for (int number = isSet("demo.followers") ? 4 : 3; true; number++) {
      program.assertAlive();
      story.move("The ISP changes the prefix to %s::/64, until you press Ctrl-C", number);
    }
  }

  private static boolean isSet(String property) {
    String value = System.getProperty(property, "false");
    return !value.equals("false") && !value.startsWith("${");
  }

  private static int pause() {
    return Integer.getInteger("demo.pause", USUAL_PAUSE);
  }
}
