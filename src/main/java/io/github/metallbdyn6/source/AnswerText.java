package io.github.metallbdyn6.source;

import io.github.metallbdyn6.answer.RefusedAnswer;
import io.github.metallbdyn6.answer.RefusedAnswer.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.apache.hc.core5.http.io.EofSensorInputStream;
import org.jspecify.annotations.Nullable;

/** Reads what a source sends, and no more of it than an answer can be. */
public final class AnswerText {

  /** In bytes. The longest real answer, with its AS and city names, has less than a tenth. */
  static final int LONGEST = 4096;

  /** In bytes. More than a router with a hundred interfaces says of them. */
  private static final int LONGEST_AT_ALL = 1 << 20;

  private AnswerText() {}

  /**
   * Reads the answer as UTF-8 text.
   *
   * @throws RefusedAnswer when it is not UTF-8, empty, or longer than 4 KiB as a block page is
   * @throws IOException when the connection breaks
   */
  public static String read(@Nullable InputStream answer) throws IOException {
    return read(answer, null);
  }

  /**
   * Reads the answer of somebody who has more to say than his address, a router for example.
   *
   * @param longest how many bytes it may have, at most 1 MiB; null for 4 KiB
   * @throws RefusedAnswer when it is not UTF-8, empty, or longer
   * @throws IOException when the connection breaks
   */
  public static String read(@Nullable InputStream answer, @Nullable Integer longest)
      throws IOException {
    if (answer == null) {
      throw new RefusedAnswer(Reason.EMPTY, "there is no answer");
    }
    int limit = longest == null ? LONGEST : Math.min(longest, LONGEST_AT_ALL);
    try (answer) {
      byte[] bytes = answer.readNBytes(limit + 1);
      if (bytes.length > limit) {
        hangUp(answer);
        throw new RefusedAnswer(Reason.TOO_LONG, "longer than " + limit + " bytes");
      }
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      if (text.isBlank()) {
        throw new RefusedAnswer(Reason.EMPTY, "the answer is empty");
      }
      return text;
    } catch (CharacterCodingException e) {
      throw new RefusedAnswer(Reason.MALFORMED, "the answer is not UTF-8");
    }
  }

  /** To close such a stream would first read it to its end, which may never come. */
  private static void hangUp(InputStream answer) throws IOException {
    if (answer instanceof EofSensorInputStream stream) {
      stream.abort();
    }
  }
}
