package io.github.metallbdyn6.testbed;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The real programs that tests run: etcd, kube-apiserver, MetalLB's controllers and Flux's build,
 * in folders {@code NAME-VERSION}, where {@code .ci/real-parts/build} puts them.
 */
public final class RealParts {
  /** Names the folder; without it: {@code ~/.cache/metallb-dyn6/real-parts}. */
  private static final String VARIABLE = "METALLB_DYN6_REAL_PARTS";

  private static final List<String> NEEDED =
      List.of("etcd-3.", "flux-", "kubernetes-1.", "metallb-0.13.", "metallb-0.15.", "monitoring-");

  private static final Duration LONGEST_BUILD = Duration.ofMinutes(30);

  private RealParts() {}

  /** Returns the file in the folder of the part whose name and version begin like this. */
  public static Path find(String part, String file) {
    return folder(part)
        .map(found -> found.resolve(file))
        .filter(Files::exists)
        .orElseThrow(
            () -> new IllegalStateException("no " + file + " of " + part + " in " + all()));
  }

  /** Returns the version of the part whose name and version begin like this. */
  public static String version(String part) {
    return folder(part)
        .map(found -> String.valueOf(found.getFileName()).replaceFirst(".*-", ""))
        .orElseThrow();
  }

  /**
   * Goes on if all parts are there. Otherwise the test is left out, in one line; with {@code
   * CI=true} it fails.
   */
  public static void require() {
    await().atMost(LONGEST_BUILD).until(() -> !isBeingBuilt());
    List<String> missing = missing();
    if (missing.isEmpty()) {
      return;
    }
    String line =
        "no real API server and MetalLB in %s (missing: %s); .ci/real-parts/build makes them with Go"
            .formatted(all(), String.join(", ", missing));
    if ("true".equals(System.getenv("CI"))) {
      fail(line);
    }
    abort(line);
  }

  private static List<String> missing() {
    return NEEDED.stream().filter(part -> folder(part).isEmpty()).toList();
  }

  /** Tells whether all parts are there. */
  public static boolean areThere() {
    return missing().isEmpty();
  }

  private static boolean isBeingBuilt() {
    try {
      long builder = Long.parseLong(Files.readString(all().resolve(".being-built")).strip());
      return ProcessHandle.of(builder).isPresent();
    } catch (IOException | NumberFormatException e) {
      return false; // nobody builds, or not any more
    }
  }

  private static Optional<Path> folder(String part) {
    if (!Files.isDirectory(all())) {
      return Optional.empty();
    }
    try (Stream<Path> folders = Files.list(all())) {
      return folders
          .filter(folder -> String.valueOf(folder.getFileName()).startsWith(part))
          .filter(folder -> !String.valueOf(folder.getFileName()).endsWith(".part"))
          .max(Comparator.naturalOrder());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path all() {
    String named = Objects.requireNonNullElse(System.getenv(VARIABLE), "");
    String cache = Objects.requireNonNullElse(System.getenv("XDG_CACHE_HOME"), "");
    Path home = Path.of(System.getProperty("user.home"), ".cache");
    return named.isEmpty()
        ? (cache.isEmpty() ? home : Path.of(cache)).resolve("metallb-dyn6/real-parts")
        : Path.of(named);
  }
}
