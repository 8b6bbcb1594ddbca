package io.github.metallbdyn6.telling;

import io.github.metallbdyn6.pass.Explanation;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Optional;

/** Says in a phrase why a file or its folder cannot be read or written, and what to do. */
final class FileFailure {
  private FileFailure() {}

  static String ofFolder(String folder, IOException failure) {
    if (failure instanceof NoSuchFileException) {
      return "there is no folder %s: make or mount it, or correct METALLB_DYN6_RENUMBER_FILES"
          .formatted(folder);
    }
    if (failure instanceof NotDirectoryException) {
      return "%s is no folder: correct METALLB_DYN6_RENUMBER_FILES".formatted(folder);
    }
    return "the folder %s: %s".formatted(folder, inWords(failure));
  }

  static String inWords(IOException failure) {
    if (failure instanceof AccessDeniedException) {
      return "access is denied; let the program's user read the files, and write into their folder";
    }
    String reason =
        failure instanceof FileSystemException file
            ? Optional.ofNullable(file.getReason()).orElseGet(() -> Explanation.nameOf(failure))
            : Explanation.nameOf(failure);
    return reason + adviceOn(reason);
  }

  /** By the words of the system. */
  private static String adviceOn(String reason) {
    if (reason.contains("Read-only")) {
      return "; mount it so that the program can write into it";
    }
    return reason.contains("No space") || reason.contains("quota")
        ? "; make room: each file is written anew before it is replaced"
        : "";
  }
}
