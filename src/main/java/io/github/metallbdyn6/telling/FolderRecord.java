package io.github.metallbdyn6.telling;

import io.github.metallbdyn6.ipv6.Ipv6Prefix;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The prefixes that the files of a folder may be written for, one in each line, the newest last:
 * after a kill, or where a file cannot be replaced, some files have followed and others have not.
 */
final class FolderRecord {
  private static final String NAME = ".renumbered-for";

  /** Each costs a look at every text. */
  private static final int MOST = 50;

  private final Path file;
  private final List<Ipv6Prefix> prefixes;
  private String text;

  private FolderRecord(Path file, String text) {
    this.file = file;
    this.text = text;
    this.prefixes = text.lines().flatMap(line -> Ipv6Prefix.parseLoosely(line).stream()).toList();
  }

  /** Reads it. */
  static FolderRecord in(Path folder) throws IOException {
    Path file = folder.resolve(NAME);
    return new FolderRecord(file, Files.exists(file) ? Files.readString(file) : "");
  }

  /**
   * Writes down that files begin to follow this prefix.
   *
   * @param previous the prefix before, for a folder that says none
   * @return the prefixes that they may be written for, without that one
   */
  List<Ipv6Prefix> begin(Ipv6Prefix now, Optional<Ipv6Prefix> previous) throws IOException {
    List<Ipv6Prefix> before =
        Stream.concat(prefixes.stream(), previous.stream())
            .filter(prefix -> !prefix.equals(now))
            .distinct()
            .toList();
    List<Ipv6Prefix> newest = before.subList(Math.max(0, before.size() - MOST), before.size());
    write(Stream.concat(newest.stream(), Stream.of(now)));
    return newest;
  }

  /** Writes down that all files have followed this prefix. */
  void end(Ipv6Prefix now) throws IOException {
    write(Stream.of(now));
  }

  private void write(Stream<Ipv6Prefix> all) throws IOException {
    String next = all.map(prefix -> prefix + "\n").collect(Collectors.joining());
    if (next.equals(text)) {
      return;
    }
    try (Replacement replacement = Replacement.of(file)) {
      replacement.write(
          out -> {
            out.write(next.getBytes(StandardCharsets.US_ASCII));
            return next;
          });
      replacement.put();
    }
    text = next;
  }
}
