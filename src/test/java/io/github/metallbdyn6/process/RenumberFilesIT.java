package io.github.metallbdyn6.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.metallbdyn6.follower.FollowerRecord;
import io.github.metallbdyn6.testbed.Fault;
import io.github.metallbdyn6.testbed.Launch;
import io.github.metallbdyn6.testbed.ProgramProcess;
import io.github.metallbdyn6.testbed.TestCluster;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The jar renumbers files, is killed around each write, and meets what disks do. */
class RenumberFilesIT extends AtHome {
  /** Long enough for an instant while one is written. */
  private static final int LINES = 30_000;

  private static final List<String> NAMES = List.of("first", "second", "third");
  private static final String BEFORE = "2001:db8:a";
  private static final String AFTER = "2001:db8:b";
  private static final String NEXT = "2001:db8:c";

  private Path files;

  /** An instant of the follower's work. */
  enum Instant {
    WHILE_A_FILE_IS_WRITTEN {
      @Override
      boolean hasCome(RenumberFilesIT it) {
        return NAMES.stream()
            .anyMatch(name -> Files.exists(it.files.resolve("." + name + ".renumbering")));
      }
    },
    BETWEEN_TWO_FILES {
      @Override
      boolean hasCome(RenumberFilesIT it) {
        return NAMES.stream().anyMatch(name -> it.prefixOf(name).equals(AFTER));
      }
    },
    BEFORE_THE_POOL_SAYS_SO {
      @Override
      boolean hasCome(RenumberFilesIT it) {
        return it.home.cluster().api().struck() > 0;
      }
    };

    abstract boolean hasCome(RenumberFilesIT it);
  }

  @BeforeEach
  void writeFiles() throws IOException {
    files = Files.createDirectory(folder.resolve("hosts.d"));
    Files.writeString(files.resolve(".renumbered-for"), "2001:db8:a::/64\n");
    for (String name : NAMES) {
      write(name, BEFORE);
    }
    home.cluster()
        .annotate(TestCluster.POOL, FollowerRecord.TOLD, told(BEFORE) + "2026-11-22T18:51:07Z");
    environment.put("METALLB_DYN6_FOLLOWERS", "renumber-files");
    environment.put("METALLB_DYN6_RENUMBER_FILES", files.toString());
    environment.put("METALLB_DYN6_MAX_CHANGES_PER_HOUR", "0");
  }

  private static String text(String name, String prefix) {
    return "%s::1 %s\n".formatted(prefix, name).repeat(LINES);
  }

  private void write(String name, String prefix) throws IOException {
    Path file = Files.writeString(files.resolve(name), text(name, prefix));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r-----"));
  }

  /** Returns what the file begins with. */
  private String prefixOf(String name) {
    try (InputStream in = Files.newInputStream(files.resolve(name))) {
      return new String(in.readNBytes(BEFORE.length()), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void assertWhole(String name, String prefix) throws IOException {
    assertThat(Files.readString(files.resolve(name))).isEqualTo(text(name, prefix));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files.resolve(name))))
        .isEqualTo("r--r-----");
  }

  private static String told(String prefix) {
    return "renumber-files=%s::/64@".formatted(prefix);
  }

  private void awaitTold(String prefix) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(home.cluster().annotations().getOrDefault(FollowerRecord.TOLD, ""))
                    .startsWith(told(prefix)));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(it -> it.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @EnumSource
  void areWholeAfterAKillAndFollowWithTheNextProgram(Instant instant) throws Exception {
    home.cluster().api().strike(call -> call.body().contains(FollowerRecord.TOLD), Fault.TIMEOUT);
    try (ProgramProcess victim = ProgramProcess.start(environment)) {
      await()
          .atMost(PATIENCE)
          .pollInterval(1, TimeUnit.MILLISECONDS)
          .pollDelay(Duration.ZERO)
          .until(() -> instant.hasCome(this));
      victim.kill();
      assertThat(victim.exitStatus()).isEqualTo(128 + 9);
    }
    for (String name : NAMES) {
      assertThat(prefixOf(name)).isIn(BEFORE, AFTER);
      assertWhole(name, prefixOf(name));
    }
    assertThat(home.cluster().annotations().get(FollowerRecord.TOLD)).startsWith(told(BEFORE));

    home.cluster().api().heal();
    home.isp().givesAddress("2001:db8:c::5c1e:3");
    try (ProgramProcess successor = ProgramProcess.start(environment)) {
      awaitTold(NEXT);
      assertThat(successor.isRunning()).isTrue();
    }
    for (String name : NAMES) {
      assertWhole(name, NEXT);
    }
    assertThat(names(files)).containsExactly(".renumbered-for", "first", "second", "third");
  }

  /** With the memory of a pod, whose JVM ends where the memory does. */
  @Test
  void mayBeLargerThanTheMemoryOfThePod() throws Exception {
    String line = "192.0.2.1 some.blocked.host.example\n";
    Path file = files.resolve("long");
    Files.writeString(file, line.repeat(700_000) + "2001:db8:a::2 long\n");
    long length = Files.size(file);
    try (ProgramProcess program = ProgramProcess.start(Launch.asInPod(), environment)) {
      awaitTold(AFTER);
      assertThat(program.isRunning()).as(program::output).isTrue();
    }
    assertThat(Files.size(file)).isEqualTo(length);
    try (Stream<String> lines = Files.lines(file)) {
      assertThat(lines.skip(700_000)).containsExactly("2001:db8:b::2 long");
    }
  }

  /** A full disk is not to be had everywhere, but a limit is: the system refuses to write more. */
  @Test
  void stayAsTheyAreWhileTheDiskTakesNoMore() throws Exception {
    String text = text("third", BEFORE).repeat(2);
    Path third = files.resolve("third");
    Files.delete(third);
    Files.writeString(third, text);
    Launch limited =
        new Launch(
            Stream.concat(
                    Stream.of("bash", "-c", "ulimit -Sf 1024; exec \"$@\"", "limited"),
                    Launch.ofJar().java().stream())
                .toList(),
            Launch.ofJar().jar(),
            Launch.ofJar().directory());
    try (ProgramProcess program = ProgramProcess.start(limited, environment)) {
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(program.output())
                      .contains(
                          "Follower renumber-files has failed: %s: File too large; the pool is right"
                              .formatted(third)));
      awaitFollowed();
      assertWhole("first", AFTER);
      assertWhole("second", AFTER);
      assertThat(Files.readString(third)).isEqualTo(text);
      assertThat(names(files)).doesNotContain(".third.renumbering");
      new ProcessBuilder("prlimit", "--fsize=unlimited", "--pid", String.valueOf(program.pid()))
          .start()
          .waitFor();
      awaitTold(AFTER);
    }
    assertThat(prefixOf("third")).isEqualTo(AFTER);
  }
}
