package io.github.metallbdyn6.telling;

import io.github.metallbdyn6.follower.Renumbering;
import io.github.metallbdyn6.ipv6.Ipv6Prefix;
import io.github.metallbdyn6.ipv6.PrefixChange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renumbers the files of a folder. The folder keeps the prefix that its files were written for, so
 * that they still follow after changes that they missed.
 */
public final class RenumberedFiles {
  private static final Logger LOG = LoggerFactory.getLogger("metallb-dyn6");
  private static final String WRITTEN_FOR = ".renumbered-for";
  private static final String NEXT = ".renumbering";

  /**
   * Renumbers each file that has an address to renumber, and puts it in its place whole.
   *
   * @param previous the prefix before; null or empty if it is not known
   * @throws IOException when a file cannot be read or replaced; the others are done
   */
  public void follow(String folder, String prefix, @Nullable String previous) throws IOException {
    Path files = Path.of(folder);
    Ipv6Prefix now = Ipv6Prefix.parse(prefix);
    List<Renumbering> renumberings =
        Stream.of(
                writtenFor(files), Optional.ofNullable(previous).flatMap(Ipv6Prefix::parseLoosely))
            .flatMap(Optional::stream)
            .distinct()
            .map(before -> new Renumbering(new PrefixChange(before, now)))
            .toList();
    for (Path file : filesOf(files)) {
      renumber(file, renumberings);
    }
    replace(files.resolve(WRITTEN_FOR), now + "\n");
  }

  private static Optional<Ipv6Prefix> writtenFor(Path folder) throws IOException {
    Path record = folder.resolve(WRITTEN_FOR);
    return Files.exists(record)
        ? Ipv6Prefix.parseLoosely(Files.readString(record).strip())
        : Optional.empty();
  }

  private static List<Path> filesOf(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder)) {
      for (Path file : found) {
        boolean hidden = String.valueOf(file.getFileName()).startsWith(".");
        if (!hidden && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          files.add(file);
        }
      }
    }
    return files;
  }

  /** A byte for each character, whatever the encoding: none is lost. */
  private static void renumber(Path file, List<Renumbering> renumberings) throws IOException {
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    String changed = text;
    for (Renumbering renumbering : renumberings) {
      changed = renumbering.of(changed);
    }
    if (!changed.equals(text)) {
      replace(file, changed);
      LOG.info("Renumbered file {}.", file);
    }
  }

  private static void replace(Path file, String text) throws IOException {
    Path next = file.resolveSibling("." + file.getFileName() + NEXT);
    if (Files.exists(file)) {
      Files.copy(
          file, next, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
    }
    Files.writeString(next, text, StandardCharsets.ISO_8859_1);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
