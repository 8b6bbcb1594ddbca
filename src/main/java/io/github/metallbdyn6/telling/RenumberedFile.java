package io.github.metallbdyn6.telling;

import io.github.metallbdyn6.follower.FollowerFailed;
import io.github.metallbdyn6.follower.Renumbering;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One file, which is replaced as a whole if it has an address to renumber. */
final class RenumberedFile {
  private static final Logger LOG = LoggerFactory.getLogger("metallb-dyn6");
  private static final int TRIES = 3;

  private final Path file;
  private final List<Renumbering> renumberings;
  private final Consumer<Path> beforeReplacing;

  /** As {@link RenumberedFiles}. */
  RenumberedFile(Path file, List<Renumbering> renumberings, Consumer<Path> beforeReplacing) {
    this.file = file;
    this.renumberings = renumberings;
    this.beforeReplacing = beforeReplacing;
  }

  /**
   * Renumbers it. A file that is no text is left alone, and the log says so.
   *
   * @throws IOException when it cannot be read or replaced
   * @throws FollowerFailed when another program keeps writing it, or owns it
   */
  void follow() throws IOException {
    for (int tries = 1; tries <= TRIES; tries++) {
      RenumberedText.Outcome outcome = copyTo(OutputStream.nullOutputStream());
      if (outcome == RenumberedText.Outcome.NO_TEXT) {
        LOG.warn("File {} is left alone: it is no text, as zero bytes or long lines show.", file);
      }
      if (outcome != RenumberedText.Outcome.CHANGED) {
        return;
      }
      if (isReplaced()) {
        LOG.info("Renumbered file {}.", file);
        return;
      }
    }
    throw new FollowerFailed("another program keeps writing it");
  }

  /** Another program may write it meanwhile: then its text counts, and is read again. */
  private boolean isReplaced() throws IOException {
    FileVersion read = FileVersion.of(file);
    try (Replacement next = Replacement.of(file)) {
      next.writeAlike(this::copyTo);
      beforeReplacing.accept(file);
      boolean unchanged = FileVersion.of(file).equals(read);
      if (unchanged) {
        next.put();
      }
      return unchanged;
    }
  }

  private RenumberedText.Outcome copyTo(OutputStream out) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new RenumberedText(renumberings).copy(in, out);
    }
  }
}
