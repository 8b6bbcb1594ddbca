package io.github.metallbdyn6.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.metallbdyn6.pool.PushedPrefix;
import io.github.metallbdyn6.testbed.ApiCall;
import io.github.metallbdyn6.testbed.ApiProxy;
import io.github.metallbdyn6.testbed.Fault;
import io.github.metallbdyn6.testbed.FreePort;
import io.github.metallbdyn6.testbed.Http;
import io.github.metallbdyn6.testbed.Parameters;
import io.github.metallbdyn6.testbed.Pusher;
import io.github.metallbdyn6.testbed.RouteFolder;
import io.github.metallbdyn6.testbed.RunningProgram;
import io.github.metallbdyn6.testbed.Scrape;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The router pushes its prefix, and need not be asked. */
class PushTest extends WholeFlow {
  private static final String TOKEN = "s3cr3t-s3cr3t-s3cr3t";
  private static final String PREFIX_B = "2001:db8:b::/64";

  /** So that nothing happens but by a push. */
  private static final Map<String, String> SELDOM = Map.of("METALLB_DYN6_UPDATE_INTERVAL", "3600");

  private final Pusher router = new Pusher(FreePort.find());
  private Parameters parameters;

  @BeforeEach
  void prepare() {
    cluster.createPool(List.of(IPV4, RANGE_A, ULA));
    cluster.pods().run(NEW_METALLB);
  }

  @AfterEach
  void forgetParameters() {
    parameters.close();
  }

  private RunningProgram startTold() {
    return startTold(SELDOM);
  }

  private RunningProgram startTold(Map<String, String> more) {
    Map<String, String> variables = new HashMap<>(router.variables(TOKEN));
    variables.putAll(more);
    parameters = new Parameters(variables);
    RunningProgram program = startProgramWithPort(variables);
    eventually(() -> assertThat(router.isHeard()).as(log.lines().toString()).isTrue());
    return program;
  }

  @Test
  void isFollowedAtOnce() throws Exception {
    startTold();
    awaitLog("no prefix has been pushed yet");

    assertThat(router.fritzBox(TOKEN, PREFIX_B)).isEqualTo("200 good " + PREFIX_B);
    assertThat(cluster.addresses()).containsExactly(IPV4, RANGE_B, ULA);
    assertThat(cluster.annotations().get(PushedPrefix.ANNOTATION)).startsWith(PREFIX_B + "=");
    assertThat(cluster.api().writes())
        .as("one patch carries both")
        .anyMatch(it -> it.body().contains(PushedPrefix.ANNOTATION) && it.body().contains(RANGE_B));
    assertThat(cluster.annotations()).containsEntry("example.com/owner", "somebody");
    awaitLog("INFO The router has pushed the prefix " + PREFIX_B + ".");
    Http management = new Http(managementPort);
    assertThat(management.status("/observe/health/ready")).isEqualTo(200);
    assertThat(management.get("/observe/health").body()).doesNotContain("DOWN");
    assertThat(management.get("/status").body()).contains("\"trigger\"").contains("take-push");
  }

  /** Nothing is wrong yet: it is said once, and holds the pool. */
  @Test
  void isWaitedForInPeace() throws Exception {
    startTold(Map.of("METALLB_DYN6_UPDATE_INTERVAL", "1"));
    awaitLog("WARN The pool is held as it is: the source's answer is refused (not_yet)");
    double passes = heldPasses();
    List<ApiCall> calls = cluster.api().calls();
    eventually(() -> assertThat(heldPasses()).isGreaterThan(passes + 3));
    assertThat(cluster.api().calls())
        .as("the pool's watch says what it remembers")
        .isEqualTo(calls);
    assertThat(log.lines()).filteredOn(line -> !line.startsWith("INFO")).hasSize(1);
    assertThat(cluster.api().writes()).isEmpty();
  }

  private double heldPasses() throws Exception {
    return Scrape.of(managementPort).value("metallb_dyn6_passes_total", Map.of("result", "held"));
  }

  @Test
  void isRepeatedWithoutAWrite() throws Exception {
    startTold();
    router.fritzBox(TOKEN, PREFIX_B);
    awaitPool(IPV4, RANGE_B, ULA);
    List<ApiCall> writes = cluster.api().writes();

    for (int i = 0; i < 3; i++) {
      assertThat(router.fritzBox(TOKEN, PREFIX_B)).isEqualTo("200 nochg " + PREFIX_B);
    }
    assertThat(router.dyndns2("any", TOKEN, "2001:db8:b::5c1e:1")).startsWith("200 nochg ");
    assertThat(cluster.api().writes()).isEqualTo(writes);
  }

  @Test
  void isRememberedByTheNextProcess() throws Exception {
    RunningProgram first = startTold();
    router.fritzBox(TOKEN, PREFIX_B);
    awaitPool(IPV4, RANGE_B, ULA);
    first.stop();
    cluster.patchPool("{\"spec\":{\"addresses\":[\"%s\"]}}".formatted(IPV4));

    startTold();
    eventually(() -> assertThat(cluster.addresses()).containsExactly(IPV4, RANGE_B));
    assertThat(router.fritzBox(TOKEN, PREFIX_B)).startsWith("200 nochg ");
  }

  /** The program ran with another source meanwhile; the pool, and services, must not move back. */
  @Test
  void isForgottenOnceThePoolFollowsAnotherSource() throws Exception {
    RunningProgram told = startTold();
    router.fritzBox(TOKEN, PREFIX_B);
    awaitPool(IPV4, RANGE_B, ULA);
    told.stop();
    isp.givesAddress(ADDRESS_A);
    RunningProgram asking = startProgram();
    awaitPool(IPV4, RANGE_A, ULA);
    awaitLog(
        "INFO The pushed prefix 2001:db8:b::/64 is out of date and forgotten: source my-ip answers 2001:db8:a::/64.");
    asking.stop();
    assertThat(cluster.annotations()).doesNotContainKey(PushedPrefix.ANNOTATION);

    startTold();
    awaitLog("no prefix has been pushed yet");
    assertThat(cluster.addresses()).containsExactly(IPV4, RANGE_A, ULA);
    assertThat(router.fritzBox(TOKEN, PREFIX_B)).startsWith("200 good ");
    awaitPool(IPV4, RANGE_B, ULA);
  }

  /** The router's next push was lost, and it makes no other. */
  @Test
  void givesWayToASourceThatCanBeAsked() throws Exception {
    isp.givesAddress(ADDRESS_B);
    startTold(
        Map.of(
            "METALLB_DYN6_SOURCE", "push,my-ip",
            "METALLB_DYN6_PUSH_DECIDES_FOR", "1",
            "METALLB_DYN6_UPDATE_INTERVAL", "1"));
    assertThat(router.fritzBox(TOKEN, PREFIX_B)).startsWith("200 ");
    awaitPool(IPV4, RANGE_B, ULA);
    awaitPasses(3); // it is asked, and says the same
    assertThat(cluster.annotations()).containsKey(PushedPrefix.ANNOTATION);

    isp.givesAddress(ADDRESS_A);
    awaitPool(IPV4, RANGE_A, ULA);
    awaitLog(
        "The pushed prefix 2001:db8:b::/64 is out of date and forgotten: source my-ip answers 2001:db8:a::/64.");
    assertThat(cluster.annotations()).doesNotContainKey(PushedPrefix.ANNOTATION);
    assertNothingIsWritten();
  }

  /** Others may still say the old prefix for a while. */
  @Test
  void decidesByItselfWhileItIsRecent() throws Exception {
    isp.givesAddress(ADDRESS_A);
    startTold(Map.of("METALLB_DYN6_SOURCE", "push,my-ip", "METALLB_DYN6_UPDATE_INTERVAL", "1"));
    awaitPasses(1);
    router.fritzBox(TOKEN, PREFIX_B);
    awaitPool(IPV4, RANGE_B, ULA);
    await()
        .during(Duration.ofSeconds(4))
        .atMost(Duration.ofSeconds(5))
        .until(() -> cluster.addresses().equals(List.of(IPV4, RANGE_B, ULA)));
  }

  /** As if it were killed between: the pass never comes, and the next process makes it good. */
  @Test
  void isNotLostBetweenPushAndPass() throws Exception {
    RunningProgram first = startTold();
    awaitLog("no prefix has been pushed yet");
    CountDownLatch never = new CountDownLatch(1);
    cluster
        .api()
        .detour(
            call ->
                call.body().contains("\"addresses\"")
                    ? Optional.of(ApiProxy.hold(never))
                    : Optional.empty());
    assertThat(router.fritzBox(TOKEN, PREFIX_B)).startsWith("200 good ");
    assertThat(cluster.addresses()).contains(RANGE_A);
    cluster.api().strike(call -> call.isWrite(), Fault.REFUSED);
    never.countDown();
    first.stop();

    cluster.api().heal();
    startTold();
    awaitPool(IPV4, RANGE_B, ULA);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "192.0.2.1/24,       911 '192.0.2.1/24' is IPv4",
    "fd00:db8::/64,      911 fd00:db8::/64 is unique-local (fc00::/7)",
    "'',                 '911 no IPv6 prefix in ip6lanprefix, no IPv6 address in myip'",
    "::/0, 911 ::/0: a delegated prefix has a length of 16 to 64",
    "2001:db8:b::1/56, '911 ''2001:db8:b::1/56'' has bits behind its prefix length: in the notation address/length, as of an interface, only /64 says which subnet is meant'",
    "2001:db8:b::/64%24, 911 '2001:db8:b::/64$' has no valid prefix length",
    "<b>, 911 not an IPv6 address or prefix: '<b>'"
  })
  void isRefusedWhenItIsDoubtful(String prefix, String answer) throws Exception {
    startTold();
    awaitLog("no prefix has been pushed yet");
    assertThat(router.fritzBox(TOKEN, prefix)).isEqualTo("503 " + answer);
    assertThat(cluster.api().writes()).isEmpty();
    assertThat(cluster.annotations()).doesNotContainKey(PushedPrefix.ANNOTATION);
  }

  /** The home's router has lost its IPv6, or was never asked for it. */
  @Test
  void isNoIpv4Address() throws Exception {
    startTold();
    assertThat(router.dyndns2("router", TOKEN, "192.0.2.1")).startsWith("503 911 no IPv6 ");
    assertThat(router.get("/update?password=" + TOKEN)).startsWith("503 911 no IPv6 ");
    assertThat(cluster.api().writes()).isEmpty();
  }

  @Test
  void isTakenWithBasicCredentials() throws Exception {
    startTold(
        Map.of(
            "METALLB_DYN6_UPDATE_INTERVAL", "3600",
            "METALLB_DYN6_PUSH_TOKEN", "",
            "METALLB_DYN6_PUSH_USER", "opnsense",
            "METALLB_DYN6_PUSH_PASSWORD", TOKEN));
    assertThat(router.dyndns2("opnsense", TOKEN + "x", "2001:db8:b::1"))
        .isEqualTo("401 badauth wrong token, user or password");
    assertThat(router.dyndns2("root", TOKEN, "2001:db8:b::1"))
        .isEqualTo("401 badauth wrong token, user or password");
    assertThat(router.get("/update?ip6lanprefix=" + PREFIX_B))
        .isEqualTo("401 badauth wrong token, user or password");
    assertThat(router.dyndns2("opnsense", TOKEN, "192.0.2.1,2001:db8:b::1"))
        .isEqualTo("200 good " + PREFIX_B);
    awaitPool(IPV4, RANGE_B, ULA);
  }

  /** One of the two is what the router was told to send, the other one it sends by itself. */
  @Test
  void isTakenWhenTheTokenInTheUrlOrTheHeaderIsRight() throws Exception {
    startTold();
    awaitLog("no prefix has been pushed yet");
    assertThat(router.fritzBox("wrong-wrong-wrong", "box", "of the provider", PREFIX_B))
        .startsWith("401 badauth");
    assertThat(cluster.api().writes()).isEmpty();

    assertThat(router.fritzBox(TOKEN, "box", "of the provider", PREFIX_B))
        .isEqualTo("200 good " + PREFIX_B);
    assertThat(router.fritzBox("wrong-wrong-wrong", "box", TOKEN, PREFIX_B))
        .isEqualTo("200 nochg " + PREFIX_B);
    awaitPool(IPV4, RANGE_B, ULA);
  }

  /** Two mistakes, one after the other, while a user sets his router up. */
  @Test
  void isRefusedAloudForEachReasonAndOnce() throws Exception {
    startTold();
    for (String prefix : List.of("fd00:db8::/64", "2002:db8::/64")) {
      router.fritzBox(TOKEN, prefix);
      router.fritzBox(TOKEN, prefix);
    }

    for (String reason : List.of("fd00:db8::/64 is unique-local", "2002:db8::/64 is ")) {
      eventually(
          () ->
              assertThat(log.lines())
                  .filteredOn(line -> line.startsWith("WARN") && line.contains(reason))
                  .as(reason)
                  .hasSize(1));
    }
  }

  @Test
  void isCountedAndShownWhenItIsRefused() throws Exception {
    startTold();
    router.fritzBox(TOKEN, PREFIX_B);
    router.fritzBox(TOKEN, PREFIX_B);
    router.fritzBox(TOKEN, "fd00:db8::/64");
    router.fritzBox(TOKEN, "fd00:db8::/64");
    router.fritzBox("wrong", PREFIX_B);

    Http management = new Http(managementPort);
    Scrape scrape = Scrape.parse(management.get("/observe/metrics").body());
    assertThat(scrape.value("metallb_dyn6_pushes_taken_total", Map.of())).isEqualTo(2);
    assertThat(scrape.value("metallb_dyn6_pushes_refused_total", Map.of("reason", "unique_local")))
        .isEqualTo(2);
    assertThat(scrape.value("metallb_dyn6_pushes_refused_total", Map.of("reason", "credentials")))
        .isEqualTo(1);
    assertThat(scrape.all("metallb_dyn6_pushes_refused_total", Map.of("reason", "rate")))
        .isNotEmpty();
    assertThat(management.get("/status").body())
        .contains(
            "\"kind\":\"pushRefused\",\"text\":\"a push from 127.0.0.1 was not taken: fd00:db8::/64 is unique-local (fc00::/7)\"");
    assertThat(management.get("/").body()).contains("a push from 127.0.0.1 was not taken: wrong");
  }

  @Test
  void isTakenOnlyFromWhereItMayCome() throws Exception {
    startTold(
        Map.of(
            "METALLB_DYN6_UPDATE_INTERVAL", "3600",
            "METALLB_DYN6_PUSH_ALLOWED_CALLERS", "192.0.2.0/24,2001:db8::/32"));
    assertThat(router.fritzBox(TOKEN, PREFIX_B)).as("hung up on").isEmpty();
    awaitLog("A push from 127.0.0.1 was not taken: this address may not push");
    assertThat(cluster.api().writes()).isEmpty();
  }

  /** The router hears that it was not kept, and keeps trying; so does a client that reads words. */
  @Test
  void isNotAcceptedWhenItCannotBeKept() throws Exception {
    startTold();
    awaitLog("no prefix has been pushed yet");
    cluster
        .api()
        .detour(
            call ->
                call.isWrite()
                    ? Optional.of(ApiProxy.status(403, "Forbidden", "cannot patch resource"))
                    : Optional.empty());
    assertThat(router.fritzBox(TOKEN, PREFIX_B)).startsWith("503 911 ");
    awaitLog("A push from 127.0.0.1 was not taken: access refused (403)");
    cluster.api().heal();
    assertThat(router.fritzBox(TOKEN, PREFIX_B)).startsWith("200 good ");
    awaitPool(IPV4, RANGE_B, ULA);
  }

  @Test
  void changesNothingInADryRun() throws Exception {
    startTold(Map.of("METALLB_DYN6_UPDATE_INTERVAL", "3600", "METALLB_DYN6_DRY_RUN", "true"));
    assertThat(router.fritzBox(TOKEN, PREFIX_B)).startsWith("200 good ");
    awaitLog("Dry run: would patch");
    assertThat(router.fritzBox(TOKEN, PREFIX_B)).startsWith("200 nochg ");
    assertThat(cluster.api().writes()).isEmpty();
  }

  /** Neither in the log, however much is logged, nor where Camel shows what it did. */
  @Test
  void showsNobodyTheSecret(@TempDir Path folder) throws Exception {
    int console = FreePort.find();
    startTold(
        Map.of(
            "METALLB_DYN6_UPDATE_INTERVAL",
            "3600",
            "METALLB_DYN6_CONSOLE_PORT",
            String.valueOf(console)));
    Http inside = new Http(console);
    eventually(() -> assertThat(inside.status("/q/dev")).isEqualTo(200));
    inside.get("/q/dev/trace?enabled=true");
    router.fritzBox(TOKEN, PREFIX_B);
    router.fritzBox(TOKEN, "fd00:db8::/64");
    router.dyndns2("admin", TOKEN, "2001:db8:b::1");
    router.fritzBox(TOKEN + "-wrong", PREFIX_B);
    awaitPool(IPV4, RANGE_B, ULA);

    List<String> shown = new ArrayList<>(log.lines());
    for (String page :
        List.of(
            "message-history",
            "trace?dump=true",
            "route-dump",
            "bean",
            "bean-model",
            "endpoint",
            "properties",
            "event",
            "inflight",
            "consumer",
            "source",
            "variables",
            "service")) {
      shown.add(inside.get("/q/dev/" + page).body());
    }
    shown.add(inside.get("/observe/jolokia/read/org.apache.camel:*").body());
    shown.add(new Http(managementPort).get("/status").body());
    shown.add(new Http(managementPort).get("/observe/metrics").body());
    assertThat(shown).anySatisfy(text -> assertThat(text).contains("judge-push"));
    assertThat(shown).noneMatch(text -> text.contains("s3cr3t"));
  }

  @Test
  void goesOnWhileItsRouteIsEdited(@TempDir Path folder) throws Exception {
    RouteFolder routes = new RouteFolder(folder);
    startTold(
        Map.of(
            "METALLB_DYN6_UPDATE_INTERVAL", "3600",
            "METALLB_DYN6_ROUTES", folder.toString(),
            "METALLB_DYN6_RELOAD_ROUTES", "true"));
    router.fritzBox(TOKEN, "2001:db8:a::/64");
    routes.edit("source-push.camel.yaml", "The router has pushed", "Edited: the router has pushed");
    awaitLog("New routes are in use: changed source-push.camel.yaml.");
    assertThat(router.fritzBox(TOKEN, PREFIX_B)).startsWith("200 good ");
    awaitLog("INFO Edited: the router has pushed the prefix");
    awaitPool(IPV4, RANGE_B, ULA);
  }

  /** A slow caller, a flood, and pushes that are right, all at once. */
  @Test
  void keepsNobodyElseWaitingForThoseWhoCallTooMuch() throws Exception {
    startTold();
    List<Socket> slow = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Socket socket = router.connect();
      socket.getOutputStream().write("GET /update?pass".getBytes(StandardCharsets.US_ASCII));
      slow.add(socket);
    }
    List<String> answers = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      answers.add(router.fritzBox("wrong", PREFIX_B));
    }
    assertThat(answers.get(0)).isEqualTo("401 badauth wrong token, user or password");
    assertThat(answers.get(39)).startsWith("429 911 too many calls");
    assertThat(new Http(managementPort).status("/observe/health/live")).isEqualTo(200);
    assertThat(log.lines()).filteredOn(line -> line.contains("wrong token")).hasSize(1);
    for (Socket socket : slow) {
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
      socket.close();
    }
    assertThat(cluster.api().writes()).isEmpty();
  }
}
