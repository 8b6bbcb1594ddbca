package io.github.metallbdyn6.metallb;

/** A reload that could not be begun or did not end. The mark stays, so the next pass resumes. */
public final class RestartFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception with a sentence that says what was missing. */
  public RestartFailed(String message) {
    super(message);
  }
}
