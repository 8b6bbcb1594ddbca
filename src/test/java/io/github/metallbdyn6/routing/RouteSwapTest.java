package io.github.metallbdyn6.routing;

import static io.github.metallbdyn6.testbed.RouteFolder.edited;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.github.metallbdyn6.RouteBeans;
import io.github.metallbdyn6.kubernetes.ClusterConnection;
import io.github.metallbdyn6.settings.Settings;
import io.github.metallbdyn6.testbed.ApiCall;
import io.github.metallbdyn6.testbed.FakeIsp;
import io.github.metallbdyn6.testbed.ProgramLog;
import io.github.metallbdyn6.testbed.RunningProgram;
import io.github.metallbdyn6.testbed.TestCluster;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.main.Main;
import org.apache.camel.model.ModelCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many swaps of the routes leave nothing behind in the program. */
class RouteSwapTest {
  /** Camel remembers the last 1000 placeholders; the test remembers what was asked of the API. */
  private static final Set<String> BOUNDED_OR_OURS =
      Set.of(
          "org.apache.camel.spi.PropertiesResolvedValue",
          "org.apache.camel.support.cache.SimpleLRUCache$ValueHolder",
          ApiCall.class.getName());

  private static final String PATCH = "3-patch-pool.camel.yaml";

  private static final int SWAPS = 30;
  private static final MBeanServer JMX = ManagementFactory.getPlatformMBeanServer();

  /** A line of the heap's histogram: number, objects, bytes, class. */
  private static final Pattern LINE =
      Pattern.compile("(?m)^\\s*\\d+:\\s+(\\d+)\\s+\\d+\\s+((?:org\\.apache|io\\.github)\\.\\S+)");

  private final TestCluster cluster = TestCluster.fake();
  private final FakeIsp isp = new FakeIsp();
  private final ProgramLog log = new ProgramLog();
  private final Main program = new Main();
  private final KubernetesClient client;
  private final RouteFiles original =
      RouteFiles.read(Path.of("routes")).withSources(List.of("my-ip")).withFollowers(List.of());
  private final CamelContext context;
  private final Passes passes;
  private final RouteSwap swap;

  RouteSwapTest() {
    cluster.createPool(List.of("192.0.2.10-192.0.2.20"));
    cluster.pods().run("v0.15.2");
    isp.givesAddress("2001:db8:a::1");
    Settings settings = Settings.read(RunningProgram.environment(cluster, isp), new Properties());
    Config config =
        new ConfigBuilder(Config.empty()).withMasterUrl(cluster.api().uri().toString()).build();
    client = ClusterConnection.open(config, settings.requestTimeout());
    program.setOverrideProperties(settings.asProperties());
    RouteBeans.of(settings, client).forEach(program::bind);
    RouteCheck check =
        new RouteCheck(settings.asProperties(), () -> RouteBeans.of(settings, client));
    program.addMainListener(new RouteStart(() -> original, check, List::of, false));
    program.start();
    context = program.getCamelContext();
    passes = context.getRegistry().lookupByNameAndType("passes", Passes.class);
    passes.runIn(context);
    swap = new RouteSwap(context, Duration.ofSeconds(1));
  }

  @AfterEach
  void stop() throws Exception {
    program.stop();
    client.close();
    log.close();
    isp.close();
    cluster.close();
  }

  @Test
  void waitsForNothingForEver() throws Exception {
    Exchange lost = context.getEndpoint("direct:run-pass").createExchange();
    context.getInflightRepository().add(lost);
    assertThat(swap.swap(original, edition(1))).isEmpty();
    isp.givesAddress("2001:db8:b::1");
    passes.now();
    await().untilAsserted(() -> assertThat(log.lines()).anyMatch(it -> it.contains("Edition 1")));
    context.getInflightRepository().remove(lost);
  }

  /** Two that differ, since what is written for the first time is cached. */
  private static final String SAY =
      "method: patched\n        - log: {id: say-edition, loggingLevel: INFO, logName: metallb-dyn6, message: \"%s\"}";

  private RouteFiles edition(int number) {
    return with(PATCH, "method: patched", SAY.formatted("Edition " + number % 2));
  }

  private RouteFiles with(String file, String there, String replacement) {
    SortedMap<String, String> texts = new TreeMap<>(original.texts());
    texts.compute(file, (name, text) -> edited(requireNonNull(text), there, replacement));
    return new RouteFiles(texts, List.of());
  }

  private void assertFollows(String address, String range) {
    isp.givesAddress(address);
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(cluster.addresses()).contains(range));
  }

  @Test
  void leavesNothingBehind() throws Exception {
    RouteFiles running = swapSome(original, 1, 5);
    Map<String, Long> before = counts();
    Map<String, Long> first = objects();

    running = swapSome(running, 6, 5 + SWAPS);
    Map<String, Long> second = objects();
    swapSome(running, 6 + SWAPS, 5 + 2 * SWAPS);
    Map<String, Long> third = objects();
    assertThat(counts()).isEqualTo(before);
    Set<String> leaked = grown(first, second);
    leaked.retainAll(grown(second, third));
    leaked.removeAll(BOUNDED_OR_OURS);
    assertThat(leaked).as("classes with an object more for each swap").isEmpty();
    assertFollows("2001:db8:b::1", "2001:db8:b::1000-2001:db8:b::1999");
    assertThat(log.lines())
        .anyMatch(line -> line.startsWith("INFO Edition 1"))
        .noneMatch(line -> line.startsWith("WARN"));
  }

  /**
   * Returns the classes with an object more for each swap. What leaks grows in every part; what
   * another test left to the collector, or what is made once, grows in one of them.
   */
  private static Set<String> grown(Map<String, Long> before, Map<String, Long> after) {
    return after.entrySet().stream()
        .filter(type -> type.getValue() - before.getOrDefault(type.getKey(), 0L) >= SWAPS)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /** Looks at the health each time, since Camel's checks remember the routes they have seen. */
  private RouteFiles swapSome(RouteFiles before, int first, int last) throws Exception {
    RouteFiles running = before;
    for (int number = first; number <= last; number++) {
      RouteFiles next = edition(number);
      RouteFiles previous = running;
      assertThat(passes.between(() -> swap.swap(previous, next))).isEmpty();
      assertThat(HealthCheckHelper.invoke(context))
          .allSatisfy(result -> assertThat(result.getState()).isEqualTo(HealthCheck.State.UP));
      running = next;
    }
    return running;
  }

  private Map<String, Long> counts() throws Exception {
    ModelCamelContext model = (ModelCamelContext) context;
    return Map.of(
        "routes", (long) context.getRoutesSize(),
        "definitions", (long) model.getRouteDefinitions().size(),
        "policies", (long) model.getRouteConfigurationDefinitions().size(),
        "endpoints", (long) context.getEndpoints().size(),
        "health checks", HealthCheckRegistry.get(context).stream().count(),
        "MBeans", (long) JMX.queryNames(new ObjectName("org.apache.camel:*"), null).size(),
        "threads",
            Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("Camel"))
                .count());
  }

  /**
   * Returns how many objects of Camel's, of the HTTP client's and of ours are still referred to.
   */
  private static Map<String, Long> objects() throws Exception {
    Object histogram =
        JMX.invoke(
            new ObjectName("com.sun.management:type=DiagnosticCommand"),
            "gcClassHistogram",
            new Object[] {new String[0]},
            new String[] {String[].class.getName()});
    return LINE.matcher(String.valueOf(histogram))
        .results()
        .collect(
            Collectors.toMap(
                line -> line.group(2), line -> Long.parseLong(line.group(1)), Long::sum));
  }

  @Test
  void putsTheOldRoutesBackWhenTheNewOnesCannotBeMade() throws Exception {
    int routes = context.getRoutesSize();
    String file = "5-restart-metallb.camel.yaml";
    RouteFiles broken = with(file, "ref: pool", "ref: pol");
    String before = requireNonNull(original.texts().get(file)).split("ref: pool", 2)[0];
    long step = before.lines().count() - 3; // ref comes after bean, id and description

    assertThat(swap.swap(original, broken))
        .extracting(RouteProblem::toString)
        .containsExactly(
            "%s, line %d: No bean could be found in the registry for: pol".formatted(file, step));
    assertThat(context.getRoutesSize()).isEqualTo(routes);
    assertFollows("2001:db8:b::1", "2001:db8:b::1000-2001:db8:b::1999");
    assertThat(swap.swap(original, edition(1))).isEmpty();
    assertFollows("2001:db8:c::1", "2001:db8:c::1000-2001:db8:c::1999");
    assertThat(log.lines()).anyMatch(line -> line.startsWith("INFO Edition 1"));
  }
}
