package io.github.metallbdyn6.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.metallbdyn6.settings.Setting;
import io.github.metallbdyn6.settings.SourceParameter;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every follower keeps the contract that the manual states. */
class FollowerContractTest {
  private static final RouteContract CONTRACT = new RouteContract("follower");

  /** The program reads these for any follower. */
  private static final Pattern OF_THE_PROGRAM = Pattern.compile(".*_(ON|HOLD_AFTER)");

  private static Stream<String> followers() throws IOException {
    return CONTRACT.files();
  }

  @ParameterizedTest
  @MethodSource("followers")
  void beginsWithATitle(String follower) throws IOException {
    CONTRACT.assertTitle(follower);
  }

  @ParameterizedTest
  @MethodSource("followers")
  void startsFromItsName(String follower) throws IOException {
    JsonNode route = RouteContract.assertStart(follower);
    assertThat(route.path("description").asText()).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("followers")
  void describesEveryParameterInFull(String follower) throws IOException {
    String own = CONTRACT.variablePart(follower);
    assertThat(SourceParameter.in(RouteContract.read(follower))).isNotEmpty();
    RouteContract.assertParameters(follower, "METALLB_DYN6_(HOSTS|%s(_[A-Z0-9]+)*)".formatted(own));
  }

  @ParameterizedTest
  @MethodSource("followers")
  void usesWhatItDescribesWithTheSameDefault(String follower) throws IOException {
    Set<String> settings =
        Arrays.stream(Setting.values()).map(Setting::key).collect(Collectors.toSet());
    Map<String, String> described =
        SourceParameter.in(RouteContract.read(follower)).stream()
            .filter(parameter -> !OF_THE_PROGRAM.matcher(parameter.variable()).matches())
            .collect(Collectors.toMap(SourceParameter::key, SourceParameter::defaultValue));
    Map<String, String> used =
        Pattern.compile("\\{\\{([a-z0-9.-]+)(?::([^}]*))?}}|'(metallb-dyn6\\.[a-z-]+)'")
            .matcher(RouteContract.read(follower))
            .results()
            .filter(it -> it.group(1) == null || !settings.contains(it.group(1)))
            .collect(
                Collectors.toMap(
                    it -> it.group(1) == null ? it.group(3) : it.group(1),
                    it -> it.group(2) == null ? "" : it.group(2),
                    (one, other) -> one));
    assertThat(used).isEqualTo(described);
  }

  @ParameterizedTest
  @MethodSource("followers")
  void isPartOfTheConfigMap(String follower) throws IOException {
    RouteContract.assertInConfigMap(follower);
  }

  @ParameterizedTest
  @MethodSource("followers")
  void hasARowInTheManual(String follower) throws IOException {
    CONTRACT.assertRow(follower, 2);
  }
}
