package io.github.metallbdyn6.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.testbed.RouteFolder;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * A pass travels in the body. A variable would keep what a failed attempt has left, in its retry,
 * too; and no route would say what it needs.
 */
class VariablesTest {
  private static final Pattern SET =
      Pattern.compile("- setVariable:\\n(?:\\s+(?:id|description):[^\\n]*\\n)*\\s+name: (\\w+)");
  private static final Pattern READ =
      Pattern.compile("\\$\\{variable\\.(\\w+)|variable:\\n\\s+expression: (\\w+)");

  private static Set<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(VariablesTest::name).collect(Collectors.toSet());
  }

  private static String name(MatchResult match) {
    String first = match.group(1);
    return first == null ? match.group(match.groupCount()) : first;
  }

  @Test
  void areFew() throws IOException {
    long count =
        RouteFolder.original().values().stream()
            .mapToLong(text -> Pattern.compile("- setVariable:").matcher(text).results().count())
            .sum();
    assertThat(count).isPositive().isLessThanOrEqualTo(5);
  }

  @Test
  void areReadOnlyInTheFileThatSetsThem() throws IOException {
    for (Map.Entry<String, String> file : RouteFolder.original().entrySet()) {
      Set<String> set = found(SET, file.getValue());
      assertThat(set).as(file.getKey()).containsAll(found(READ, file.getValue()));
      assertThat(found(READ, file.getValue())).as("of use, in " + file.getKey()).containsAll(set);
    }
  }
}
