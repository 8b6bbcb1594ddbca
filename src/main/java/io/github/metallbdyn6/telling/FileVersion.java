package io.github.metallbdyn6.telling;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;

/**
 * By what it is known whether another program has written a file: its time alone would miss a
 * second change within the same few milliseconds.
 */
record FileVersion(
    String digest,
    String place,
    FileTime time,
    String owner,
    String group,
    Set<PosixFilePermission> permissions) {

  /** The attributes are read last, so that a change while the file is read shows. */
  static FileVersion of(Path file) throws IOException {
    String digest = digestOf(file);
    PosixFileAttributes is = Files.readAttributes(file, PosixFileAttributes.class);
    return new FileVersion(
        digest,
        String.valueOf(is.fileKey()),
        is.lastModifiedTime(),
        is.owner().getName(),
        is.group().getName(),
        is.permissions());
  }

  private static String digestOf(Path file) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has it", e);
    }
    try (InputStream in = Files.newInputStream(file)) {
      in.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
