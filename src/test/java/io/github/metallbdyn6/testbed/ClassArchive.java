package io.github.metallbdyn6.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An archive of the classes that a start loads; the first test that needs it makes it. */
final class ClassArchive {
  private static final Map<String, String> SETTINGS =
      Map.of("METALLB_DYN6_METALLB_POOL", "public", "METALLB_DYN6_HOST_RANGE", "::1000-::1999");

  private ClassArchive() {}

  /**
   * Returns the archive of this jar; another build's would not fit.
   *
   * @param options of the JVM
   */
  static synchronized Path of(Launch launch, List<String> options) {
    try {
      long built = Files.getLastModifiedTime(launch.jar()).toMillis();
      Path archive = launch.jar().resolveSibling("tests-%d.jsa".formatted(built));
      Path lock = launch.jar().resolveSibling("tests.jsa.lock");
      try (FileChannel channel =
              FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock turn = channel.lock()) {
        if (turn.isValid() && !Files.exists(archive)) {
          make(launch.with(options), archive);
        }
      }
      return archive;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void make(Launch launch, Path archive) throws IOException {
    Path part = archive.resolveSibling(archive.getFileName() + ".part");
    List<String> command = new ArrayList<>(launch.with(atExit(part)).command("--check"));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(launch.directory().toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().keySet().removeIf(name -> name.startsWith("METALLB_DYN6_"));
    builder.environment().putAll(SETTINGS);
    try {
      int status = builder.start().waitFor();
      if (status != 0) {
        throw new IllegalStateException("%s: exit status %d".formatted(command, status));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    Files.move(part, archive, StandardCopyOption.ATOMIC_MOVE);
  }

  private static List<String> atExit(Path archive) {
    return List.of("-XX:ArchiveClassesAtExit=" + archive);
  }
}
