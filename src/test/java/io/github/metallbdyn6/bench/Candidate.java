package io.github.metallbdyn6.bench;

import io.github.metallbdyn6.testbed.Launch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

  /**
   * The plain jar, the runtime if it was made, and the last of these with more options if there are
   * any.
   */
  static List<Candidate> all(List<String> moreOptions) {
    List<Candidate> all = new ArrayList<>();
    Path jdk = Path.of(System.getProperty("java.home"));
    all.add(
        new Candidate(
            "java -jar",
            Launch.ofJar(),
            List.of(jdk, Path.of("target/lib"), Path.of("target/metallb-dyn6.jar"))));
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
    return all;
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
