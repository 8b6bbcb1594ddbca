package io.github.metallbdyn6.testbed;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A program of the system's that a test needs; where it is missing, CI fails and others skip. */
public final class InstalledProgram {
  /** Where daemons are, which is in no user's PATH. */
  private static final List<String> OF_DAEMONS = List.of("/usr/sbin", "/sbin", "/lib/systemd");

  private InstalledProgram() {}

  /**
   * Finds it.
   *
   * @param debianPackages what to install where it is missing
   */
  public static Path find(String program, String debianPackages) {
    return Stream.concat(
            Stream.of(System.getenv("PATH").split(File.pathSeparator)), OF_DAEMONS.stream())
        .map(folder -> Path.of(folder, program))
        .filter(file -> file.toFile().canExecute())
        .findFirst()
        .orElseThrow(
            () ->
                missing(
                    "%s is not installed; Debian: apt-get install %s"
                        .formatted(program, debianPackages)));
  }

  /** Ends the test, which cannot run without something that is missing. */
  static IllegalStateException missing(String message) {
    if ("true".equals(System.getenv("CI"))) {
      fail(message);
    }
    abort(message);
    return new IllegalStateException("aborted: " + message);
  }
}
