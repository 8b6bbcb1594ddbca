package io.github.metallbdyn6.github;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts in {@code .github/release}, which a release consists of. */
class ReleaseFilesTest {
  private static final Path SCRIPTS = Path.of(".github", "release").toAbsolutePath();
  private static final List<String> LIBRARIES = List.of("b.jar", "a.jar", "c.jar");

  @TempDir Path folder;

  private String run(Path where, String... command) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(where.toFile()).redirectErrorStream(true);
    builder.environment().put("HOME", folder.resolve("nobody").toString());
    builder.environment().put("LC_ALL", "C");
    String java = System.getProperty("java.home");
    builder.environment().merge("PATH", java + "/bin", (path, bin) -> bin + ":" + path);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("%s: %s", List.of(command), output).isZero();
    return output;
  }

  /** The files that Maven leaves, in this order and at this time. */
  private Path built(String name, List<String> libraries, Instant time) throws IOException {
    Path target = folder.resolve(name);
    Files.createDirectories(target.resolve("lib"));
    write(target.resolve("metallb-dyn6.jar"), time);
    for (String library : libraries) {
      write(target.resolve("lib").resolve(library), time);
    }
    return target;
  }

  private static void write(Path file, Instant time) throws IOException {
    Files.writeString(file, "the content of " + file.getFileName());
    Files.setLastModifiedTime(file, FileTime.from(time));
  }

  private Path pack(String kind, String version, Path from, String out) throws Exception {
    Path files = folder.resolve(out);
    run(
        folder,
        SCRIPTS.resolve("pack").toString(),
        kind,
        version,
        from.toString(),
        files.toString());
    try (Stream<Path> made = Files.list(files)) {
      return made.reduce((one, other) -> other).orElseThrow();
    }
  }

  @Test
  void aZipDependsOnNoTimeAndNoOrder() throws Exception {
    Path first = built("first", LIBRARIES, Instant.parse("2026-01-01T00:00:00Z"));
    Path second =
        built(
            "second", LIBRARIES.stream().sorted().toList(), Instant.parse("2026-07-01T12:34:56Z"));

    Path zip = pack("zip", "1.2.3", first, "one");

    assertThat(zip).hasFileName("metallb-dyn6-1.2.3.zip");
    assertThat(pack("zip", "1.2.3", second, "other")).hasSameBinaryContentAs(zip);
  }

  @Test
  void aZipHasTheJarItsLibrariesAndTheRoutes() throws Exception {
    Path zip = pack("zip", "1.2.3", built("first", LIBRARIES, Instant.EPOCH), "one");

    try (ZipFile file = new ZipFile(zip.toFile());
        InputStream jar =
            file.getInputStream(file.getEntry("metallb-dyn6-1.2.3/metallb-dyn6.jar"))) {
      assertThat(new String(jar.readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo("the content of metallb-dyn6.jar");
      assertThat(file.stream().map(Object::toString))
          .contains(
              "metallb-dyn6-1.2.3/lib/a.jar", "metallb-dyn6-1.2.3/routes/0-run-pass.camel.yaml")
          .isSorted()
          .noneMatch(name -> name.contains("META-INF"));
    }
  }

  /** The archive of classes is used only while the jars have their times. */
  @Test
  void anArchiveOfTheRuntimeKeepsTheTimesOfItsFiles() throws Exception {
    Instant time = Instant.parse("2026-01-01T12:34:56Z");
    Path runtime = built("runtime", LIBRARIES, time);

    Path archive = pack("runtime", "1.2.3-arm64", runtime, "one");

    assertThat(archive).hasFileName("metallb-dyn6-1.2.3-arm64.tar.gz");
    assertThat(pack("runtime", "1.2.3-arm64", runtime, "other")).hasSameBinaryContentAs(archive);
    run(folder, "tar", "-xzf", archive.toString());
    assertThat(Files.getLastModifiedTime(folder.resolve("metallb-dyn6-1.2.3-arm64/lib/b.jar")))
        .isEqualTo(FileTime.from(time));
  }

  private void commit(String... paragraphs) throws Exception {
    Stream<String> messages = Stream.of(paragraphs).flatMap(it -> Stream.of("-m", it));
    git(Stream.concat(Stream.of("commit", "-q", "--allow-empty"), messages));
  }

  private void git(Stream<String> words) throws Exception {
    Stream<String> git =
        Stream.of("git", "-c", "user.name=somebody", "-c", "user.email=somebody@example.org");
    String unused = run(folder, Stream.concat(git, words).toArray(String[]::new));
  }

  @Test
  void notesTellEachCommitSinceTheLastReleaseByWhatItIs() throws Exception {
    git(Stream.of("init", "-q"));
    commit("feat: what the last release had");
    git(Stream.of("tag", "v1.0.0"));
    commit("feat(push): a new port");
    commit("fix: a mistake: with a colon, and `code`");
    commit("perf: less memory");
    commit("feat!: other names");
    commit("fix(log): another format", "BREAKING CHANGE: the log has other names");
    commit("docs: nobody needs to know");
    commit("no conventional commit");
    git(Stream.of("tag", "v1.1.0"));
    commit("feat: of the next release");

    assertThat(run(folder, SCRIPTS.resolve("notes").toString(), "v1.1.0"))
        .containsSubsequence(
            "## You have to look at\n\n",
            "- other names (",
            "- **log**: another format (",
            "## New\n\n",
            "- **push**: a new port (",
            "## Mended\n\n",
            "- a mistake: with a colon, and `code` (",
            "## Faster or smaller\n\n",
            "- less memory (",
            "git log v1.0.0..v1.1.0")
        .doesNotContain("last release had", "nobody needs", "no conventional", "of the next");
  }

  @Test
  void notesOfTheFirstReleaseTellEverything() throws Exception {
    git(Stream.of("init", "-q"));
    commit("feat: the beginning");
    git(Stream.of("tag", "v1.0.0"));

    assertThat(run(folder, SCRIPTS.resolve("notes").toString(), "v1.0.0"))
        .contains("## New\n\n- the beginning (")
        .doesNotContain("## Mended", "git log");
  }
}
