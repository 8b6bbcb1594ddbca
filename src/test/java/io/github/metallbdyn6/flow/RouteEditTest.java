package io.github.metallbdyn6.flow;

import static io.github.metallbdyn6.testbed.RouteFolder.edited;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.metallbdyn6.testbed.ApiCall;
import io.github.metallbdyn6.testbed.ApiProxy;
import io.github.metallbdyn6.testbed.ConfigMapVolume;
import io.github.metallbdyn6.testbed.RouteFolder;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import javax.management.ObjectName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Routes are edited while the program runs. */
class RouteEditTest extends WholeFlow {
  private static final String PLAN = "2-plan-pool.camel.yaml";
  private static final String EDITED =
      "method: patched\n        - log: {id: say-edition, loggingLevel: INFO, logName: metallb-dyn6, message: \"Edited: pool\"}";
  private static final String PATCH = "3-patch-pool.camel.yaml";
  private static final String POLICY = "on-failure.camel.yaml";

  private static final String ONE_MORE =
      """
      - route:
          id: one-more
          from:
            uri: direct:one-more
            steps:
              - log: hello
      """;

  /** Long enough for an edit to be seen, and to be seen again. */
  private static final Duration LOOKS = Duration.ofSeconds(4);

  @TempDir Path folder;
  private RouteFolder routes;

  @BeforeEach
  void prepare() throws IOException {
    cluster.createPool(List.of(RANGE_A));
    isp.givesAddress(ADDRESS_A);
    routes = new RouteFolder(folder);
  }

  private void startWatching(Path watched) {
    startWatching(watched, NEW_METALLB);
  }

  private void startWatching(Path watched, String metallb) {
    cluster.pods().run(metallb);
    startProgram(
        Map.of("METALLB_DYN6_ROUTES", watched.toString(), "METALLB_DYN6_RELOAD_ROUTES", "true"));
    awaitPasses(1);
  }

  private long lines(String text) {
    return log.lines().stream().filter(line -> line.contains(text)).count();
  }

  private void assertFollows(String address, String range) {
    isp.givesAddress(address);
    awaitPool(range);
  }

  @Test
  void takesOverAnEditedRoute() throws Exception {
    startWatching(folder);
    routes.edit(PATCH, "method: patched", EDITED);

    awaitLog("INFO New routes are in use: changed " + PATCH + ".");
    assertFollows(ADDRESS_B, RANGE_B);
    awaitLog("INFO Edited: pool");
  }

  /** Camel would send it to the server, and wait for an answer as long as it likes. */
  @Test
  void refusesAMisspelledOptionOfHttp() throws Exception {
    startWatching(folder);
    routes.edit("1-find-prefix.camel.yaml", "responseTimeout:", "responseTimout:");

    awaitLog(
        "http has no option responseTimout, and would send it to the server; did you mean responseTimeout?");
    assertFollows(ADDRESS_B, RANGE_B);
  }

  @Test
  void namesAFileThatNobodyReadsWhenItAppears() throws Exception {
    routes.write("source-early.yml", "- from:\n    uri: direct:source-early\n");
    startWatching(folder);
    routes.write("source-mine.yml", "- from:\n    uri: direct:source-mine\n");

    awaitLog("WARN source-mine.yml: nobody reads this file, since its name does not end in");
    routes.edit(PATCH, "method: patched", EDITED);
    awaitLog("INFO New routes are in use");
    assertThat(lines("source-mine.yml")).isEqualTo(1);
    assertThat(lines("source-early.yml")).as("the start has named it").isZero();
  }

  @Test
  void leavesEditedRoutesAloneUnlessAsked() throws Exception {
    cluster.pods().run(NEW_METALLB);
    startProgram(Map.of("METALLB_DYN6_ROUTES", folder.toString()));
    awaitPasses(1);
    routes.edit(PATCH, "method: patched", EDITED);

    awaitPasses(4);
    assertFollows(ADDRESS_B, RANGE_B);
    assertThat(lines("Edited")).isZero();
  }

  @Test
  void takesOverAReplacedConfigMap(@TempDir Path mount) throws Exception {
    Map<String, String> files = new TreeMap<>(RouteFolder.original());
    ConfigMapVolume volume = new ConfigMapVolume(mount, files);
    startWatching(mount);

    files.compute(PATCH, (name, text) -> edited(text, "method: patched", EDITED));
    files.put("one-more.camel.yaml", ONE_MORE);
    volume.publish(files);
    awaitLog("New routes are in use: changed " + PATCH + "; added one-more.camel.yaml.");
    assertFollows(ADDRESS_B, RANGE_B);
    awaitLog("INFO Edited: pool");

    volume.publish(files);
    files.remove("one-more.camel.yaml");
    volume.publish(files);
    awaitLog("New routes are in use: removed one-more.camel.yaml.");
    assertThat(routeIds()).doesNotContain("one-more").contains("run-pass");
    assertThat(lines("New routes")).isEqualTo(2);
    assertFollows(ADDRESS_A, RANGE_A);
  }

  @Test
  void refusesABrokenEditAndGoesOn() throws Exception {
    startWatching(folder);
    routes.edit(PLAN, "ref: planning", "ref: planing");

    String refusal =
        "dited routes are refused, the old ones go on: "
            + PLAN
            + ", line 16: No bean could be found in the registry for: planing";
    awaitLog("WARN E" + refusal);
    assertThat(healthReport()).contains("e" + refusal);
    assertThat(isHealthy("HealthyReadiness")).isTrue();
    assertThat(isHealthy("HealthyLiveness")).isTrue();
    assertThat(isHealthy("Healthy")).isFalse();
    assertFollows(ADDRESS_B, RANGE_B);
    awaitPasses(4);
    assertThat(lines("refused")).isEqualTo(1);
    assertThat(log.lines()).noneMatch(line -> line.contains("Exception"));

    routes.edit(PLAN, "ref: planing", "ref: planning");
    awaitLog("INFO The route files are again as they run.");
    assertThat(isHealthy("Healthy")).isTrue();

    routes.edit(PLAN, "uri: direct", "urx: direct");
    awaitLog(PLAN + ", line 7: Unsupported field: urx");
    routes.write(PLAN, edited(RouteFolder.original().get(PLAN), "id: compare", "id: differ"));
    awaitLog("New routes are in use: changed " + PLAN + ".");
    assertThat(isHealthy("Healthy")).isTrue();
    assertFollows(ADDRESS_A, RANGE_A);
  }

  @Test
  void refusesToDoWithoutARouteThatIsNeeded() throws Exception {
    startWatching(folder);
    routes.remove("source-my-ip.camel.yaml");
    awaitLog("METALLB_DYN6_SOURCE: no route starts from direct:source-my-ip");
    assertFollows(ADDRESS_B, RANGE_B);
    for (String file : RouteFolder.original().keySet()) {
      if (!file.equals("source-my-ip.camel.yaml")) {
        routes.remove(file);
      }
    }
    awaitLog("no *.camel.yaml file in it");
    assertFollows(ADDRESS_A, RANGE_A);
  }

  @Test
  void loadsARouteThatIsAddedAndForgetsItAgain() throws Exception {
    startWatching(folder);
    routes.write("one-more.camel.yaml", ONE_MORE);
    awaitLog("New routes are in use: added one-more.camel.yaml.");
    assertThat(routeIds()).contains("one-more");

    routes.remove("one-more.camel.yaml");
    awaitLog("New routes are in use: removed one-more.camel.yaml.");
    assertThat(routeIds()).doesNotContain("one-more");
    assertFollows(ADDRESS_B, RANGE_B);
  }

  @Test
  void takesOverAnEditedFailurePolicy() throws Exception {
    startWatching(folder);
    String named =
        "id: report-anything-else\n                description: Say once what failed and what to do.\n                ref: journal\n                method: \"failed(${exception}, ${body})\"";
    String report = "- bean:\n                " + named;
    String edit =
        "- log:\n                id: report-anything-else\n                loggingLevel: WARN\n                logName: metallb-dyn6\n                message: \"Edited: ${exception.message}\"";
    routes.edit(POLICY, report, edit);
    awaitLog("New routes are in use: changed " + POLICY + ".");
    isp.givesAddress("fd00:db8::1");
    awaitLog("WARN Edited: ");
    assertThat(lines("The pool is held")).isZero();

    routes.edit(POLICY, edit, report);
    awaitLog("The pool is held as it is: ");
    long before = lines("Edited: ");
    awaitPasses(3);
    assertThat(lines("Edited: ")).isEqualTo(before);
    assertFollows(ADDRESS_B, RANGE_B);
  }

  @Test
  void takesOverAnEditedPolicyOfAllRoutes() throws Exception {
    startWatching(folder);
    String none = "    errorHandler:\n      noErrorHandler: {}\n";
    String caught =
        """
            onException:
              - onException:
                  exception:
                    - org.apache.camel.http.base.HttpOperationFailedException
                  handled:
                    constant:
                      expression: "true"
                  steps:
                    - log:
                        logName: metallb-dyn6
                        message: "Caught at the source"
        """;
    routes.edit(POLICY, none, caught);
    awaitLog("New routes are in use: changed " + POLICY + ".");
    isp.answers(404, Map.of(), "");
    awaitLog("Caught at the source");

    routes.edit(POLICY, caught, none);
    awaitLog("WARN Pass failed: the source answered 404");
    long before = lines("Caught at the source");
    awaitPasses(3);
    assertThat(lines("Caught at the source")).isEqualTo(before);
    assertFollows(ADDRESS_B, RANGE_B);
  }

  @Test
  void waitsForTheEndOfAPassWhoseAnswerIsSlow() throws Exception {
    startWatching(folder);
    CountDownLatch answer = new CountDownLatch(1);
    cluster
        .api()
        .detour(call -> call.isWrite() ? Optional.of(ApiProxy.hold(answer)) : Optional.empty());
    isp.givesAddress(ADDRESS_B);
    eventually(() -> assertThat(cluster.api().writes()).isNotEmpty());
    routes.edit(PATCH, "method: patched", EDITED);
    assertNothingIsTakenOver();

    answer.countDown();
    awaitPool(RANGE_B);
    awaitLog("New routes are in use");
    awaitPasses(2);
    assertThat(log.lines())
        .containsSubsequence(
            "INFO Pool %s/public: %s replaced by %s."
                .formatted(cluster.namespace(), RANGE_A, RANGE_B),
            "INFO New routes are in use: changed " + PATCH + ".")
        .noneMatch(line -> line.startsWith("WARN"));
    assertThat(cluster.api().writes()).extracting(ApiCall::method).containsExactly("PATCH");
  }

  @Test
  void waitsForTheEndOfARestartOfMetalLb() throws Exception {
    startWatching(folder, OLD_METALLB);
    cluster.pods().comeBack(false);
    isp.givesAddress(ADDRESS_B);
    awaitLog("Restarting MetalLB");
    routes.edit(PATCH, "method: patched", EDITED);
    assertNothingIsTakenOver();

    cluster.pods().comeBack(true);
    awaitLog("New routes are in use");
    assertThat(lines("MetalLB runs on the new addresses")).isEqualTo(1);
    assertThat(log.lines()).noneMatch(line -> line.startsWith("WARN"));
    assertFollows(ADDRESS_A, RANGE_A);
  }

  private void assertNothingIsTakenOver() {
    await()
        .during(LOOKS)
        .atMost(LOOKS.plusSeconds(1))
        .untilAsserted(() -> assertThat(lines("New routes")).isZero());
  }

  private static Set<String> routeIds() throws Exception {
    return names("org.apache.camel:type=routes,*").stream()
        .map(name -> ObjectName.unquote(name.getKeyProperty("name")))
        .collect(Collectors.toSet());
  }

  private static Set<ObjectName> names(String pattern) throws Exception {
    return ManagementFactory.getPlatformMBeanServer().queryNames(new ObjectName(pattern), null);
  }

  private static String healthReport() throws Exception {
    return String.valueOf(
        ManagementFactory.getPlatformMBeanServer()
            .invoke(health(), "details", new Object[0], new String[0]));
  }

  private static boolean isHealthy(String kind) throws Exception {
    return (Boolean) ManagementFactory.getPlatformMBeanServer().getAttribute(health(), kind);
  }

  private static ObjectName health() throws Exception {
    return names("org.apache.camel:type=health,*").iterator().next();
  }
}
