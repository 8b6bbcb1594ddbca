package io.github.metallbdyn6.runtime;

import io.github.metallbdyn6.Application;
import io.github.metallbdyn6.testbed.Launch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The classes as they are in memory after a start (an AOT cache from JDK 25 on, an AppCDS archive
 * before). It lies where the JVM looks for its own archive, beside {@code libjvm.so}, and takes its
 * place: so no option has to name it, and the folder can be moved.
 */
final class Archive {
  private static final boolean AOT = Runtime.version().feature() >= 25;

  /** Creating it takes more memory than the program has. */
  private static final String HEAP = "-Xmx512m";

  /** The JVM has another one for each layout of its objects. */
  private static final String FILE = AOT ? "classes_coh.jsa" : "classes.jsa";

  private final Launch launch;
  private final Path file;
  private final Path notes;

  Archive(Path folder) throws IOException {
    launch = Launch.ofRuntime(folder);
    file = folder.resolve("jre/lib/server").resolve(FILE).toAbsolutePath();
    notes = Files.createTempFile("metallb-dyn6", ".classes");
  }

  /** The launch that writes down what is loaded; how methods behave only C2 would want to know. */
  Launch recording() {
    return launch.with(
        AOT
            ? List.of(
                "-XX:AOTMode=record", "-XX:AOTConfiguration=" + notes, "-XX:-AOTRecordTraining")
            : List.of("-Xshare:off", "-XX:DumpLoadedClassList=" + notes));
  }

  /** Makes the archive from what was written down. */
  void create() throws IOException, InterruptedException {
    List<String> options =
        AOT
            ? List.of(
                HEAP, "-XX:AOTMode=create", "-XX:AOTConfiguration=" + notes, "-XX:AOTCache=" + file)
            : List.of(
                HEAP,
                "-Xshare:dump",
                "-XX:SharedClassListFile=" + notes,
                "-XX:SharedArchiveFile=" + file);
    run(launch.with(options), "");
    Files.delete(notes);
  }

  /**
   * Makes sure that the program's classes come from the archive.
   *
   * @throws IllegalStateException when they do not
   */
  void check() throws IOException, InterruptedException {
    run(
        launch.with(List.of("-Xshare:on", "-Xlog:class+load")),
        Application.class.getName() + " source: shared objects file");
  }

  private static void run(Launch launch, String expected) throws IOException, InterruptedException {
    List<String> command = launch.command("--version");
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0 || !output.contains(expected)) {
      throw new IllegalStateException("%s: %s".formatted(command, lastLines(output)));
    }
  }

  private static String lastLines(String output) {
    List<String> lines = output.lines().toList();
    Stream<String> last = lines.stream().skip(Math.max(0, lines.size() - 20));
    return String.join("\n", last.toList());
  }
}
