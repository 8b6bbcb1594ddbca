package io.github.metallbdyn6.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The head of a request while it arrives: never more of it than a request of ours can have. */
final class Head {
  private static final int LONGEST_LINE = 2048;
  private static final int LONGEST = 8192;

  /** How far it has come. */
  enum State {
    INCOMPLETE,
    COMPLETE,
    /** This is not HTTP: a TLS handshake, for example. */
    NONSENSE,
    LINE_TOO_LONG,
    TOO_LONG
  }

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
  private boolean isFirstLine = true;
  private boolean afterReturn;
  private int lineLength;

  /** Takes what has arrived, up to the empty line; what comes behind that is nobody's. */
  State add(ByteBuffer arrived) {
    State state = State.INCOMPLETE;
    while (state == State.INCOMPLETE && arrived.hasRemaining()) {
      state = add(arrived.get());
    }
    return state;
  }

  private State add(byte next) {
    boolean isAlone = afterReturn && next != '\n';
    afterReturn = next == '\r';
    bytes.write(next);
    if (next == '\n') {
      boolean isLast = lineLength == 0;
      isFirstLine = false;
      lineLength = 0;
      return isLast ? State.COMPLETE : State.INCOMPLETE;
    }
    if (next == '\r' && !isAlone) {
      return State.INCOMPLETE;
    }
    lineLength++;
    if (isAlone || (next >= 0 && next < ' ' && next != '\t')) {
      return State.NONSENSE;
    }
    if (isFirstLine && lineLength > LONGEST_LINE) {
      return State.LINE_TOO_LONG;
    }
    return bytes.size() > LONGEST ? State.TOO_LONG : State.INCOMPLETE;
  }

  @Override
  public String toString() {
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }
}
