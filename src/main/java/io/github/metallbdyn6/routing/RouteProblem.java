package io.github.metallbdyn6.routing;

import io.github.metallbdyn6.text.Redaction;
import java.util.Objects;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/**
 * Why a route file cannot be run.
 *
 * @param file its name, or what else is wrong
 * @param line where, from 1; 0 when nobody knows
 * @param reason in one line
 */
public record RouteProblem(String file, int line, String reason) {

  /** Explains a failure to read, parse or create what the file says. */
  static RouteProblem of(String file, Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .filter(MarkedYamlEngineException.class::isInstance)
        .map(MarkedYamlEngineException.class::cast)
        .findFirst()
        .map(yaml -> ofYaml(file, yaml))
        .orElseGet(() -> new RouteProblem(file, 0, innermost(failure)));
  }

  private static RouteProblem ofYaml(String file, MarkedYamlEngineException yaml) {
    int line = yaml.getProblemMark().map(Mark::getLine).orElse(-1) + 1;
    return new RouteProblem(file, line, oneLine(String.valueOf(yaml.getProblem())));
  }

  private static String innermost(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = root.getMessage() == null ? "" : oneLine(root.getMessage());
    if (root instanceof ClassNotFoundException) {
      return "there is no class " + message;
    }
    return message.isEmpty() ? root.getClass().getSimpleName() : message;
  }

  private static String oneLine(String text) {
    return Redaction.of(text.strip().replaceAll("\\s*\\R\\s*", " "));
  }

  @Override
  public String toString() {
    return file + (line > 0 ? ", line " + line : "") + ": " + reason;
  }
}
