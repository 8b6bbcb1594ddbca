package io.github.metallbdyn6.telling;

import io.github.metallbdyn6.follower.Renumbering;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Renumbers a text of any length, in pieces that end behind a blank, which no address crosses: the
 * program has memory for a few megabytes.
 */
final class RenumberedText {
  private static final int PIECE = 1 << 16;
  private static final int LONGEST_PIECE = 1 << 18;

  /** The fate of a text. */
  enum Outcome {
    /** Nothing in it had to be renumbered. */
    SAME,
    /** An address is another one. */
    CHANGED,
    /** It has an address, but also zero bytes, or a quarter of a mebibyte without a blank. */
    NO_TEXT
  }

  private final List<Renumbering> renumberings;
  private boolean changed;
  private boolean hasZero;

  /** Renumbers by these, one after the other. */
  RenumberedText(List<Renumbering> renumberings) {
    this.renumberings = renumberings;
  }

  /**
   * Copies a text, once. What was copied is of use only if the text was changed.
   *
   * @throws IOException when it cannot be read or written
   * @throws IllegalArgumentException as {@link Renumbering#of}
   */
  Outcome copy(InputStream in, OutputStream out) throws IOException {
    byte[] rest = {};
    byte[] read = in.readNBytes(PIECE);
    while (read.length > 0) {
      byte[] both = joined(rest, read);
      int end = endOfPiece(both);
      if (both.length - end > LONGEST_PIECE) {
        return Outcome.NO_TEXT;
      }
      copy(Arrays.copyOf(both, end), out);
      rest = Arrays.copyOfRange(both, end, both.length);
      read = in.readNBytes(PIECE);
    }
    copy(rest, out);
    if (!changed) {
      return Outcome.SAME;
    }
    return hasZero ? Outcome.NO_TEXT : Outcome.CHANGED;
  }

  private static byte[] joined(byte[] one, byte[] other) {
    byte[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }

  private static int endOfPiece(byte[] text) {
    int end = text.length;
    while (end > 0 && !isBlank(text[end - 1])) {
      end--;
    }
    return end;
  }

  /** No byte of a longer character is one of these. */
  private static boolean isBlank(byte character) {
    return character == ' ' || character == '\n' || character == '\r' || character == '\t';
  }

  private void copy(byte[] piece, OutputStream out) throws IOException {
    Charset encoding = encodingOf(piece);
    String text = new String(piece, encoding);
    String now = text;
    for (Renumbering renumbering : renumberings) {
      now = renumbering.of(now);
    }
    changed |= !now.equals(text);
    hasZero |= text.indexOf('\0') >= 0;
    out.write(now.getBytes(encoding));
  }

  /** Where the bytes are no UTF-8, each is a character: none is lost. */
  private static Charset encodingOf(byte[] piece) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(piece));
      return StandardCharsets.UTF_8;
    } catch (CharacterCodingException e) {
      return StandardCharsets.ISO_8859_1;
    }
  }
}
