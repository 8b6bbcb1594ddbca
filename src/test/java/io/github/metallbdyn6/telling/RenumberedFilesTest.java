package io.github.metallbdyn6.telling;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RenumberedFilesTest {
  private static final String A = "2001:db8:a::/64";
  private static final String B = "2001:db8:b::/64";
  private static final String C = "2001:db8:c::/64";

  @SuppressWarnings("NullAway.Init") // by JUnit
  @TempDir
  private Path folder;

  private final RenumberedFiles files = new RenumberedFiles();

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void renumbersFilesWithTheirBytesAndPermissions() throws IOException {
    byte[] bytes = "caf\u00e9 2001:db8:a::1\r\n".getBytes(StandardCharsets.ISO_8859_1);
    Path file = Files.write(folder.resolve("hosts"), bytes);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    files.follow(folder.toString(), B, A);

    assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
        .isEqualTo("caf\u00e9 2001:db8:b::1\r\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r-----");
    try (var all = Files.list(folder)) {
      assertThat(all)
          .extracting(it -> it.getFileName().toString())
          .containsExactlyInAnyOrder("hosts", ".renumbered-for");
    }
  }

  @Test
  void leavesFilesWithoutAHitHiddenOnesAndLinksAlone() throws IOException {
    Path other = file("other", "2001:db8:f::1");
    Files.setLastModifiedTime(other, FileTime.from(Instant.EPOCH));
    Path hidden = file(".hidden", "2001:db8:a::1");
    Path elsewhere = Files.createDirectory(folder.resolve("sub"));
    Path target = Files.writeString(elsewhere.resolve("target"), "2001:db8:a::1");
    Files.createSymbolicLink(folder.resolve("link"), target);
    files.follow(folder.toString(), B, A);

    assertThat(Files.getLastModifiedTime(other)).isEqualTo(FileTime.from(Instant.EPOCH));
    assertThat(hidden).hasContent("2001:db8:a::1");
    assertThat(target).hasContent("2001:db8:a::1");
  }

  @Test
  void followsFromThePrefixThatTheFolderWasWrittenFor() throws IOException {
    Path file = file("hosts", "2001:db8:a::1");
    files.follow(folder.toString(), A, null);
    assertThat(file).hasContent("2001:db8:a::1");
    files.follow(folder.toString(), C, B);
    assertThat(file).hasContent("2001:db8:c::1");
    files.follow(folder.toString(), C, B);
    assertThat(file).hasContent("2001:db8:c::1");
  }
}
