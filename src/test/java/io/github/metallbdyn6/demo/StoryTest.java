package io.github.metallbdyn6.demo;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.metallbdyn6.testbed.FreePort;
import io.github.metallbdyn6.testbed.Http;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StoryTest {
  private static final Paper NO_PAPER = new Paper(new PrintStream(OutputStream.nullOutputStream()));

  /** No program runs here. */
  @Test
  void endsWithTheStepThatIsNotSeen() throws Exception {
    try (StagedHome home = new StagedHome(new Expectation(Duration.ofSeconds(30)))) {
      Http nobody = new Http(FreePort.find());
      Story story = new Story(home, nobody, NO_PAPER, new Expectation(Duration.ofSeconds(1)), 0);
      assertThatExceptionOfType(NotSeen.class)
          .isThrownBy(story::tell)
          .withMessage("Not seen within 1 s: pools and services are in sync.");
    }
  }
}
