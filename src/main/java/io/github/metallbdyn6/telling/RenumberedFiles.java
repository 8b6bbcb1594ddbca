package io.github.metallbdyn6.telling;

import io.github.metallbdyn6.follower.FollowerFailed;
import io.github.metallbdyn6.follower.Renumbering;
import io.github.metallbdyn6.ipv6.Ipv6Prefix;
import io.github.metallbdyn6.ipv6.PrefixChange;
import io.github.metallbdyn6.text.FirstFew;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Renumbers the files of a folder. The folder keeps the prefixes that its files may be written for,
 * so that they still follow after changes that they missed.
 */
public final class RenumberedFiles {
  private final Consumer<Path> beforeReplacing;

  /** Nothing is read yet. */
  public RenumberedFiles() {
    this(file -> {});
  }

  /**
   * Nothing is read yet.
   *
   * @param beforeReplacing is told of each file when its new text is written, and not yet in its
   *     place
   */
  RenumberedFiles(Consumer<Path> beforeReplacing) {
    this.beforeReplacing = beforeReplacing;
  }

  /**
   * Renumbers each file that has an address to renumber, and puts it in its place whole. One that
   * cannot be replaced keeps no other one waiting.
   *
   * @param previous the prefix before; null or empty if it is not known
   * @throws FollowerFailed when a file has not followed
   * @throws ClosedByInterruptException when the thread is interrupted
   */
  public void follow(String folder, String prefix, @Nullable String previous)
      throws ClosedByInterruptException {
    try {
      follow(Path.of(folder), Ipv6Prefix.parse(prefix), previous);
    } catch (ClosedByInterruptException e) {
      throw e;
    } catch (IOException e) {
      throw new FollowerFailed(FileFailure.ofFolder(folder, e));
    }
  }

  private void follow(Path folder, Ipv6Prefix now, @Nullable String previous) throws IOException {
    List<Path> files = filesOf(folder);
    FolderRecord record = FolderRecord.in(folder);
    List<Renumbering> renumberings =
        record.begin(now, Optional.ofNullable(previous).flatMap(Ipv6Prefix::parseLoosely)).stream()
            .map(before -> new Renumbering(new PrefixChange(before, now)))
            .toList();
    List<String> left = new ArrayList<>();
    for (Path file : files) {
      renumber(file, renumberings, left);
    }
    if (!left.isEmpty()) {
      throw new FollowerFailed(FirstFew.ofPhrases(left));
    }
    record.end(now);
  }

  private static List<Path> filesOf(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder)) {
      for (Path file : found) {
        if (Replacement.isOfAKilledProgram(file)) {
          Files.delete(file);
        } else if (!isHidden(file) && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          files.add(file);
        }
      }
    }
    return files;
  }

  private static boolean isHidden(Path file) {
    return String.valueOf(file.getFileName()).startsWith(".");
  }

  private void renumber(Path file, List<Renumbering> renumberings, List<String> left)
      throws ClosedByInterruptException {
    try {
      new RenumberedFile(file, renumberings, beforeReplacing).follow();
    } catch (ClosedByInterruptException e) {
      throw e;
    } catch (IOException e) {
      if (Files.exists(file)) { // another program has not removed it
        left.add("%s: %s".formatted(file, FileFailure.inWords(e)));
      }
    } catch (FollowerFailed | IllegalArgumentException e) {
      left.add("%s: %s".formatted(file, e.getMessage()));
    }
  }
}
