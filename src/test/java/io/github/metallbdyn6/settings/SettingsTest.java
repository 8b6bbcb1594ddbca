package io.github.metallbdyn6.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  private static final String JSON_SOURCE =
      """
      # Source json: any web service.
      #
      # parameter: METALLB_DYN6_JSON_URL
      # meaning:   where to ask
      # unit:      URL
      # default:   none, required
      # example:   https://ip.example.net/json
      #
      # parameter: METALLB_DYN6_JSON_PATH
      # meaning:   where in the answer
      # unit:      JSONPath
      # default:   $.ip
      # example:   $.wan.ip
      #
      # parameter: METALLB_DYN6_JSON_PATTERN
      # meaning:   what to find there
      # unit:      regular expression
      # default:   none
      # example:   \\S+
      """;

  private final Path routes;

  private final Map<String, String> environment = new HashMap<>();
  private final Properties system = new Properties();

  SettingsTest(@TempDir Path routes) throws IOException {
    this.routes = routes;
    Files.writeString(
        routes.resolve("source-my-ip.camel.yaml"), "uri: '{{metallb-dyn6.my-ip-url}}'");
    set(Setting.ROUTES, routes.toString());
    set(Setting.METALLB_POOL, "public");
    set(Setting.HOST_RANGE, "::1000-::1999");
  }

  @Test
  void hasNoProblemWithWhatIsRequiredAlone() {
    assertThat(read().problems()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "METALLB_POOL, public.pool-1",
    "HOST_RANGE, ::1000/116",
    "HOST_RANGE, ::1000",
    "HOST_RANGE, ::1000 - ::1999",
    "MY_IP_URL, http://192.0.2.1:8080/",
    "MY_IP_URL, https://[2001:db8::1]/ip",
    "UPDATE_INTERVAL, 1",
    "UPDATE_INTERVAL, 86400",
    "REQUIRE_GLOBAL, False",
    "ALLOWED_PREFIXES, '2001:db8::/32, 2001:db8:1::/48'",
    "METALLB_LABEL_SELECTOR, app=metallb",
    "METALLB_LABEL_SELECTOR, app == metallb",
    "METALLB_LABEL_SELECTOR, '!app'",
    "METALLB_LABEL_SELECTOR, app",
    "METALLB_LABEL_SELECTOR, app!=",
    "METALLB_LABEL_SELECTOR, 'app=metallb,component in (controller, speaker)'",
    "METALLB_LABEL_SELECTOR, 'app notin (nginx) , component'",
    "RELOAD, Never",
    "RELOAD_TIMEOUT, 3600",
    "DRY_RUN, TRUE",
    "LOG_LEVEL, INFO"
  })
  void hasNoProblemWithWhatIsRight(Setting setting, String value) {
    set(setting, value);

    assertThat(read().problems()).isEmpty();
  }

  @Test
  void acceptsNamesAsLongAsKubernetesDoes() {
    set(Setting.METALLB_POOL, "a".repeat(253));

    assertThat(read().problems()).isEmpty();
  }

  @ParameterizedTest(name = "{0}={1}: {2}")
  @CsvFileSource(
      resources = "/malformed-settings.csv",
      delimiter = '|',
      quoteCharacter = '`',
      numLinesToSkip = 1)
  void namesVariableValueMistakeAndExample(Setting setting, String value, String wrong) {
    set(setting, value);

    assertThat(read().problems())
        .singleElement()
        .returns(setting.variable(), Problem::variable)
        .asString()
        .startsWith("  %s=%s%n".formatted(setting.variable(), value))
        .contains(wrong);
  }

  /** The example in a message is right, and never the refused value. */
  @ParameterizedTest(name = "{0}={1}")
  @CsvFileSource(
      resources = "/malformed-settings.csv",
      delimiter = '|',
      quoteCharacter = '`',
      numLinesToSkip = 1)
  void givesAnExampleThatIsRight(Setting setting, String value, String wrong) {
    set(setting, value);
    String example = Objects.requireNonNull(read().problems().get(0).example());

    assertThat(example).isNotEqualTo(value);
    if (setting != Setting.ROUTES) {
      set(setting, example);
      assertThat(read().problems())
          .as(example)
          .extracting(Problem::variable)
          .doesNotContain(setting.variable());
    }
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "SOURCE, fritzbox, my-ip",
        "SOURCE, myip, my-ip",
        "SOURCE_POLICY, frist, first",
        "LOG_LEVEL, debgu, debug",
        "TRANSITION, hand-over, handover",
        "RELOAD, nevr, never",
        "HOST_RANGE, \"::5-::6\", ::5-::6",
        "LOG_FORMAT, 'json', json",
        "UPDATE_INTERVAL, \"1m\", 60"
      })
  void givesTheExampleThatWasMeant(Setting setting, String value, String example) {
    set(setting, value);

    assertThat(read().problems()).singleElement().returns(example, Problem::example);
  }

  /** No other value would be right: the certificate is not there, and one source never agrees. */
  @Test
  void givesNoExampleWhereNoneWouldDo() {
    set(Setting.CA_FILE, Setting.CA_FILE.example());
    set(Setting.SOURCE_POLICY, "agree");
    set(Setting.QUORUM, "2");

    assertThat(read().problems())
        .hasSize(2)
        .allSatisfy(it -> assertThat(it.toString()).doesNotContain("for example"));
  }

  @Test
  void givesASubnetIdThatFitsTheLength() {
    set(Setting.SUBNET_OVERRIDE, Setting.SUBNET_OVERRIDE.example());
    set(Setting.PREFIX_LENGTH, "60");

    assertThat(read().problems()).singleElement().returns("::", Problem::example);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"60\"", "'60'", "“60”"})
  void namesQuotesThatAreInTheValue(String value) {
    set(Setting.UPDATE_INTERVAL, value);

    assertThat(read().problems())
        .map(Problem::toString)
        .containsExactly(
            "  METALLB_DYN6_UPDATE_INTERVAL=%s%n    the quotes around it are part of the value here; write it without them%n    for example: METALLB_DYN6_UPDATE_INTERVAL=60"
                .formatted(value));
  }

  @Test
  void notesQuotesAroundAPasswordWithoutShowingIt() throws IOException {
    Files.writeString(
        routes.resolve("source-json.camel.yaml"),
        JSON_SOURCE.replace("regular expression", "text"));
    set(Setting.SOURCE, "json");
    environment.put("METALLB_DYN6_JSON_URL", "'https://ip.example.net'");
    environment.put("METALLB_DYN6_JSON_PATTERN", "'s3cr3t'");

    assertThat(read().problems())
        .singleElement()
        .returns("https://ip.example.net", Problem::example)
        .returns(Quotes.WRONG, Problem::wrong);
    assertThat(read().notes())
        .containsExactly(
            "METALLB_DYN6_JSON_PATTERN has quotes around it, which are part of the value");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SOURCE | My_IP,my-ip,my-ip | not the name of a source | named twice",
        "ALLOWED_PREFIXES | 2001:db8::/129, junk | a prefix length is 0 to 128 | junk is not an IPv6 address",
        "HOST_RANGE | 2001:db8::1-junk | has bits in the high 64 | junk is not an IPv6 address",
        "MY_IP_URL | ftp://me@192.0.2.1:99999/ | not an http or https URL | no port has that number"
      })
  void namesEveryFaultOfAValue(Setting setting, String value, String one, String other) {
    set(setting, value);

    assertThat(read().problems()).singleElement().asString().contains(one, other);
  }

  /** The file of its source has it as a parameter. */
  @Test
  void namesASettingOnceThatIsAParameterToo() throws IOException {
    Files.writeString(
        routes.resolve("source-my-ip.camel.yaml"), JSON_SOURCE.replace("JSON_URL", "MY_IP_URL"));
    set(Setting.MY_IP_URL, "http://me@192.0.2.1/");

    assertThat(read().problems())
        .extracting(Problem::variable)
        .containsExactly("METALLB_DYN6_MY_IP_URL");
  }

  private List<String> unused() {
    return Stream.concat(read().misspelled().stream(), read().ineffective().stream()).toList();
  }

  @Test
  void findsWhatIsSetForNothing() throws IOException {
    Files.writeString(routes.resolve("source-json.camel.yaml"), JSON_SOURCE);
    Files.writeString(routes.resolve("source-mine.camel.yaml"), "uri: '{{metallb-dyn6.mine-url}}'");
    environment.put("METALLB_DYN6_INTERVAL", "5");
    environment.put("METALLB_DYN6_JSON_PAHT", "$.ip");
    environment.put("METALB_DYN6_DRY_RUN", "true");
    environment.put("metallb_dyn6_events", "false");
    set(Setting.QUORUM, "3");
    set(Setting.RETIRE_AFTER, "60");
    environment.put("METALLB_DYN6_MINE_URL", "http://192.0.2.1/");
    environment.put("METALLB_DYN6_MY_IP_URL", "http://192.0.2.1/");

    assertThat(unused())
        .containsExactlyInAnyOrder(
            "METALLB_DYN6_INTERVAL is not a setting, and no route uses it; did you mean METALLB_DYN6_UPDATE_INTERVAL?",
            "METALLB_DYN6_JSON_PAHT is not a setting, and no route uses it; did you mean METALLB_DYN6_JSON_PATH?",
            "METALB_DYN6_DRY_RUN is not a setting; did you mean METALLB_DYN6_DRY_RUN?",
            "metallb_dyn6_events is not a setting; did you mean METALLB_DYN6_EVENTS?",
            "METALLB_DYN6_QUORUM has no effect without METALLB_DYN6_SOURCE_POLICY=agree",
            "METALLB_DYN6_RETIRE_AFTER has no effect without METALLB_DYN6_TRANSITION=handover",
            "METALLB_DYN6_MINE_URL has no effect: it is for the source mine, and METALLB_DYN6_SOURCE is my-ip");
  }

  @Test
  void findsNothingOfTheKindInWhatCounts() throws IOException {
    Files.writeString(
        routes.resolve("source-mine.camel.yaml"),
        "uri: '{{metallb-dyn6.mine-url}}'\nuri: direct:source-my-ip");
    set(Setting.SOURCE, "mine,my-ip");
    set(Setting.SOURCE_POLICY, "agree");
    set(Setting.QUORUM, "2");
    set(Setting.TRANSITION, "Handover");
    set(Setting.RETIRE_AFTER, "60");
    environment.put("METALLB_DYN6_MINE_URL", "http://192.0.2.1/");
    environment.put("METALLB_DYN6_MY_IP_URL", "http://192.0.2.1/");

    assertThat(unused()).isEmpty();
    set(Setting.SOURCE_POLICY, "first");
    environment.remove("METALLB_DYN6_QUORUM");
    set(Setting.SOURCE, "mine");
    assertThat(unused()).as("mine calls my-ip").isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"METALLB_POOL", "HOST_RANGE"})
  void namesWhatIsRequiredAndNotSet(Setting setting) {
    environment.remove(setting.variable());

    assertThat(read().problems())
        .singleElement()
        .asString()
        .startsWith("  %s is not set%n".formatted(setting.variable()))
        .contains("it is required: " + setting.meaning())
        .endsWith("for example: %s=%s".formatted(setting.variable(), setting.example()));
  }

  @Test
  void reportsAllProblemsTogether() {
    environment.clear();
    for (Setting setting : Setting.values()) {
      set(setting, "?");
    }

    assertThat(read().problems())
        .extracting(Problem::variable)
        .containsExactlyElementsOf(Arrays.stream(Setting.values()).map(Setting::variable).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "64", "65", "128", "-56", "/56", "56.0", "fifty-six"})
  void refusesPrefixLengthsWithoutRoomForASubnetId(String length) {
    set(Setting.PREFIX_LENGTH, length);
    set(Setting.SUBNET_OVERRIDE, "0:0:0:1::");

    assertThat(read().problems())
        .singleElement()
        .hasToString(
            "  METALLB_DYN6_PREFIX_LENGTH=%s%n    not a whole number from 1 to 63%n    for example: METALLB_DYN6_PREFIX_LENGTH=56"
                .formatted(length));
  }

  @ParameterizedTest
  @CsvSource({
    "cd,             cd is not an IPv6 address",
    "192.0.2.1,      192.0.2.1 is not an IPv6 address",
    "0:0:0:000cd::,  0:0:0:000cd:: is not an IPv6 address",
    "0:0:0:cd::/64,  an IPv6 address without a prefix length is wanted",
    "0:0:0:1cd::,    0:0:0:1cd:: has bits outside 56 to 64",
    "0:0:0:cd::1,    ::cd:0:0:0:1 has bits outside 56 to 64",
    "2001:db8:0:cd::, 2001:db8:0:cd:: has bits outside 56 to 64"
  })
  void refusesSubnetIdsThatAreNone(String override, String wrong) {
    set(Setting.PREFIX_LENGTH, "56");
    set(Setting.SUBNET_OVERRIDE, override);

    assertThat(read().problems())
        .singleElement()
        .hasToString(
            "  METALLB_DYN6_SUBNET_OVERRIDE=%s%n    %s%n    for example: METALLB_DYN6_SUBNET_OVERRIDE=0:0:0:cd::"
                .formatted(override, wrong));
  }

  @ParameterizedTest
  @CsvSource({"63, 0:0:0:1::", "56, 0:0:0:00cd::", "48, 0:0:0:FFFF::", "1, 7fff::", "56, ::"})
  void acceptsPrefixLengthAndSubnetOverrideThatFit(String length, String override) {
    set(Setting.PREFIX_LENGTH, length);
    set(Setting.SUBNET_OVERRIDE, override);

    assertThat(read().problems()).isEmpty();
  }

  @Test
  void missesTheSubnetOfADelegatedPrefix() {
    set(Setting.PREFIX_LENGTH, "56");

    assertThat(read().problems())
        .singleElement()
        .returns("METALLB_DYN6_SUBNET_OVERRIDE", Problem::variable)
        .asString()
        .startsWith("  METALLB_DYN6_SUBNET_OVERRIDE is not set%n".formatted())
        .contains("which subnet");
  }

  @Test
  void leavesTheLengthToASourceThatKnowsIt() {
    set(Setting.ROUTES, "routes");
    set(Setting.SOURCE, "fritzbox");
    set(Setting.SUBNET_OVERRIDE, "0:0:0:cd::");

    assertThat(read().problems()).isEmpty();
    assertThat(read().hints()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"my-ip", "interface", "node", "my-ip,opendns"})
  void missesTheLengthWhereNoSourceKnowsIt(String sources) {
    set(Setting.ROUTES, "routes");
    set(Setting.SOURCE, sources);
    set(Setting.SUBNET_OVERRIDE, "::");

    assertThat(read().problems())
        .singleElement()
        .returns("METALLB_DYN6_PREFIX_LENGTH", Problem::variable)
        .asString()
        .contains(
            "it is required with METALLB_DYN6_SUBNET_OVERRIDE here: ",
            sources.replace(",", ", ") + " knows only an address");
  }

  @Test
  void saysThatASourceWithoutTheLengthOnlyStandsInForAnother() {
    set(Setting.ROUTES, "routes");
    set(Setting.SOURCE, "fritzbox,my-ip");
    set(Setting.SUBNET_OVERRIDE, "::");

    assertThat(read().problems()).isEmpty();
    assertThat(read().hints())
        .singleElement()
        .asString()
        .startsWith("Source my-ip knows only an address: it is of use while that lies in");
    set(Setting.PREFIX_LENGTH, "56");
    assertThat(read().hints()).isEmpty();
  }

  @Test
  void readsSourcesInTheirOrder() throws IOException {
    Files.writeString(routes.resolve("source-fritzbox.camel.yaml"), "");
    set(Setting.SOURCE, " my-ip ,fritzbox");

    assertThat(read().problems()).isEmpty();
    assertThat(read().sources()).containsExactly("my-ip", "fritzbox");
    assertThat(read().quorum()).isEqualTo(1);
  }

  @Test
  void refusesAQuorumThatCannotBeReached() throws IOException {
    Files.writeString(routes.resolve("source-fritzbox.camel.yaml"), "");
    set(Setting.SOURCE, "my-ip,fritzbox");
    set(Setting.SOURCE_POLICY, "Agree");
    assertThat(read().problems()).isEmpty();
    assertThat(read().quorum()).isEqualTo(2);

    set(Setting.QUORUM, "3");
    assertThat(read().problems())
        .singleElement()
        .returns("METALLB_DYN6_QUORUM", Problem::variable)
        .extracting(Problem::wrong)
        .isEqualTo("only 2 sources are named in METALLB_DYN6_SOURCE");

    set(Setting.SOURCE, "my-ip");
    assertThat(read().problems())
        .singleElement()
        .extracting(Problem::wrong)
        .isEqualTo("only one source is named in METALLB_DYN6_SOURCE");
  }

  @Test
  void listsTheSourcesThatThereAre() throws IOException {
    Files.writeString(routes.resolve("source-fritzbox.camel.yaml"), "");
    Files.writeString(routes.resolve("source-notes.txt"), "");
    Files.writeString(routes.resolve("run-pass.camel.yaml"), "");
    set(Setting.SOURCE, "opnsense");

    assertThat(read().problems())
        .singleElement()
        .extracting(Problem::wrong)
        .isEqualTo(routes + " has no source opnsense; it has: fritzbox, my-ip");
  }

  @Test
  void findsASourceThatTheUserAdded() throws IOException {
    Files.writeString(routes.resolve("source-fritzbox.camel.yaml"), "");
    set(Setting.SOURCE, "fritzbox");

    assertThat(read().problems()).isEmpty();
  }

  @Test
  void refusesARoutesFolderWithoutRoutes() throws IOException {
    Path empty = Files.createDirectory(routes.resolve("empty"));
    Path file = Files.writeString(routes.resolve("file"), "");

    for (Path folder : List.of(empty, file)) {
      set(Setting.ROUTES, folder.toString());
      assertThat(read().problems())
          .singleElement()
          .extracting(Problem::wrong)
          .isEqualTo("no folder with *.camel.yaml files");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t\n"})
  void takesAnEmptyVariableForNotSet(String empty) {
    set(Setting.UPDATE_INTERVAL, empty);
    set(Setting.PREFIX_LENGTH, empty);
    set(Setting.METALLB_POOL, empty);

    assertThat(read().get(Setting.UPDATE_INTERVAL)).isEqualTo("60");
    assertThat(read().problems())
        .singleElement()
        .asString()
        .startsWith("  METALLB_DYN6_METALLB_POOL is not set");
  }

  @Test
  void prefersTheEnvironmentToASystemPropertyToTheDefault() {
    assertThat(read().get(Setting.RELOAD_TIMEOUT)).isEqualTo("180");

    system.setProperty("metallb-dyn6.reload-timeout", "20");
    assertThat(read().get(Setting.RELOAD_TIMEOUT)).isEqualTo("20");

    set(Setting.RELOAD_TIMEOUT, "30");
    assertThat(read().get(Setting.RELOAD_TIMEOUT)).isEqualTo("30");

    set(Setting.RELOAD_TIMEOUT, "");
    assertThat(read().get(Setting.RELOAD_TIMEOUT)).isEqualTo("20");
  }

  @ParameterizedTest
  @CsvSource({
    "DRY_RUN,        TRUE,   true",
    "DRY_RUN,        True,   true",
    "DRY_RUN,        false,  false",
    "REQUIRE_GLOBAL, FALSE,  false",
    "RELOAD,         Always, always",
    "METALLB_POOL,   ' a ',  a",
    "SOURCE,         My-IP,  My-IP"
  })
  void readsTruthAndModesInAnyCase(Setting setting, String value, String read) {
    set(setting, value);

    assertThat(read().get(setting)).isEqualTo(read);
  }

  @Test
  void givesTheRoutesAValueForEveryKey() {
    set(Setting.DRY_RUN, "TRUE");

    Properties properties = read().asProperties();

    assertThat(properties.stringPropertyNames())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Setting.values()).map(Setting::key).toList());
    assertThat(properties)
        .containsEntry("metallb-dyn6.dry-run", "true")
        .containsEntry("metallb-dyn6.metallb-pool", "public")
        .containsEntry("metallb-dyn6.source", "my-ip")
        .containsEntry("metallb-dyn6.subnet-override", "");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 60",
    "000, 60",
    "86401, 86400",
    "604800, 86400",
    "18446744073709551615, 86400",
  })
  void takesAnIntervalThatCannotBeKeptForOneThatCan(String wanted, int taken) {
    set(Setting.UPDATE_INTERVAL, wanted);

    assertThat(read().problems()).isEmpty();
    assertThat(read().number(Setting.UPDATE_INTERVAL)).isEqualTo(taken);
    assertThat(read().asProperties())
        .containsEntry("metallb-dyn6.update-interval", String.valueOf(taken));
    assertThat(read().notes())
        .containsExactly(
            "METALLB_DYN6_UPDATE_INTERVAL=%s: a pass begins every %d s, since the interval is from 1 to 86400"
                .formatted(wanted, taken));
  }

  @Test
  void hasNothingToNoteOfAnOrdinaryInterval() {
    assertThat(read().notes()).isEmpty();
    set(Setting.UPDATE_INTERVAL, "300");
    assertThat(read().notes()).isEmpty();
  }

  @Test
  void takesTheLogLevelOfThePredecessorUnlessItHasOneOfItsOwn() {
    environment.put("RUST_LOG", "info,metallb_dyn6=debug");
    assertThat(read().get(Setting.LOG_LEVEL)).isEqualTo("debug");
    assertThat(read().notes()).isEmpty();

    set(Setting.LOG_LEVEL, "warn");
    assertThat(read().get(Setting.LOG_LEVEL)).isEqualTo("warn");
  }

  @Test
  void namesALogLevelThatItDoesNotUnderstand() {
    environment.put("RUST_LOG", "hyper=debug");

    assertThat(read().get(Setting.LOG_LEVEL)).isEqualTo("info");
    assertThat(read().notes())
        .containsExactly(
            "RUST_LOG=hyper=debug names no level for this program; set METALLB_DYN6_LOG_LEVEL");
  }

  @Test
  void findsVariablesThatNothingReads() {
    environment.put("METALLB_DYN6_HOSTRANGE", "::1");
    environment.put("METALLB_DYN6_DRYRUN", "true");
    environment.put("METALLB_DYN6_", "");
    environment.put("METALLB_DYN7_HOSTRANGE", "::1");
    environment.put("PATH", "/usr/bin");

    assertThat(new UnusedSettings(read()).unknownVariables())
        .containsExactly("METALLB_DYN6_", "METALLB_DYN6_DRYRUN", "METALLB_DYN6_HOSTRANGE");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{metallb-dyn6.fritzbox-url}}",
        "{{metallb-dyn6.fritzbox-url:http://fritz.box:49000}}",
        "key: metallb-dyn6.fritzbox-url\n"
      })
  void knowsVariablesThatARouteUses(String use) throws IOException {
    Files.writeString(routes.resolve("source-fritzbox.camel.yaml"), "uri: '%s'".formatted(use));
    environment.put("METALLB_DYN6_FRITZBOX_URL", "http://192.0.2.1:49000");

    assertThat(new UnusedSettings(read()).unknownVariables()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"METALLB_DYN6_MY_IP", "METALLB_DYN6_MY_IP_UR", "METALLB_DYN6_MY"})
  void doesNotTakeThePartOfAKeyForTheKey(String variable) {
    environment.put(variable, "https://ip.example.org");

    assertThat(new UnusedSettings(read()).unknownVariables()).containsExactly(variable);
  }

  @Test
  void namesWhatTheChosenSourceNeeds() throws IOException {
    Files.writeString(routes.resolve("source-json.camel.yaml"), JSON_SOURCE);
    assertThat(read().problems()).as("not chosen").isEmpty();

    set(Setting.SOURCE, "json");
    assertThat(read().problems())
        .singleElement()
        .asString()
        .isEqualTo(
            "  METALLB_DYN6_JSON_URL is not set%n    the source json needs it: where to ask (URL)%n    for example: METALLB_DYN6_JSON_URL=https://ip.example.net/json"
                .formatted());

    environment.put("METALLB_DYN6_JSON_URL", "https://ip.example.org");
    assertThat(read().problems()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "METALLB_DYN6_JSON_URL, ftp://ip.example.net, ftp",
    "METALLB_DYN6_JSON_PATTERN, (2001:, not a regular expression: Unclosed group"
  })
  void refusesWhatIsWrongForTheChosenSource(String variable, String value, String wrong)
      throws IOException {
    Files.writeString(routes.resolve("source-json.camel.yaml"), JSON_SOURCE);
    environment.put("METALLB_DYN6_JSON_URL", "https://ip.example.net");
    environment.put(variable, value);
    assertThat(read().problems()).as("not chosen").isEmpty();

    set(Setting.SOURCE, "json");
    assertThat(read().problems())
        .singleElement()
        .asString()
        .startsWith("  %s=%s%n".formatted(variable, value))
        .contains(wrong);
  }

  /** As in a settings.env in which the value was taken away, but not the line. */
  @Test
  void takesAnEmptyVariableOfASourceForNotSet() throws IOException {
    Files.writeString(routes.resolve("source-json.camel.yaml"), JSON_SOURCE);
    set(Setting.SOURCE, "json");
    environment.put("METALLB_DYN6_JSON_URL", " ");
    environment.put("METALLB_DYN6_JSON_PATH", "");

    assertThat(read().problems()).hasSize(1);
    assertThat(read().asProperties()).containsEntry("metallb-dyn6.json-path", "$.ip");
  }

  private void set(Setting setting, String value) {
    environment.put(setting.variable(), value);
  }

  private Settings read() {
    return Settings.read(environment, system);
  }
}
