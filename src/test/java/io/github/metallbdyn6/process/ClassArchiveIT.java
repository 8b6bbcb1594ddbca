package io.github.metallbdyn6.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.metallbdyn6.Application;
import io.github.metallbdyn6.testbed.Launch;
import io.github.metallbdyn6.testbed.Manual;
import io.github.metallbdyn6.testbed.ProgramProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The archive of classes that a user of the jar can make, by the lines of the manual. */
class ClassArchiveIT extends AtHome {
  private static final int FIRST_THAT_RENEWS = 19;

  /** On a busy machine the archive takes half a minute. */
  private static final Duration LONGEST_WRITE = Duration.ofMinutes(3);

  @Test
  void takesClassesFromTheArchiveThatTheFirstLineMakes() throws Exception {
    Path archive = folder.resolve("metallb-dyn6.jsa");
    runUntilStopped(option("-XX:ArchiveClassesAtExit=", archive));
    assertThat(archive).exists();

    assertThat(loadedWith(List.of(option("-XX:SharedArchiveFile=", archive))))
        .contains(Application.class.getName() + " source: shared objects file (top)");
  }

  @Test
  void makesAndUsesTheArchiveByOneLineFromJdk19On() throws Exception {
    assumeTrue(Runtime.version().feature() >= FIRST_THAT_RENEWS, "the JDK is older");
    Path archive = folder.resolve("metallb-dyn6.jsa");
    List<String> options =
        List.of("-XX:+AutoCreateSharedArchive", option("-XX:SharedArchiveFile=", archive));
    runUntilStopped(options.toArray(String[]::new));
    assertThat(archive).exists();

    assertThat(loadedWith(options))
        .contains(Application.class.getName() + " source: shared objects file (top)");
  }

  /** The option as the manual has it, for another file. */
  private static String option(String name, Path archive) throws IOException {
    assertThat(Manual.page("install"))
        .contains(name + "target/metallb-dyn6.jsa -jar target/metallb-dyn6.jar");
    return name + archive;
  }

  private void runUntilStopped(String... options) throws Exception {
    try (ProgramProcess program =
        ProgramProcess.start(Launch.ofJar().with(List.of(options)), environment)) {
      awaitFollowed();
      program.terminate();
      await().atMost(LONGEST_WRITE).until(() -> !program.isRunning());
      assertThat(program.exitStatus()).as(program.output()).isZero();
    }
  }

  private String loadedWith(List<String> options) throws Exception {
    Path loaded = folder.resolve("loaded");
    Launch launch = Launch.ofJar().with(options).with(List.of("-Xlog:class+load:file=" + loaded));
    try (ProgramProcess program = ProgramProcess.start(launch, environment)) {
      int asked = home.isp().timesAsked();
      await().atMost(PATIENCE).until(() -> home.isp().timesAsked() > asked);
      assertThat(program.isRunning()).as(program.output()).isTrue();
      return Files.readString(loaded);
    }
  }
}
