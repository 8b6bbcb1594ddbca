package io.github.metallbdyn6.kubernetes;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Passes JSON on, and of every text in it no more than the first bytes. Others write megabytes into
 * an object; a parser that meets one keeps the whole of it at once.
 *
 * <p>A text is cut between two characters, never inside one of them or inside an escape.
 */
final class ShortTexts extends FilterInputStream {
  private static final int UNICODE_DIGITS = 4;

  private final int longest;
  private long bytes;
  private boolean inText;
  private int length;

  /** How many bytes of an escape are still to come. */
  private int escape;

  private boolean dropping;

  /**
   * Reads from this stream.
   *
   * @param longest the length of a text that is passed on whole, in bytes
   */
  ShortTexts(InputStream json, int longest) {
    super(json);
    this.longest = longest;
  }

  /** Returns how many bytes there were so far, those that were not passed on included. */
  long bytes() {
    return bytes;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] target, int offset, int most) throws IOException {
    int kept = 0;
    while (kept == 0) {
      int read = super.read(target, offset, most);
      if (read <= 0) {
        return read;
      }
      bytes += read;
      kept = keep(target, offset, read);
    }
    return kept;
  }

  private int keep(byte[] bytes, int offset, int count) {
    int to = offset;
    for (int from = offset; from < offset + count; from++) {
      byte next = bytes[from];
      if (isKept(next)) {
        bytes[to++] = next;
      }
    }
    return to - offset;
  }

  private boolean isKept(byte next) {
    if (!inText) {
      inText = next == '"';
      length = 0;
      return true;
    }
    if (escape == 0 && next == '"') {
      inText = false;
      dropping = false;
      return true;
    }
    boolean whole = escape == 0 && !isInsideCharacter(next);
    dropping = dropping || (whole && length >= longest);
    length++;
    escape = escapeAfter(next);
    return !dropping;
  }

  private static boolean isInsideCharacter(byte next) {
    return (next & 0xC0) == 0x80;
  }

  private int escapeAfter(byte next) {
    if (escape == 0) {
      return next == '\\' ? 1 : 0;
    }
    return escape == 1 && next == 'u' ? UNICODE_DIGITS : escape - 1;
  }
}
