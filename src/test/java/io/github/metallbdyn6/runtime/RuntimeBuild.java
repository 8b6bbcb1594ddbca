package io.github.metallbdyn6.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** {@code mvn -Pruntime package}: makes {@code target/runtime} from what the build has made. */
public final class RuntimeBuild {
  private static final Path TARGET = Path.of("target");
  private static final Path FOLDER = TARGET.resolve("runtime");

  /** With its time, by which the archive knows a jar. */
  private static final CopyOption AS_IT_IS = StandardCopyOption.COPY_ATTRIBUTES;

  private RuntimeBuild() {}

  /** Makes the folder anew, or ends with a stack trace that says why it cannot. */
  public static void main(String[] arguments) throws Exception {
    if (Files.exists(FOLDER)) {
      remove(FOLDER);
    }
    Files.createDirectories(FOLDER);
    copy();
    link(Modules.neededBy(jars()));
    strip(FOLDER.resolve("jre/lib/server/libjvm.so"));
    removeSymbolFiles();
    cutTimesToSeconds();
    Archive archive = new Archive(FOLDER);
    Training.run(archive.recording());
    archive.create();
    archive.check();
    System.exit(0);
  }

  private static void copy() throws IOException {
    Files.copy(TARGET.resolve("metallb-dyn6.jar"), FOLDER.resolve("metallb-dyn6.jar"), AS_IT_IS);
    Files.copy(Path.of("src/main/runtime/java.options"), FOLDER.resolve("java.options"));
    copyAll(TARGET.resolve("lib"), FOLDER.resolve("lib"), ".jar");
    copyAll(Path.of("routes"), FOLDER.resolve("routes"), ".camel.yaml");
  }

  private static void copyAll(Path from, Path to, String ending) throws IOException {
    Files.createDirectories(to);
    for (Path file : list(from)) {
      if (file.toString().endsWith(ending)) {
        Files.copy(file, to.resolve(file.getFileName()), AS_IT_IS);
      }
    }
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  /** Returns the program and its libraries. */
  static List<Path> jars() throws IOException {
    List<Path> jars = new ArrayList<>(list(FOLDER.resolve("lib")));
    jars.add(FOLDER.resolve("metallb-dyn6.jar"));
    return jars;
  }

  private static void link(Iterable<String> modules) {
    Modules.run(
        "jlink",
        List.of(
            "--add-modules",
            String.join(",", modules),
            "--strip-java-debug-attributes",
            "--no-header-files",
            "--no-man-pages",
            "--compress",
            Runtime.version().feature() < 21 ? "2" : "zip-6",
            "--output",
            FOLDER.resolve("jre").toString()));
  }

  /** Names of functions are a fifth of the JVM, and nothing loads them; jlink leaves them in. */
  private static void strip(Path library) throws InterruptedException {
    ProcessBuilder strip = new ProcessBuilder("strip", "--strip-unneeded", library.toString());
    try {
      int status = strip.inheritIO().start().waitFor();
      if (status != 0) {
        throw new IllegalStateException("strip: exit status " + status);
      }
    } catch (IOException e) {
      System.out.printf("%s keeps its symbols, as there is no binutils: %s%n", library, e);
    }
  }

  /** Debian's JDK has them, of hundreds of megabytes, and jlink takes them along. */
  private static void removeSymbolFiles() throws IOException {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      files.filter(file -> file.toString().endsWith(".debuginfo")).forEach(RuntimeBuild::delete);
    }
  }

  /** The archive knows files by their seconds, and Buildah rounds to the nearest one. */
  private static void cutTimesToSeconds() throws IOException {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        long seconds = Files.getLastModifiedTime(file).to(TimeUnit.SECONDS);
        Files.setLastModifiedTime(file, FileTime.from(seconds, TimeUnit.SECONDS));
      }
    }
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(RuntimeBuild::delete);
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
