package io.github.metallbdyn6.telling;

import io.github.metallbdyn6.follower.FollowerFailed;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/**
 * A hidden file beside another one that takes its place in one step: a reader sees the text before
 * or the text after, and never a part of one.
 */
final class Replacement implements AutoCloseable {
  private static final String ENDING = ".renumbering";

  private final Path file;
  private final Path next;

  /** Something that writes the text. */
  interface Writing {
    /** Writes it. */
    Object to(OutputStream out) throws IOException;
  }

  private Replacement(Path file) {
    this.file = file;
    this.next = file.resolveSibling("." + file.getFileName() + ENDING);
  }

  /** Nothing is written yet. */
  static Replacement of(Path file) {
    return new Replacement(file);
  }

  /** Tells whether a file is one that a program was writing when it was killed. */
  static boolean isOfAKilledProgram(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.startsWith(".")
        && name.endsWith(ENDING)
        && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Writes the text, with the permissions and the owner of the file, and returns when the disk has
   * it.
   *
   * @throws FollowerFailed when the program cannot make a file of that owner
   */
  void writeAlike(Writing text) throws IOException {
    Files.copy(file, next, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
    PosixFileAttributes before = Files.readAttributes(file, PosixFileAttributes.class);
    requireOwnerOf(before);
    Set<PosixFilePermission> writable = EnumSet.of(PosixFilePermission.OWNER_WRITE);
    writable.addAll(before.permissions());
    Files.setPosixFilePermissions(next, writable);
    write(text);
    Files.setPosixFilePermissions(next, before.permissions());
  }

  private void requireOwnerOf(PosixFileAttributes before) throws IOException {
    PosixFileAttributes after = Files.readAttributes(next, PosixFileAttributes.class);
    if (!after.owner().equals(before.owner()) || !after.group().equals(before.group())) {
      throw new FollowerFailed(
          "it belongs to %s:%s, and a file of the program would belong to %s:%s; run the program as that user, or change the owner"
              .formatted(before.owner(), before.group(), after.owner(), after.group()));
    }
  }

  /** Writes the text to a file of the program's own, and returns when the disk has it. */
  void write(Writing text) throws IOException {
    try (FileChannel channel =
            FileChannel.open(
                next,
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING);
        OutputStream out = Channels.newOutputStream(channel)) {
      text.to(out);
      channel.force(true);
    }
  }

  /** Puts it in the file's place. */
  void put() throws IOException {
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Takes away what was not put in place. */
  @Override
  public void close() throws IOException {
    if (isOfAKilledProgram(next)) {
      Files.delete(next);
    }
  }
}
