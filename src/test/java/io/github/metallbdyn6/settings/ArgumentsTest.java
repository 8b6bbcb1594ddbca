package io.github.metallbdyn6.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.settings.Arguments.Action;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The predecessor's command line, and more of the kind. */
class ArgumentsTest {
  private static Settings settings(Map<String, String> environment, String... words) {
    Arguments arguments = Arguments.of(List.of(words));
    assertThat(arguments.problems()).isEmpty();
    return Settings.read(arguments, environment, new Properties());
  }

  private static List<String> problems(String... words) {
    return Arguments.of(List.of(words)).problems();
  }

  @Test
  void takesThePredecessorsWholeCommandLine() {
    Settings settings =
        settings(
            Map.of(),
            "--source",
            "my-ip",
            "--subnet-override",
            "0:0:0:00cd::",
            "--prefix-length=56",
            "::1000-::1999",
            "--update-interval",
            "120",
            "--dry-run",
            "--metallb-namespace",
            "load-balancer",
            "public",
            "--metallb-pods-label-selector",
            "app=metallb");

    assertThat(settings.problems()).isEmpty();
    assertThat(settings.get(Setting.SOURCE)).isEqualTo("my-ip");
    assertThat(settings.get(Setting.SUBNET_OVERRIDE)).isEqualTo("0:0:0:00cd::");
    assertThat(settings.number(Setting.PREFIX_LENGTH)).isEqualTo(56);
    assertThat(settings.get(Setting.HOST_RANGE)).isEqualTo("::1000-::1999");
    assertThat(settings.get(Setting.METALLB_POOL)).isEqualTo("public");
    assertThat(settings.number(Setting.UPDATE_INTERVAL)).isEqualTo(120);
    assertThat(settings.get(Setting.DRY_RUN)).isEqualTo("true");
    assertThat(settings.get(Setting.METALLB_NAMESPACE)).isEqualTo("load-balancer");
    assertThat(settings.get(Setting.METALLB_LABEL_SELECTOR)).isEqualTo("app=metallb");
  }

  @ParameterizedTest
  @EnumSource
  void hasAFlagForEverySetting(Setting setting) {
    String flag = Arguments.flagOf(setting);

    assertThat(settings(Map.of(), flag + "=" + setting.example()).raw(setting))
        .isEqualTo(setting.example());
    String[] apart =
        setting.isSwitch() ? new String[] {flag} : new String[] {flag, setting.example()};
    assertThat(settings(Map.of(), apart).raw(setting))
        .isEqualTo(setting.isSwitch() ? "true" : setting.example());
  }

  @Test
  void countMoreThanTheEnvironment() {
    Map<String, String> environment =
        Map.of("METALLB_DYN6_SOURCE", "fritzbox", "METALLB_DYN6_DRY_RUN", "true");
    Settings settings = settings(environment, "--source=my-ip", "--dry-run=False");

    assertThat(settings.get(Setting.SOURCE)).isEqualTo("my-ip");
    assertThat(settings.asProperties())
        .containsEntry("metallb-dyn6.source", "my-ip")
        .containsEntry("metallb-dyn6.dry-run", "false");
  }

  /** As clap, which the predecessor was made with. */
  @Test
  void lettersAfterTwoDashesAreNoFlags() {
    assertThat(problems("--", "--dry-run")).isEmpty();
    assertThat(settings(Map.of(), "--", "::1000-::1999").get(Setting.HOST_RANGE))
        .isEqualTo("::1000-::1999");
  }

  @ParameterizedTest
  @CsvSource({
    "--verbose, unknown argument: --verbose",
    "--json-url=https://ip.example.net/?key=hush, unknown argument: --json-url",
    "-x, unknown argument: -x",
    "--source, '--source has no value (names, separated by commas, the preferred one first)'",
  })
  void namesWhatItDoesNotUnderstand(String word, String problem) {
    assertThat(problems(word)).containsExactly(problem);
  }

  @Test
  void namesEverythingThatIsWrongAtOnce() {
    assertThat(
            problems(
                "--verbose",
                "::1",
                "--source",
                "--dry-run",
                "public",
                "more",
                "--source=x",
                "--source=y"))
        .containsExactly(
            "unknown argument: --verbose",
            "--source has no value (names, separated by commas, the preferred one first)",
            "unknown argument: more",
            "--source is given twice");
  }

  @Test
  void namesAWrongValueByTheArgument() {
    Settings settings = settings(Map.of(), "--prefix-length", "64", "::2-::1", "public");

    assertThat(settings.problems().stream().map(Problem::toString))
        .anySatisfy(
            text ->
                assertThat(text)
                    .startsWith("  HOST_RANGE=::2-::1")
                    .endsWith("for example: HOST_RANGE=::1000-::1999"))
        .anySatisfy(
            text ->
                assertThat(text)
                    .startsWith("  --prefix-length=64")
                    .endsWith("for example: --prefix-length=56"));
  }

  @ParameterizedTest
  @CsvSource({
    "--help, HELP",
    "-h, HELP",
    "--version, VERSION",
    "-V, VERSION",
    "--check, CHECK",
    "--dry-run, RUN"
  })
  void saysWhatIsToBeDone(String word, Action action) {
    assertThat(Arguments.of(List.of(word)).action()).isEqualTo(action);
    assertThat(Arguments.of(List.of("--source", "x", word)).action()).isEqualTo(action);
  }

  @ParameterizedTest
  @CsvSource({
    "--check -, -",
    "--check=overlay.yaml, overlay.yaml",
    "--check out/overlay.yaml, out/overlay.yaml",
    "--check /dev/stdin, /dev/stdin"
  })
  void checksManifests(String words, String file) {
    Arguments arguments = Arguments.of(List.of(words.split(" ")));

    assertThat(arguments.action()).isEqualTo(Action.CHECK);
    assertThat(arguments.manifests()).contains(file);
    assertThat(arguments.problems()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--check", "--check ::1000-::1999 public", "--check --dry-run ::1/120"})
  void checksItsOwnSettings(String words) {
    Arguments arguments = Arguments.of(List.of(words.split(" ")));

    assertThat(arguments.manifests()).isEmpty();
    assertThat(arguments.problems()).isEmpty();
  }

  @Test
  void takesNoSettingsBesideThoseOfManifests() {
    assertThat(Arguments.of(List.of("--dry-run", "--check", "-")).problems())
        .containsExactly("the settings are those of the manifests in -, and no others");
  }

  @Test
  void asksWhatAnUnknownArgumentMeans() {
    assertThat(Arguments.of(List.of("--chek", "--sorce=my-ip", "--verbose")).problems())
        .containsExactly(
            "unknown argument: --chek; did you mean --check?",
            "unknown argument: --sorce; did you mean --source?",
            "unknown argument: --verbose");
  }

  @Test
  void helpIsGivenWhateverElseIsThere() {
    assertThat(Arguments.of(List.of("--check", "--help", "--version")).action())
        .isEqualTo(Action.HELP);
  }

  @ParameterizedTest
  @CsvSource({
    "--release,        RELEASE, false",
    "--release=keep,   RELEASE, false",
    "--release=remove, RELEASE, true"
  })
  void releaseSaysWhatBecomesOfTheRange(String word, Action action, boolean withoutRange) {
    Arguments arguments = Arguments.of(List.of(word, "::1000-::1999", "public"));

    assertThat(arguments.problems()).isEmpty();
    assertThat(arguments.action()).isEqualTo(action);
    assertThat(arguments.withoutRange()).isEqualTo(withoutRange);
  }

  @Test
  void releaseWithAnythingElseIsAMistake() {
    assertThat(problems("--release=all"))
        .containsExactly("--release=all: the range is one of keep and remove");
  }

  /** A check starts nothing, wherever it stands. */
  @ParameterizedTest
  @ValueSource(strings = {"--release --check", "--check --release"})
  void checkComesBeforeRelease(String words) {
    assertThat(Arguments.of(List.of(words.split(" "))).action()).isEqualTo(Action.CHECK);
  }
}
