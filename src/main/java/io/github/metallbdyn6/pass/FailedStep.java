package io.github.metallbdyn6.pass;

import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The step in which a failure happened. It travels with the failure, as one that is suppressed,
 * since a failure is told elsewhere than where it happens.
 */
public final class FailedStep extends Exception {
  private static final long serialVersionUID = 1L;

  private final String id;

  /**
   * Creates the mention of a step.
   *
   * @param id the step's name
   * @param file the file of routes that it stands in; may be empty
   * @param line where in the file, from 1; less when nobody knows
   * @param description what the step does, in words; may be empty
   */
  public FailedStep(String id, String file, int line, String description) {
    super(inWords(id, file, line, description), null, false, false);
    this.id = id;
  }

  private static String inWords(String id, String file, int line, String description) {
    String place = line > 0 ? file + ", line " + line : file;
    String task = description.replaceFirst("\\.(\\s.*)?$", "");
    String more =
        Stream.of(place, task)
            .filter(it -> !it.isBlank())
            .reduce((one, other) -> one + ": " + other)
            .orElse("");
    return more.isEmpty() ? "step " + id : "step %s (%s)".formatted(id, more);
  }

  /** Notes where a failure happened; the step that saw it first is the one. */
  public void noteIn(Throwable failure) {
    if (of(failure).isEmpty()) {
      failure.addSuppressed(this);
    }
  }

  /** Returns where a failure happened, as far as that was noted; the innermost step counts. */
  public static Optional<FailedStep> of(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .flatMap(cause -> Stream.of(cause.getSuppressed()))
        .filter(FailedStep.class::isInstance)
        .map(FailedStep.class::cast)
        .reduce((outer, inner) -> inner);
  }

  public String id() {
    return id;
  }

  /** Returns the step in words: its name, where it stands, and what it does. */
  public String inWords() {
    return String.valueOf(getMessage());
  }
}
