package io.github.metallbdyn6.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.pool.PushedPrefix;
import io.github.metallbdyn6.testbed.ApiCall;
import io.github.metallbdyn6.testbed.FreePort;
import io.github.metallbdyn6.testbed.Http;
import io.github.metallbdyn6.testbed.Parameters;
import io.github.metallbdyn6.testbed.Pusher;
import io.github.metallbdyn6.testbed.RunningProgram;
import java.net.ConnectException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two replicas in this JVM: one leads, the other one stands by and takes over. */
class StandbyTest extends WholeFlow {
  private static final String TOKEN = "s3cr3t-s3cr3t-s3cr3t";
  private static final String LEASES = "/leases";
  private final Map<String, Http> ports = new HashMap<>();

  @BeforeEach
  void startWithThePoolOnThePrefix() {
    cluster.createPool(List.of(IPV4, RANGE_A));
    cluster.pods().run(NEW_METALLB);
    isp.givesAddress(ADDRESS_A);
  }

  private RunningProgram startReplica(String name, Map<String, String> more) {
    int port = FreePort.find();
    ports.put(name, new Http(port));
    Map<String, String> variables = new HashMap<>(more);
    variables.put("HOSTNAME", name);
    variables.put("METALLB_DYN6_LEASE", "metallb-dyn6");
    variables.put("METALLB_DYN6_LEASE_DURATION", "3");
    variables.put("METALLB_DYN6_MANAGEMENT_PORT", String.valueOf(port));
    variables.put("METALLB_DYN6_MANAGEMENT_ADDRESS", "127.0.0.1");
    return startProgram(variables);
  }

  private RunningProgram startReplica(String name) {
    return startReplica(name, Map.of());
  }

  private String get(String replica, String path) throws Exception {
    try {
      return ports.get(replica).get(path).body();
    } catch (ConnectException e) {
      return ""; // it is starting
    }
  }

  private void awaitLeader(String name) {
    eventually(() -> assertThat(get(name, "/observe/metrics")).contains("metallb_dyn6_leader 1.0"));
  }

  private void awaitStandby(String name) {
    eventually(() -> assertThat(get(name, "/observe/health")).contains("standing by for"));
  }

  private void startLeaderAndStandby(Map<String, String> more) {
    startReplica("one", more);
    awaitLeader("one");
    startReplica("two", more);
    awaitStandby("two");
  }

  @Test
  void standbyIsReadyAndSaysWhoLeads() throws Exception {
    startLeaderAndStandby(Map.of());

    eventually(() -> assertThat(get("two", "/status")).contains(IPV4));
    eventually(
        () ->
            assertThat(get("two", "/observe/health"))
                .contains("standing by for one")
                .doesNotContain("DOWN"));
    assertThat(ports.get("two").get("/observe/health/ready").statusCode()).isEqualTo(200);
    assertThat(get("two", "/")).contains("Standing by").contains("<b>one</b> leads.");
    assertThat(get("two", "/status"))
        .contains("\"state\":\"standingBy\"")
        .contains("\"leader\":{\"name\":\"one\",\"self\":false");
    assertThat(get("two", "/observe/metrics"))
        .contains("metallb_dyn6_leader 0.0")
        .as("old news would be taken for trouble")
        .doesNotContain("metallb_dyn6_pool_in_sync{");
    assertThat(get("one", "/")).contains("This replica leads since").contains("In sync");
    assertThat(get("one", "/status")).contains("\"leader\":{\"name\":\"one\",\"self\":true");
    assertThat(log.lines())
        .contains("INFO This replica one leads from now on.")
        .contains("INFO This replica stands by: one leads.");
  }

  @Test
  void onlyTheLeaderRunsPasses() throws Exception {
    startLeaderAndStandby(Map.of());
    int asked = isp.timesAsked();
    awaitPasses(2);
    assertThat(get("two", "/status")).contains("\"lastAt\":null");
    isp.givesAddress(ADDRESS_B);
    awaitPool(IPV4, RANGE_B);
    assertThat(isp.timesAsked()).isGreaterThan(asked);
    assertThat(cluster.api().writes())
        .filteredOn(call -> call.body().contains("\"addresses\":"))
        .filteredOn(call -> call.body().contains(RANGE_B))
        .hasSize(1);
  }

  @Test
  void takesOverAtOnceAfterACleanStop() throws Exception {
    RunningProgram first = startReplica("one");
    awaitLeader("one");
    startReplica("two");
    awaitStandby("two");

    first.stop();
    isp.givesAddress(ADDRESS_B);
    awaitPool(IPV4, RANGE_B);
    assertThat(get("two", "/")).contains("This replica leads since");
    assertThat(log.lines())
        .anyMatch(line -> line.contains("is handed back"))
        .contains("INFO This replica two leads from now on.");
    eventually(
        () ->
            assertThat(cluster.api().events())
                .anySatisfy(event -> assertThat(event.body()).contains("LeaderChanged", "two")));
  }

  /** A push to the Service reaches either replica. */
  @Test
  void pushThatReachesTheStandbyIsFollowedByTheLeader() throws Exception {
    Pusher toLeader = new Pusher(FreePort.find());
    Pusher toStandby = new Pusher(FreePort.find());
    Map<String, String> seldom = Map.of("METALLB_DYN6_UPDATE_INTERVAL", "3600");
    try (Parameters first = new Parameters(toLeader.variables(TOKEN))) {
      startReplica("one", with(seldom, toLeader));
      awaitLeader("one");
      eventually(() -> assertThat(toLeader.isHeard()).isTrue());
    }
    try (Parameters second = new Parameters(toStandby.variables(TOKEN))) {
      startReplica("two", with(seldom, toStandby));
      awaitStandby("two");
      eventually(() -> assertThat(toStandby.isHeard()).isTrue());

      assertThat(toLeader.fritzBox(TOKEN, "2001:db8:b::/64")).startsWith("200 good");
      awaitPool(IPV4, RANGE_B);
      assertThat(toStandby.fritzBox(TOKEN, "2001:db8:a::/64")).startsWith("200 good");
      assertThat(cluster.annotations().get(PushedPrefix.ANNOTATION)).startsWith("2001:db8:a::/64");
      awaitPool(IPV4, RANGE_A);
      assertThat(toLeader.fritzBox(TOKEN, "2001:db8:b::/64")).startsWith("200 good");
      awaitPool(IPV4, RANGE_B);
    }
  }

  private static Map<String, String> with(Map<String, String> some, Pusher pusher) {
    Map<String, String> variables = new HashMap<>(pusher.variables(TOKEN));
    variables.putAll(some);
    return variables;
  }

  /** An order is taken away by the replica that carries it out. */
  @Test
  void orderThatNobodyHasCarriedOutIsNotLost() throws Exception {
    Map<String, String> seldom = Map.of("METALLB_DYN6_UPDATE_INTERVAL", "3600");
    RunningProgram first = startReplica("one", seldom);
    awaitLeader("one");
    startReplica("two", seldom);
    awaitStandby("two");
    isp.givesAddress(ADDRESS_B);
    cluster.annotate("public", "metallb-dyn6/check-now", "please");
    awaitPool(IPV4, RANGE_B);
    assertThat(cluster.annotations()).doesNotContainKey("metallb-dyn6/check-now");
    first.stop();
    awaitLeader("two");
  }

  @Test
  void oneReplicaAsksForNoLease() {
    startProgram();
    awaitPasses(2);
    assertThat(cluster.api().calls())
        .extracting(ApiCall::path)
        .noneMatch(it -> it.contains(LEASES));
    assertThat(cluster.api().watches())
        .extracting(ApiCall::path)
        .noneMatch(it -> it.contains(LEASES));
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .noneMatch(name -> name.endsWith("-lease"));
  }

  /** A dry run writes nothing, and takes the Lease from nobody. */
  @Test
  void dryRunTakesNoPart() {
    startReplica("one", Map.of("METALLB_DYN6_DRY_RUN", "true"));
    isp.givesAddress(ADDRESS_B);
    awaitLog(RANGE_B);
    assertThat(cluster.api().writes()).isEmpty();
  }
}
