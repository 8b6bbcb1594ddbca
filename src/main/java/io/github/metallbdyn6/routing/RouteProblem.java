package io.github.metallbdyn6.routing;

import io.github.metallbdyn6.settings.Setting;
import io.github.metallbdyn6.settings.VariableName;
import io.github.metallbdyn6.text.ForeignText;
import io.github.metallbdyn6.text.Misspelling;
import java.util.Arrays;
import java.util.Collection;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
  /** Camel's words for options that an endpoint does not have. */
  private static final String UNKNOWN_OPTIONS = "Unknown parameters=";

  private static final Pattern MISSING_BEAN =
      Pattern.compile("No bean could be found in the registry for: #?(\\S+)");
  private static final Pattern MISSING_COMPONENT =
      Pattern.compile("No endpoint could be found for: ([A-Za-z0-9+.-]+)");
  private static final Pattern MISSING_VALUE =
      Pattern.compile("Property with key \\[(metallb-dyn6\\.[a-z0-9-]+)] not found");

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
    String message = root.getMessage() == null ? "" : withVariable(oneLine(root.getMessage()));
    if (root instanceof ClassNotFoundException) {
      return "there is no class " + message;
    }
    return message.isEmpty() ? root.getClass().getSimpleName() : message;
  }

  /** Tells whether another problem says the same, or better: Camel does not know the line. */
  boolean saysNoMoreThan(RouteProblem other) {
    return reason.equals(other.reason)
        || (file.equals(other.file)
            && reason.contains(UNKNOWN_OPTIONS)
            && other.reason.contains(" has no option "));
  }

  /** Returns the same, with a question where a bean or a component has a similar name. */
  RouteProblem withQuestion(Collection<String> beans, Collection<String> components) {
    Matcher bean = MISSING_BEAN.matcher(reason);
    if (bean.find()) {
      return because(reason + Misspelling.question(bean.group(1), beans));
    }
    Matcher component = MISSING_COMPONENT.matcher(reason);
    if (component.find()) {
      String name = component.group(1);
      return because(
          "there is no component %s%s".formatted(name, Misspelling.question(name, components)));
    }
    return this;
  }

  private RouteProblem because(String other) {
    return new RouteProblem(file, line, other);
  }

  /** Camel speaks of a key; the user sets a variable. */
  private static String withVariable(String message) {
    Matcher missing = MISSING_VALUE.matcher(message);
    if (!missing.find()) {
      return message;
    }
    String key = missing.group(1);
    return "%s is not set, and {{%s}} has no default%s"
        .formatted(
            VariableName.of(key),
            key,
            Misspelling.question(key, Arrays.stream(Setting.values()).map(Setting::key).toList()));
  }

  private static String oneLine(String text) {
    return ForeignText.of(text);
  }

  @Override
  public String toString() {
    return file + (line > 0 ? ", line " + line : "") + ": " + reason;
  }
}
