package io.github.metallbdyn6.source;

import java.io.IOException;

/** Not enough of several sources gave an answer. It heals, as other trouble with a network does. */
public final class SourcesFailed extends IOException {
  private static final long serialVersionUID = 1L;

  SourcesFailed(String message) {
    super(message);
  }
}
