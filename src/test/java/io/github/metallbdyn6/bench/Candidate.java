package io.github.metallbdyn6.bench;

import io.github.metallbdyn6.testbed.Launch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A way to start the program that is compared with others.
 *
 * @param name the column's title
 * @param launch the way
 * @param files what has to be on the disk for it
 */
record Candidate(String name, Launch launch, List<Path> files) {
  private static final Path RUNTIME = Path.of("target", "runtime");
  private static final Path JDK = Path.of(System.getProperty("java.home"));

  /**
   * The plain jar, the runtime if it was made, the last of these with more options if there are
   * any, and at the end another version.
   *
   * @param other the folder of its runtime, or its jar, beside or above which its routes are; may
   *     be empty
   */
  static List<Candidate> all(List<String> moreOptions, String other) {
    List<Candidate> all = new ArrayList<>();
    all.add(
        new Candidate(
            "java -jar",
            Launch.ofJar(),
            List.of(JDK, Path.of("target/lib"), Path.of("target/metallb-dyn6.jar"))));
    if (Files.isRegularFile(RUNTIME.resolve("java.options"))) {
      all.add(new Candidate("runtime", Launch.ofRuntime(RUNTIME), List.of(RUNTIME)));
    }
    if (!moreOptions.isEmpty()) {
      Candidate last = all.get(all.size() - 1);
      all.add(
          new Candidate(
              last.name + " " + String.join(" ", moreOptions),
              last.launch.with(moreOptions),
              last.files));
    }
    if (!other.isEmpty()) {
      all.add(other(Path.of(other).toAbsolutePath().normalize()));
    }
    return all;
  }

  private static Candidate other(Path path) {
    if (Files.isRegularFile(path.resolve("java.options"))) {
      return new Candidate(path.toString(), Launch.ofRuntime(path), List.of(path));
    }
    Path home =
        Stream.iterate(path.getParent(), Objects::nonNull, Path::getParent)
            .filter(folder -> Files.isDirectory(folder.resolve("routes")))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "bench.against: %s is no folder of a runtime, and no jar with a folder routes beside or above it"
                            .formatted(path)));
    return new Candidate(
        path.toString(),
        new Launch(Launch.ofJar().java(), path, home),
        List.of(JDK, path.resolveSibling("lib"), path));
  }

  /** Tells whether it runs with the options of the image, which fit into a pod's memory. */
  boolean fitsIntoPod() {
    return launch.java().stream().anyMatch(option -> option.startsWith("@"));
  }

  /** Returns the size on disk. */
  long megabytes() throws IOException {
    long bytes = 0;
    for (Path file : files) {
      try (Stream<Path> inside = Files.walk(file)) {
        bytes += inside.map(Path::toFile).mapToLong(java.io.File::length).sum();
      }
    }
    return bytes >> 20;
  }
}
