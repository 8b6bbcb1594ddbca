package io.github.metallbdyn6.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.metallbdyn6.follower.FollowerRecord;
import io.github.metallbdyn6.testbed.ApiCall;
import io.github.metallbdyn6.testbed.FakeReceiver;
import io.github.metallbdyn6.testbed.FakeReceiver.Received;
import io.github.metallbdyn6.testbed.Fault;
import io.github.metallbdyn6.testbed.Http;
import io.github.metallbdyn6.testbed.Reply;
import io.github.metallbdyn6.testbed.RunningProgram;
import io.github.metallbdyn6.testbed.Scrape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Followers are told what the pool has followed, and are never in its way. */
class FollowerTest extends WholeFlow {
  private static final String RANGE_C = "2001:db8:c::1000-2001:db8:c::1999";
  private static final Map<String, String> WEBHOOK = Map.of("follower", "webhook");

  private final FakeReceiver receiver = new FakeReceiver();

  @BeforeEach
  void createPoolUnderA() {
    cluster.createPool(List.of(IPV4, RANGE_A));
    isp.givesAddress(ADDRESS_A);
  }

  @AfterEach
  void stopReceiver() {
    receiver.close();
  }

  private RunningProgram start(Map<String, String> more) {
    Map<String, String> variables = new HashMap<>();
    variables.put("METALLB_DYN6_FOLLOWERS", "webhook");
    variables.put("METALLB_DYN6_WEBHOOK_URL", receiver.uri() + "/told?now={prefix}");
    variables.put("METALLB_DYN6_WEBHOOK_BODY", "{cause} {previousPrefix} {prefix}");
    variables.put("METALLB_DYN6_RELOAD", "never");
    variables.put("METALLB_DYN6_MAX_CHANGES_PER_HOUR", "0");
    variables.putAll(more);
    return startProgramWithPort(variables);
  }

  private List<String> told() {
    return receiver.taken().stream().map(Received::body).toList();
  }

  private String record() {
    return cluster.annotations().getOrDefault(FollowerRecord.TOLD, "");
  }

  private void awaitRecord(String prefix) {
    eventually(() -> assertThat(record()).contains("webhook=" + prefix + "@"));
  }

  @Test
  void areToldAfterThePoolIsRight() throws Exception {
    start(Map.of("METALLB_DYN6_WEBHOOK_HEADERS", "Title: {cause} of {pool} | Tags: house"));
    awaitRecord("2001:db8:a::/64");
    isp.givesAddress(ADDRESS_B);
    awaitRecord("2001:db8:b::/64");

    assertThat(told())
        .containsExactly("first  2001:db8:a::/64", "change 2001:db8:a::/64 2001:db8:b::/64");
    Received last = receiver.taken().get(1);
    assertThat(last.method()).isEqualTo("POST");
    assertThat(last.target()).isEqualTo("/told?now=2001%3Adb8%3Ab%3A%3A%2F64");
    assertThat(last.headers())
        .containsEntry("title", "change of %s/public".formatted(cluster.namespace()))
        .containsEntry("tags", "house")
        .containsEntry("content-type", "text/plain; charset=UTF-8")
        .doesNotContainKeys("prefix", "previousprefix", "ranges", "cause", "pool", "id");
    assertThat(cluster.addresses()).containsExactly(IPV4, RANGE_B);
    awaitLog("INFO Follower webhook was told: the prefix is 2001:db8:b::/64 now");
    assertNothingIsWritten();
    assertThat(told()).hasSize(2);
  }

  @Test
  void areShownOnThePageAndCounted() throws Exception {
    receiver.strike(Fault.STATUS_500);
    start(Map.of());
    awaitLog("WARN Follower webhook has failed");
    eventually(() -> assertThat(follower().path("condition").asText()).isEqualTo("failing"));
    JsonNode failing = follower();
    assertThat(failing.path("name").asText()).isEqualTo("webhook");
    assertThat(failing.path("wanted").asText()).isEqualTo("2001:db8:a::/64");
    assertThat(failing.path("error").asText()).isEqualTo("127.0.0.1 answered 500");
    assertThat(failing.path("nextTry").asText()).isNotEmpty();
    assertThat(health())
        .contains("the follower webhook does not know the prefix 2001:db8:a::/64 yet");
    assertThat(page()).contains("127.0.0.1 answered 500", "Told again at").doesNotContain("/told");
    Scrape scrape = Scrape.parse(new Http(managementPort).get("/observe/metrics").body());
    assertThat(scrape.value("metallb_dyn6_follower_failures_total", WEBHOOK)).isPositive();
    assertThat(scrape.value("metallb_dyn6_follower_told_total", WEBHOOK)).isZero();

    receiver.heal();
    eventually(() -> assertThat(follower().path("condition").asText()).isEqualTo("told"));
    assertThat(follower().path("prefix").asText()).isEqualTo("2001:db8:a::/64");
    assertThat(health()).doesNotContain("the follower webhook");
    assertThat(page()).contains("webhook").doesNotContain("Told again at");
    assertThat(calls("run-pass")).as("the picture of the routes").contains("follower-webhook");
  }

  private List<String> calls(String route) throws Exception {
    JsonNode routes =
        new ObjectMapper().readTree(new Http(managementPort).get("/status").body()).path("routes");
    List<String> calls = new ArrayList<>();
    routes.forEach(
        it -> {
          if (it.path("id").asText().equals(route)) {
            it.path("calls").forEach(call -> calls.add(call.asText()));
          }
        });
    return calls;
  }

  private String health() throws Exception {
    return new Http(managementPort).get("/observe/health").body();
  }

  private String page() throws Exception {
    return new Http(managementPort).get("/").body();
  }

  private JsonNode follower() throws Exception {
    String status = new Http(managementPort).get("/status").body();
    return new ObjectMapper().readTree(status).path("followers").path(0);
  }

  /** The pool follows while a follower fails in every way, and the follower is told in the end. */
  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"STATUS_401", "STATUS_404", "STATUS_422", "TRUNCATED", "SLOW_DRIP"},
      mode = EnumSource.Mode.EXCLUDE)
  void areNeverInTheWayAndNeverForgotten(Fault fault) {
    start(Map.of("METALLB_DYN6_REQUEST_TIMEOUT", "1"));
    awaitRecord("2001:db8:a::/64");
    receiver.strike(fault);
    isp.givesAddress(ADDRESS_B);
    awaitPool(IPV4, RANGE_B);
    awaitLog("WARN Follower webhook has failed");
    awaitPasses(2);
    assertThat(record()).contains("webhook=2001:db8:a::/64@");
    receiver.heal();
    awaitRecord("2001:db8:b::/64");
    assertThat(told()).last().isEqualTo("change 2001:db8:a::/64 2001:db8:b::/64");
  }

  /** The status says that the message is taken; the rest of the answer does not matter. */
  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"TRUNCATED", "SLOW_DRIP"})
  void areToldOnceByAnAnswerThatBreaksOff(Fault fault) {
    receiver.strike(fault);
    start(Map.of());
    awaitRecord("2001:db8:a::/64");
    awaitPasses(2);
    assertThat(receiver.received()).hasSize(1);
    receiver.heal();
  }

  /** A web page is no answer of a server that has taken something. */
  @Test
  void areNotToldByAWebPage() {
    receiver.answers(request -> new Reply(200, Map.of("Content-Type", "text/html"), "<html>"));
    start(Map.of());
    awaitLog("WARN Follower webhook has failed");
    assertThat(record()).isEmpty();
  }

  @Test
  void endAtTheNewestOfFiveChangesInTheirOrder() {
    start(Map.of("METALLB_DYN6_REQUEST_TIMEOUT", "10"));
    awaitRecord("2001:db8:a::/64");
    receiver.strike(Fault.TIMEOUT);
    for (String prefix : List.of("b", "c", "d", "e", "f")) {
      isp.givesAddress("2001:db8:%s::5c1e:1".formatted(prefix));
      awaitPool(IPV4, "2001:db8:%1$s::1000-2001:db8:%1$s::1999".formatted(prefix));
    }
    eventually(
        () ->
            assertThat(receiver.received())
                .as("what is under way is given up at once, and not after its time-out")
                .last()
                .returns("change 2001:db8:a::/64 2001:db8:f::/64", Received::body));
    receiver.heal();
    awaitRecord("2001:db8:f::/64");
    assertThat(told())
        .containsExactly("first  2001:db8:a::/64", "change 2001:db8:a::/64 2001:db8:f::/64");
  }

  @Test
  void areToldByTheNextProgramWhatThisOneCouldNot() throws Exception {
    RunningProgram program = start(Map.of());
    awaitRecord("2001:db8:a::/64");
    receiver.strike(Fault.STATUS_503);
    isp.givesAddress(ADDRESS_B);
    awaitPool(IPV4, RANGE_B);
    program.stop();
    receiver.heal();
    start(Map.of());
    awaitRecord("2001:db8:b::/64");
    assertThat(told()).last().isEqualTo("change 2001:db8:a::/64 2001:db8:b::/64");
  }

  @Test
  void areToldOnceMoreWhenTheRecordIsTakenAway() {
    start(Map.of());
    awaitRecord("2001:db8:a::/64");
    cluster.patchPool(
        "{\"metadata\":{\"annotations\":{\"%s\":null}}}".formatted(FollowerRecord.TOLD));
    awaitRecord("2001:db8:a::/64");
    assertThat(told()).containsExactly("first  2001:db8:a::/64", "first  2001:db8:a::/64");
  }

  @Test
  void areRecordedByThePatchThatIsDueAnywayOrByOneOfTheirOwn() {
    start(Map.of());
    awaitRecord("2001:db8:a::/64");
    List<ApiCall> before = cluster.api().writes();
    isp.givesAddress(ADDRESS_B);
    awaitRecord("2001:db8:b::/64");
    assertThat(cluster.api().writes().stream().skip(before.size()))
        .extracting(ApiCall::method)
        .containsExactly("PATCH", "PATCH");
  }

  @Test
  void areNamedByADryRun() {
    start(Map.of("METALLB_DYN6_DRY_RUN", "true"));
    awaitLog("INFO Dry run: the follower webhook would be told: the prefix is 2001:db8:a::/64");
    isp.givesAddress("2001:db8:c::1");
    awaitLog("INFO Dry run: the follower webhook would be told: the prefix is 2001:db8:c::/64");
    awaitPasses(2);
    assertThat(receiver.received()).isEmpty();
    assertThat(record()).isEmpty();
  }

  @Test
  void areToldOfAHoldAndItsEndIfTheyWantThat() {
    start(
        Map.of(
            "METALLB_DYN6_WEBHOOK_ON", "change,hold,recovered",
            "METALLB_DYN6_WEBHOOK_HOLD_AFTER", "2"));
    awaitRecord("2001:db8:a::/64");
    isp.givesAddress("fd00:db8::1");
    eventually(() -> assertThat(told()).contains("hold  2001:db8:a::/64"));
    isp.givesAddress(ADDRESS_A);
    eventually(() -> assertThat(told()).contains("recovered  2001:db8:a::/64"));
    awaitPasses(2);
    assertThat(told())
        .containsExactly(
            "first  2001:db8:a::/64", "hold  2001:db8:a::/64", "recovered  2001:db8:a::/64");
  }

  @Test
  void areToldAgainThePrefixThatComesBack() {
    start(Map.of());
    awaitRecord("2001:db8:a::/64");
    isp.givesAddress("2001:db8:c::1");
    awaitPool(IPV4, RANGE_C);
    awaitRecord("2001:db8:c::/64");
    isp.givesAddress(ADDRESS_A);
    awaitRecord("2001:db8:a::/64");
    assertThat(told()).last().isEqualTo("change 2001:db8:c::/64 2001:db8:a::/64");
  }
}
