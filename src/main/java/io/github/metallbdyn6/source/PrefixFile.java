package io.github.metallbdyn6.source;

import io.github.metallbdyn6.answer.RefusedAnswer;
import io.github.metallbdyn6.answer.RefusedAnswer.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.camel.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A file that a DHCPv6 client's hook writes: in each line a prefix and, if it likes, the preferred
 * and the valid lifetime in seconds, as of when the file was written.
 *
 * <p>What changes is found by reading it, which sees a file that is replaced, rewritten, linked
 * elsewhere, or not there yet, nor its folder; of what the kernel can tell, each needs another
 * watch.
 */
public final class PrefixFile {
  private static final String LIFETIME = "[0-9]{1,10}";

  /** The contents that a pass or a look has read last. */
  private @Nullable String seen;

  /**
   * Reads the prefixes, and leaves the lifetimes in the headers.
   *
   * @throws RefusedAnswer when there is no file, it is being written, or it is no such file
   * @throws IOException when it cannot be read
   */
  public synchronized String read(String file, @Headers Map<String, Object> headers)
      throws IOException {
    String text = textOf(file);
    if (!text.endsWith("\n")) {
      throw new RefusedAnswer(
          Reason.MALFORMED, "the last line of %s has no end; it is being written".formatted(file));
    }
    seen = text;
    Duration age =
        Duration.between(Files.getLastModifiedTime(Path.of(file)).toInstant(), Instant.now());
    List<Delegation> prefixes =
        text.lines()
            .map(line -> line.replaceFirst("#.*", "").strip())
            .filter(line -> !line.isEmpty())
            .map(line -> delegation(line, Math.max(0, age.toSeconds())))
            .toList();
    if (prefixes.isEmpty()) {
      throw new RefusedAnswer(Reason.EMPTY, "there is no prefix in " + file + lastComment(text));
    }
    return Delegation.answer(prefixes, headers);
  }

  /** A hook that knows that the prefix is gone says so in a comment. */
  private static String lastComment(String text) {
    return text.lines()
        .map(String::strip)
        .filter(line -> line.startsWith("#"))
        .reduce((before, line) -> line)
        .map(line -> " (%s)".formatted(line.substring(1).strip()))
        .orElse("");
  }

  /** Tells whether the file is another one now than it was when it was last read or looked at. */
  public synchronized boolean isChanged(String file) {
    try {
      String text = textOf(file);
      boolean changed = text.endsWith("\n") && !text.equals(seen);
      seen = changed ? text : seen;
      return changed;
    } catch (IOException | RefusedAnswer e) {
      return false; // the next pass says why
    }
  }

  private static String textOf(String file) throws IOException {
    try {
      return AnswerText.read(Files.newInputStream(Path.of(file)));
    } catch (NoSuchFileException e) {
      throw new RefusedAnswer(Reason.EMPTY, "there is no file " + file + " yet");
    }
  }

  private static Delegation delegation(String line, long age) {
    String[] words = line.split("\\s+", 0);
    if (words.length > 3) {
      throw new RefusedAnswer(
          Reason.MALFORMED, "more than a prefix and two lifetimes: '%s'".formatted(line));
    }
    return new Delegation(words[0], rest(words, 1, age), rest(words, 2, age));
  }

  /** The rest of a lifetime. */
  private static @Nullable Long rest(String[] words, int at, long age) {
    if (words.length <= at) {
      return null;
    }
    if (!words[at].matches(LIFETIME)) {
      throw new RefusedAnswer(
          Reason.MALFORMED, "'%s' is no lifetime, a number of seconds".formatted(words[at]));
    }
    return Math.max(0, Long.parseLong(words[at]) - age);
  }
}
