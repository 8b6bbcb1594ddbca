package io.github.metallbdyn6.telling;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The words of the system for a file that cannot be had, and the advice. */
class FileFailureTest {
  private static final String FILE = "/srv/hosts.d/hosts";

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(
            new AccessDeniedException(FILE),
            "access is denied; let the program's user read the files, and write into their folder"),
        Arguments.of(
            new FileSystemException(FILE, null, "Read-only file system"),
            "Read-only file system; mount it so that the program can write into it"),
        Arguments.of(
            new IOException("No space left on device"),
            "No space left on device; make room: each file is written anew before it is replaced"),
        Arguments.of(
            new FileSystemException(FILE, null, "Disk quota exceeded"),
            "Disk quota exceeded; make room: each file is written anew before it is replaced"),
        Arguments.of(new IOException("Input/output error"), "Input/output error"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void isInWords(IOException failure, String words) {
    assertThat(FileFailure.inWords(failure)).isEqualTo(words);
    assertThat(FileFailure.ofFolder("/srv/hosts.d", failure))
        .isEqualTo("the folder /srv/hosts.d: " + words);
  }
}
