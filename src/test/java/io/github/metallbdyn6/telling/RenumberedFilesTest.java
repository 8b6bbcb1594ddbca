package io.github.metallbdyn6.telling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.github.metallbdyn6.follower.FollowerFailed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RenumberedFilesTest {
  private static final String A = "2001:db8:a::/64";
  private static final String B = "2001:db8:b::/64";
  private static final String C = "2001:db8:c::/64";
  private static final int NOBODY = 65534;

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

  /** As after a kill between two files, or a file that could not be replaced. */
  @Test
  void followsFromAPrefixThatOnlySomeFilesHaveReached() throws IOException {
    Path first = file("first", "2001:db8:a::1");
    Path last = file("last", "2001:db8:a::1");
    files.follow(folder.toString(), A, null);
    Path obstacle = folder.resolve(".last.renumbering");
    Files.createDirectories(obstacle.resolve("x"));
    assertThatThrownBy(() -> files.follow(folder.toString(), B, A));
    assertThat(List.of(Files.readString(first), Files.readString(last)))
        .containsExactly("2001:db8:b::1", "2001:db8:a::1");
    Files.delete(obstacle.resolve("x"));
    Files.delete(obstacle);
    files.follow(folder.toString(), C, A);

    assertThat(first).hasContent("2001:db8:c::1");
    assertThat(last).hasContent("2001:db8:c::1");
    assertThat(folder.resolve(".renumbered-for")).hasContent(C);
  }

  @Test
  void renumbersTheOthersWhereOneCannotBeReplaced() throws IOException {
    file("first", "2001:db8:a::1");
    Path last = file("last", "2001:db8:a::1");
    Files.createDirectories(folder.resolve(".first.renumbering/x"));

    assertThatThrownBy(() -> files.follow(folder.toString(), B, A))
        .isInstanceOf(FollowerFailed.class)
        .hasMessageContaining("first");
    assertThat(last).hasContent("2001:db8:b::1");
  }

  @Test
  void takesAwayWhatAKilledProgramHasLeft() throws IOException {
    Path half = file(".hosts.renumbering", "2001:db8:");
    files.follow(folder.toString(), B, A);
    assertThat(half).doesNotExist();
  }

  private RenumberedFiles interruptedBy(Consumer<Path> another) {
    return new RenumberedFiles(another);
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A program that rewrites a file while it is renumbered does not lose its change. */
  @Test
  void renumbersWhatAnotherProgramHasWrittenMeanwhile() throws IOException {
    Path file = file("hosts", "2001:db8:a::1 one");
    interruptedBy(
            it -> {
              if (!Files.exists(folder.resolve("sub"))) {
                write(it, "2001:db8:a::2 two");
                write(folder.resolve("sub"), "");
              }
            })
        .follow(folder.toString(), B, A);
    assertThat(file).hasContent("2001:db8:b::2 two");
  }

  @Test
  void leavesAFileAloneThatAnotherProgramKeepsWriting() throws IOException {
    Path file = file("hosts", "2001:db8:a::1");
    assertThatThrownBy(
            () ->
                interruptedBy(it -> write(it, "2001:db8:a::1 " + System.nanoTime()))
                    .follow(folder.toString(), B, A))
        .isInstanceOf(FollowerFailed.class)
        .hasMessageContaining(file + ": another program keeps writing it");
    assertThat(Files.readString(file)).startsWith("2001:db8:a::1 ");
    assertThat(folder.resolve(".hosts.renumbering")).doesNotExist();
  }

  @Test
  void makesNoFileThatAnotherProgramHasRemovedMeanwhile() throws IOException {
    Path file = file("hosts", "2001:db8:a::1");
    interruptedBy(
            it -> {
              try {
                Files.delete(it);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            })
        .follow(folder.toString(), B, A);
    assertThat(file).doesNotExist();
    assertThat(folder.resolve(".renumbered-for")).hasContent(B);
  }

  /** A database would not be readable with an address of another length in it. */
  @Test
  void leavesAFileThatIsNoTextAlone() throws IOException {
    byte[] bytes = "\0\1 2001:db8:a::1 \u00ff".getBytes(StandardCharsets.ISO_8859_1);
    Path file = Files.write(folder.resolve("leases.db"), bytes);
    files.follow(folder.toString(), B, A);
    assertThat(file).hasBinaryContent(bytes);
  }

  @Test
  void keepsBytesThatAreNoUtf8() throws IOException {
    byte[] bytes = "\u00ff\u00fe\u00c3( 2001:db8:a::1".getBytes(StandardCharsets.ISO_8859_1);
    Path file = Files.write(folder.resolve("hosts"), bytes);
    files.follow(folder.toString(), B, A);
    assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
        .isEqualTo("\u00ff\u00fe\u00c3( 2001:db8:b::1");
  }

  /** As in an object of the cluster, whose text the program gets as characters. */
  @ParameterizedTest
  @ValueSource(strings = {"\u201c%s\u201d", "%s\u00a0web", "%s\u2026", "\u2192%s\u2190"})
  void findsAddressesBesideCharactersOfSeveralBytes(String text) throws IOException {
    Path file = file("hosts", text.formatted("2001:db8:a::1"));
    files.follow(folder.toString(), B, A);
    assertThat(file).hasContent(text.formatted("2001:db8:b::1"));
  }

  /** More than the program has memory for; no address is cut where a piece of it ends. */
  @Test
  void renumbersAFileOfAnyLength() throws IOException {
    String line = "2001:db8:a::1 nas.example.org\n";
    Path file = file("hosts", line.repeat(10_000) + "2001:db8:a::2");
    files.follow(folder.toString(), B, A);
    assertThat(Files.readString(file))
        .isEqualTo("2001:db8:b::1 nas.example.org\n".repeat(10_000) + "2001:db8:b::2");
  }

  @Test
  void leavesAFileWithoutBlanksAlone() throws IOException {
    String text = "2001:db8:a::1,".repeat(200_000);
    Path file = file("hosts", text);
    files.follow(folder.toString(), B, A);
    assertThat(file).hasContent(text);
  }

  @Test
  void followsALinkToTheFolder() throws IOException {
    Path real = Files.createDirectory(folder.resolve("real"));
    Path file = Files.writeString(real.resolve("hosts"), "2001:db8:a::1");
    Path link = Files.createSymbolicLink(folder.resolve("link"), real);
    files.follow(link.toString(), B, A);
    assertThat(file).hasContent("2001:db8:b::1");
  }

  @Test
  void saysThatThereIsNoFolder() {
    assertThatThrownBy(() -> files.follow(folder.resolve("none").toString(), B, A))
        .isInstanceOf(FollowerFailed.class)
        .hasMessage(
            "there is no folder %s: make or mount it, or correct METALLB_DYN6_RENUMBER_FILES",
            folder.resolve("none"));
  }

  @Test
  void saysThatAFileIsNoFolder() throws IOException {
    Path file = file("hosts", "2001:db8:a::1");
    assertThatThrownBy(() -> files.follow(file.toString(), B, A))
        .isInstanceOf(FollowerFailed.class)
        .hasMessage("%s is no folder: correct METALLB_DYN6_RENUMBER_FILES", file);
  }

  @Test
  void keepsTheOwner() throws IOException {
    Path file = file("hosts", "2001:db8:a::1");
    try {
      Files.setAttribute(file, "unix:uid", NOBODY);
    } catch (IOException e) {
      abort("only root gives files away: " + e);
    }
    files.follow(folder.toString(), B, A);
    assertThat(file).hasContent("2001:db8:b::1");
    assertThat(Files.getAttribute(file, "unix:uid")).isEqualTo(NOBODY);
  }

  @Test
  void saysThatAFileCannotBeRead() throws IOException {
    Path file = file("hosts", "2001:db8:a::1");
    Path other = file("other", "2001:db8:a::1");
    Files.setPosixFilePermissions(file, Set.of());
    assumeFalse(Files.isReadable(file), "root reads every file");
    assertThatThrownBy(() -> files.follow(folder.toString(), B, A))
        .isInstanceOf(FollowerFailed.class)
        .hasMessageStartingWith(file + ": access is denied; let the program's user ");
    assertThat(other).hasContent("2001:db8:b::1");
  }

  @Test
  void saysThatTheFolderCannotBeWritten() throws IOException {
    Path file = file("hosts", "2001:db8:a::1");
    Set<PosixFilePermission> before = Files.getPosixFilePermissions(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xr-xr-x"));
    try {
      assumeFalse(Files.isWritable(folder), "root writes everywhere");
      assertThatThrownBy(() -> files.follow(folder.toString(), B, A))
          .isInstanceOf(FollowerFailed.class)
          .hasMessageStartingWith("the folder %s: access is denied; ", folder);
    } finally {
      Files.setPosixFilePermissions(folder, before);
    }
    assertThat(file).hasContent("2001:db8:a::1");
  }
}
