package io.github.metallbdyn6.routing;

import static io.github.metallbdyn6.testbed.RouteFolder.edited;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.github.metallbdyn6.RouteBeans;
import io.github.metallbdyn6.kubernetes.ClusterConnection;
import io.github.metallbdyn6.report.Journals;
import io.github.metallbdyn6.settings.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.component.http.HttpEndpoint;
import org.apache.camel.http.common.DefaultHttpBinding;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every kind of mistake in a route file is found before it runs. */
class RouteCheckTest {
  private static final String PLAN = "2-plan-pool.camel.yaml";

  private final Settings settings =
      Settings.read(
          Map.of("METALLB_DYN6_METALLB_POOL", "public", "METALLB_DYN6_HOST_RANGE", "::1"),
          new Properties());
  private final KubernetesClient nowhere =
      ClusterConnection.open(Config.empty(), settings.requestTimeout());
  private final RouteCheck check =
      new RouteCheck(settings.asProperties(), () -> RouteBeans.of(settings, nowhere));
  private final SortedMap<String, String> texts =
      new TreeMap<>(RouteFiles.read(Path.of("routes")).texts());

  @AfterEach
  void close() {
    nowhere.close();
  }

  private List<String> problems() {
    return check(List.of("my-ip")).problems().stream().map(RouteProblem::toString).toList();
  }

  private RouteCheck.Outcome check(List<String> sources) {
    return check.check(
        new RouteFiles(texts, List.of()).withSources(sources).withFollowers(List.of()));
  }

  private String text(String file) {
    return Objects.requireNonNull(texts.get(file));
  }

  @Test
  void findsNothingInTheProjectsOwnRoutes() {
    RouteFiles files = RouteFiles.read(Path.of("routes"));
    RouteCheck.Outcome outcome =
        check.check(files.withSources(files.sources()).withFollowers(List.of()));

    assertThat(outcome.problems()).isEmpty();
    assertThat(outcome.routes()).isGreaterThanOrEqualTo(10);
  }

  /** File, what is there, what the edit makes of it, the step that is named, the reason. */
  @ParameterizedTest(name = "{1} -> {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "0-run-pass     | steps:               | steps: [         | - bean:                 | expected the node content, but found '-'",
        "4-hand-over    | - filter:            | - filtre:        | - filtre:               | Unknown node id: filtre",
        "2-plan-pool    | - route:             | - rout:          | - rout:                 | Unknown node id: rout",
        "2-plan-pool    | ref: planning        | reff: planning   | reff: planning          | Unsupported field: reff",
        "0-run-pass     | uri: timer           | uri: timerr      |                         | there is no component timerr",
        "0-run-pass     | delay: \"0\"         | delayy: \"0\"    | uri: timer              | timer has no option delayy; did you mean delay?",
        "2-plan-pool    | ref: planning        | ref: planing     | - bean:                 | No bean could be found in the registry for: planing; did you mean planning?",
        "2-plan-pool    | method: settle       | method: setle    | - bean:                 | Method with name: setle not found",
        "0-run-pass     | method: range        | method: rnge     | - transform:            | Method with name: rnge not found",
        "0-run-pass     | #pool                | #pol             | - idempotentConsumer:   | No bean could be found in the registry for: #pol of type",
        "1-find-prefix  | #sourceClient        | #sourcClient     | - to:                   | No bean could be found in the registry for: sourcClient",
        "source-my-ip   | #strictJson          | #strictJsn       | - unmarshal:            | No bean could be found in the registry for: strictJsn",
        "1-find-prefix  | source.AnswerText    | source.AnswrText | - bean:                 | there is no class io.github.metallbdyn6.source.AnswrText",
        "on-failure     | java.io.IOException  | java.io.IOExc    | id: on-source-trouble   | there is no class java.io.IOExc",
        "on-failure     | ref: journal         | ref: jornal      | id: on-conflict         | No bean could be found in the registry for: jornal",
        "0-run-pass     | Owed}\"              | Owed\"           | name: follow-pool       | expected symbol functionEnd but was eol",
        "0-run-pass     | name: patch-pool     | name: patch-pol  | id: patch-the-pool      | no route starts from direct:patch-pol; did you mean direct:patch-pool?",
        "0-run-pass     | update-interval}}    | update-intervl}} |                         | METALLB_DYN6_UPDATE_INTERVL is not set, and {{metallb-dyn6.update-intervl}} has no default; did you mean metallb-dyn6.update-interval?",
        "1-find-prefix  | source-policy}}      | policy}}         | - choice:               | METALLB_DYN6_POLICY is not set, and {{metallb-dyn6.policy}} has no default",
        "0-run-pass     | dry-run}}            | dry}}            | name: follow-pool       | METALLB_DYN6_DRY is not set, and {{metallb-dyn6.dry}} has no default",
        "1-find-prefix  | responseTimeout:     | responseTimout:  | id: send-question       | http has no option responseTimout, and would send it to the server; did you mean responseTimeout?",
        "1-find-prefix  | followRedirects:     | followredirects: | id: send-question       | http has no option followredirects, and would send it to the server; did you mean followRedirects?"
      })
  void namesFileLineAndReason(
      String name, String there, String instead, @Nullable String step, String reason) {
    String file = name + ".camel.yaml";
    texts.put(file, edited(text(file), there, instead));

    String place = file + (step == null ? "" : ", line ");
    assertThat(problems())
        .singleElement()
        .asString()
        .startsWith(place)
        .contains(reason)
        .doesNotContain("\n");
    if (step != null) {
      int line = Integer.parseInt(problems().get(0).replaceFirst(".*?, line (\\d+).*", "$1"));
      assertThat(around(file, line)).anyMatch(text -> text.contains(step));
    }
  }

  /** Parsers point to a step's first or second line, or to the first one below it. */
  private List<String> around(String file, int line) {
    List<String> lines = text(file).lines().toList();
    return lines.subList(Math.max(0, line - 2), Math.min(lines.size(), line + 1));
  }

  @Test
  void missesWhatIsNeeded() {
    String myIp = Objects.requireNonNull(texts.remove("source-my-ip.camel.yaml"));
    assertThat(problems())
        .singleElement()
        .asString()
        .matches("METALLB_DYN6_SOURCE: no route starts from direct:source-my-ip");
    texts.put("source-my-ip.camel.yaml", myIp);
    texts.remove("0-run-pass.camel.yaml");
    assertThat(problems())
        .containsExactly(
            "0-run-pass.camel.yaml: no route has the id run-pass, which begins every pass");
  }

  /** Every pass would be ready to run, and none would ever begin. */
  @Test
  void missesWhatBeginsPasses() {
    String file = "0-run-pass.camel.yaml";
    texts.put(file, text(file).substring(text(file).indexOf("- route:\n    id: run-pass")));
    String reason =
        "0-run-pass.camel.yaml: no route begins passes by itself, as one from timer does that calls the bean passes";

    assertThat(problems()).containsExactly(reason);
    assertThat(check(List.of("push")).problems()).map(RouteProblem::toString).contains(reason);
  }

  @Test
  void asksWhetherAnotherComponentIsMeant() {
    texts.put("mine.camel.yaml", caller("mine", "to: {uri: 'dirct:run-pass'}"));

    assertThat(problems())
        .singleElement()
        .asString()
        .endsWith("there is no component dirct; did you mean direct?");
  }

  /** No file of ours has it, and a component that users bring may. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "toD: {uri: 'http:${body}?a=${header.x}&responseTimout=5'} | http has no option responseTimout, and would send it to the server; did you mean responseTimeout?",
        "wireTap: {uri: 'direct:mine?timeuot=5'} | direct has no option timeuot; did you mean timeout?",
        "toD: {uri: 'timer:x', parameters: {daemn: true}} | timer has no option daemn; did you mean daemon?",
        "poll: {uri: 'timer:x', parameters: {xyzzy: true}} | timer has no option xyzzy"
      })
  void findsOptionsOfEndpointsThatAreMadeOnlyWhenAStepRuns(String step, String reason) {
    texts.put("mine.camel.yaml", caller("mine", step));
    assertThat(problems()).containsExactly("mine.camel.yaml, line 5: " + reason);
  }

  /** It may be what the server wants to be asked. */
  @Test
  void notesWhatGoesToTheServer() {
    texts.put(
        "mine.camel.yaml",
        caller(
            "mine",
            "to: {uri: 'http:ip.example.net', parameters: {format: json, bridgeEndpoint: true}}"));
    RouteCheck.Outcome outcome = check(List.of("my-ip"));

    assertThat(outcome.problems()).isEmpty();
    assertThat(outcome.notes())
        .map(RouteProblem::toString)
        .containsExactly(
            "mine.camel.yaml, line 5: http has no option format, and sends it to the server");
  }

  /** Camel's catalogue does not have these among the options of a URI. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "connectTimeout=1000",
        "connectionRequestTimeout=1000",
        "responseTimeout=1000",
        "soTimeout=1000",
        "httpBinding=#binding",
        "httpClient.redirectsEnabled=true"
      })
  void knowsWhatHttpTakesFromAUri(String option) throws Exception {
    try (CamelContext camel = new DefaultCamelContext()) {
      camel.getRegistry().bind("binding", new DefaultHttpBinding());
      String uri = "http:ip.example.net?" + option;
      HttpEndpoint endpoint = camel.getEndpoint(uri, HttpEndpoint.class);
      EndpointOptions options = new EndpointOptions(camel);

      assertThat(endpoint.getHttpUri()).as("what the server is asked").hasNoQuery();
      assertThat(options.problems(uri)).isEmpty();
      assertThat(options.sent(uri)).isEmpty();
    }
  }

  /** Without it the route would run with Camel's own error handler, and nobody would notice. */
  @Test
  void missesTheFailurePolicy() {
    texts.remove("on-failure.camel.yaml");
    assertThat(problems())
        .containsExactly(
            "0-run-pass.camel.yaml, line 21: there is no routeConfiguration with the id on-failure");
  }

  @Test
  void findsWhatIsThereTwice() {
    texts.put("copy.camel.yaml", text(PLAN));
    assertThat(problems())
        .containsExactlyInAnyOrder(
            "copy.camel.yaml, line 1: another route starts from direct:plan-pool, too, in 2-plan-pool.camel.yaml",
            "copy.camel.yaml, line 1: the id plan-pool is taken already, in 2-plan-pool.camel.yaml");
    texts.put("copy.camel.yaml", "- routeConfiguration:\n    id: on-failure\n");
    assertThat(problems())
        .containsExactly(
            "on-failure.camel.yaml: Route configuration already exists with id: on-failure");
  }

  private static String source(String name, String more) {
    String file = RouteFiles.read(Path.of("routes")).texts().get("source-static.camel.yaml");
    return Objects.requireNonNull(file).replace("static", name) + more;
  }

  private static String helper(String id, String start) {
    return """
        - route:
            id: "%s"
            from:
              uri: "direct:%s"
              steps:
                - log:
                    id: "log in %s"
                    message: helps
        """
        .formatted(id, start, id);
  }

  /** With a route for each: of two with one id Camel would let one vanish. */
  @ParameterizedTest
  @ValueSource(strings = {"web", "sources", "source", "web-sparingly", "mine"})
  void letsASourceHaveAnyNameAndAHelperThatAsks(String name) {
    int before = check(List.of("my-ip")).routes();
    String helper = name.equals("mine") ? "ask-mine" : "help";
    texts.put("source-" + name + ".camel.yaml", source(name, helper(helper, helper)));
    RouteCheck.Outcome outcome = check(List.of("my-ip", name));

    assertThat(outcome.problems()).isEmpty();
    assertThat(outcome.routes()).isEqualTo(before + 3);
  }

  @Test
  void findsWhatATemplateMakesASecondTime() {
    texts.put("mine.camel.yaml", helper("ask(my-ip)", "mine"));
    assertThat(problems())
        .containsExactly(
            "METALLB_DYN6_SOURCE.camel.yaml, a route made from 1-find-prefix.camel.yaml: the id ask(my-ip) is taken already, in mine.camel.yaml");
    texts.put("mine.camel.yaml", helper("mine", "ask(my-ip)"));
    assertThat(problems())
        .containsExactly(
            "METALLB_DYN6_SOURCE.camel.yaml, a route made from 1-find-prefix.camel.yaml: another route starts from direct:ask(my-ip), too, in mine.camel.yaml");
    texts.put("mine.camel.yaml", helper("mine", "mine").replace("log in mine", "ask(my-ip)-judge"));
    assertThat(problems())
        .containsExactly(
            "METALLB_DYN6_SOURCE.camel.yaml, a route made from 1-find-prefix.camel.yaml: the id ask(my-ip)-judge is taken already, in mine.camel.yaml");
    String copy = text("1-find-prefix.camel.yaml");
    texts.put("mine.camel.yaml", copy);
    assertThat(problems())
        .contains(
            "mine.camel.yaml, line %d: another template has the id ask-source, too, in 1-find-prefix.camel.yaml"
                .formatted(copy.split("- routeTemplate:", 2)[0].lines().count() + 1));
  }

  /** Camel would run them without end, and nothing would ever fail. */
  @Test
  void findsRoutesThatCallOneAnotherInACircle() {
    texts.put("mine.camel.yaml", caller("mine", "to: {uri: 'direct:yours'}"));
    texts.put("yours.camel.yaml", caller("yours", "to: {uri: 'direct:mine'}"));
    assertThat(problems())
        .containsExactlyInAnyOrder(
            "mine.camel.yaml, line 1: it calls itself without end: direct:mine -> direct:yours -> direct:mine",
            "yours.camel.yaml, line 1: it calls itself without end: direct:yours -> direct:mine -> direct:yours");
    texts.put(
        "yours.camel.yaml",
        caller("yours", "filter: {simple: '${body}', steps: [{to: {uri: 'direct:mine'}}]}"));
    assertThat(problems()).isEmpty();
  }

  private static String caller(String id, String step) {
    return "- route:\n    id: %1$s\n    from:\n      uri: direct:%1$s\n      steps:\n        - %2$s\n"
        .formatted(id, step);
  }

  @Test
  void findsFilesThatAreHalfWrittenOrEmpty() {
    String whole = text(PLAN);
    String truncated = whole.substring(0, whole.indexOf("method: settle") + "meth".length());
    texts.put(PLAN, "");
    assertThat(problems()).singleElement().asString().startsWith(PLAN).contains("is empty");
    texts.put(PLAN, "# soon\n");
    assertThat(problems()).singleElement().asString().startsWith(PLAN).contains("Unable to parse");
    texts.put(PLAN, truncated);
    assertThat(problems()).singleElement().asString().startsWith(PLAN);
  }

  @Test
  void findsRoutesWithoutAStartAndCallsWithoutATarget() {
    texts.put("bad.camel.yaml", "- route:\n    id: bad\n");
    assertThat(problems()).singleElement().asString().startsWith("bad.camel.yaml");
    texts.put("bad.camel.yaml", "- from:\n    uri: direct:bad\n    steps:\n      - to: {}\n");
    assertThat(problems()).singleElement().asString().startsWith("bad.camel.yaml");
  }

  @Test
  void findsTheMistakesOfAllFilesTogether() {
    texts.put(PLAN, edited(text(PLAN), "uri: direct", "urx: direct"));
    texts.put("bad.camel.yaml", "- route: [");
    assertThat(problems()).hasSize(2);
  }

  @Test
  void startsNothing() {
    texts.put(
        "busy.camel.yaml",
        """
        - route:
            id: busy
            from:
              uri: timer:busy
              parameters: {delay: 0, period: 1}
              steps:
                - bean: {ref: journal, method: "paused(true)"}
        """);
    Map<String, Object> beans = RouteBeans.of(settings, nowhere);
    RouteCheck own = new RouteCheck(settings.asProperties(), () -> beans);
    Set<Thread> before = Thread.getAllStackTraces().keySet();

    assertThat(own.check(new RouteFiles(texts, List.of()).withFollowers(List.of())).problems())
        .isEmpty();
    Journals journals = (Journals) Objects.requireNonNull(beans.get("journal"));
    assertThat(journals.situations().values()).noneMatch(it -> it.pausedSince().isPresent());
    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(thread -> !before.contains(thread) && thread.getName().startsWith("Camel"))
        .isEmpty();
  }
}
