package io.github.metallbdyn6.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.metallbdyn6.testbed.ApiCall;
import io.github.metallbdyn6.testbed.ApiProxy;
import io.github.metallbdyn6.testbed.ApiProxy.Detour;
import io.github.metallbdyn6.testbed.Fault;
import io.github.metallbdyn6.testbed.Reply;
import io.github.metallbdyn6.testbed.RouteFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The user is told why the cluster is not ready, and the program goes on trying. */
class TroubleTest extends WholeFlow {

  @Test
  void waitsForAPoolThatAppearsLater() {
    cluster.pods().run(NEW_METALLB);
    isp.givesAddress(ADDRESS_B);
    startProgram();

    awaitLog("there is no IPAddressPool public in namespace " + cluster.namespace());
    awaitPasses(3);
    assertThat(log.lines()).filteredOn(line -> line.startsWith("WARN")).hasSize(1);
    cluster.createPool(List.of(RANGE_A));
    awaitPool(RANGE_B);
    awaitLog("Passes succeed again");
  }

  @Test
  void namesTheMissingPermission() {
    cluster.createPool(List.of(RANGE_A));
    isp.givesAddress(ADDRESS_B);
    refuse(
        call -> true,
        ApiProxy.status(
            403,
            "Forbidden",
            "ipaddresspools.metallb.io \"public\" is forbidden: User \"system:serviceaccount:metallb-system:default\" cannot get resource \"ipaddresspools\" in API group \"metallb.io\" in the namespace \"metallb-system\""));
    startProgram();

    awaitLog(
        "a Role must allow verb \"get\" on resource \"ipaddresspools\" in apiGroup \"metallb.io\", namespace \"metallb-system\"");
  }

  @Test
  void passesOnWhatMetalLbsWebhookSays() {
    cluster.createPool(List.of(RANGE_A));
    cluster.pods().run(NEW_METALLB);
    isp.givesAddress(ADDRESS_B);
    refuse(
        ApiCall::isWrite,
        ApiProxy.status(
            403,
            "Forbidden",
            "admission webhook \"ipaddresspoolvalidationwebhook.metallb.io\" denied the request: CIDR overlaps with pool \"other\""));
    startProgram();

    awaitLog(
        "MetalLB's webhook ipaddresspoolvalidationwebhook.metallb.io refuses the pool: CIDR overlaps with pool \"other\"");
    assertThat(cluster.addresses()).containsExactly(RANGE_A);
  }

  @Test
  void readsAndPlansAgainWhenThePoolHasMovedOn() {
    cluster.createPool(List.of(RANGE_A));
    cluster.pods().run(NEW_METALLB);
    isp.givesAddress(ADDRESS_B);
    AtomicInteger patches = new AtomicInteger();
    cluster
        .api()
        .detour(
            call -> {
              if (call.isWrite() && patches.getAndIncrement() == 0) {
                cluster.patchPool(
                    "{\"spec\":{\"addresses\":[\"%s\",\"%s\"]}}".formatted(IPV4, RANGE_A));
              }
              return Optional.empty();
            });
    startProgram();

    awaitPool(IPV4, RANGE_B);
    assertThat(log.lines()).noneMatch(line -> line.startsWith("WARN"));
    assertThat(patches).hasValue(2);
  }

  @Test
  void outlastsAWebhookWhoseControllerIsJustStarting() {
    cluster.createPool(List.of(RANGE_A));
    cluster.pods().run(NEW_METALLB);
    isp.givesAddress(ADDRESS_B);
    AtomicInteger patches = new AtomicInteger();
    Detour failing =
        ApiProxy.status(
            500,
            "InternalError",
            "failed calling webhook \"ipaddresspoolvalidationwebhook.metallb.io\": connection refused");
    refuse(call -> call.isWrite() && patches.getAndIncrement() < 2, failing);
    startProgram();

    awaitPool(RANGE_B);
    assertThat(log.lines()).noneMatch(line -> line.startsWith("WARN"));
  }

  @Test
  void leavesAPoolAloneWhoseAddressesItDoesNotUnderstand() {
    cluster.createPool(List.of(RANGE_A));
    isp.givesAddress(ADDRESS_B);
    refuse(
        call -> call.path().contains("/ipaddresspools"),
        ApiProxy.answer(
            new Reply(
                200,
                Map.of("Content-Type", "application/json"),
                "{\"apiVersion\":\"metallb.io/v1beta1\",\"kind\":\"IPAddressPool\",\"metadata\":{\"name\":\"public\",\"resourceVersion\":\"1\"},\"spec\":{\"addresses\":{\"first\":\"::1\"}}}")));
    startProgram();

    awaitLog("is not a list of strings; it is left as it is");
    assertThat(cluster.api().writes()).isEmpty();
  }

  @Test
  void holdsWhenTheRangeWouldOverlapAnEntryOfTheUsers() {
    cluster.createPool(
        List.of(IPV4, "2001:db8:b::/64"), Map.of("metallb-dyn6/managed-addresses", RANGE_A));
    cluster.pods().run(NEW_METALLB);
    isp.givesAddress(ADDRESS_B);
    startProgram();

    awaitLog("overlaps the pool's entry 2001:db8:b::/64, which is not ours");
    assertNothingIsWritten();
  }

  @Test
  void endsAnswersThatNeverEndByThemselves() {
    cluster.createPool(List.of(RANGE_A));
    cluster.pods().run(NEW_METALLB);
    isp.givesAddress(ADDRESS_B);
    cluster.api().strike(call -> true, Fault.SLOW_DRIP);
    startProgram(Map.of("METALLB_DYN6_REQUEST_TIMEOUT", "1"));

    awaitLog("cannot be reached: no complete answer within METALLB_DYN6_REQUEST_TIMEOUT");
    isp.strike(Fault.SLOW_DRIP);
    awaitLog("the source gives no complete answer within METALLB_DYN6_REQUEST_TIMEOUT");
    isp.heal();
    cluster.api().heal();
    awaitPool(RANGE_B);
  }

  private static boolean isReadOfPool(ApiCall call) {
    return !call.isWrite() && call.path().endsWith("/public");
  }

  /** Camel's own texts have ids of exchanges, a broken connection's has a port. */
  @Test
  void tellsAFailureOnceWhateverNumbersItsTextHas(@TempDir Path folder) throws IOException {
    new RouteFolder(folder)
        .write(
            "source-mine.camel.yaml",
            """
            - route:
                id: source-mine
                from:
                  uri: direct:source-mine
                  steps:
                    - setHeader: {name: CamelHttpUri, constant: "{{metallb-dyn6.my-ip-url}}"}
                    - to: {uri: "direct:ask-web"}
                    - throwException:
                        description: Give up.
                        exceptionType: java.lang.IllegalStateException
                        message: "Endpoint not acquired: Exchange[${exchangeId}]@26${random(1000,9999)}"
            """);
    cluster.createPool(List.of(RANGE_A));
    cluster.pods().run(NEW_METALLB);
    isp.givesAddress(ADDRESS_B);
    startProgram(Map.of("METALLB_DYN6_ROUTES", folder.toString(), "METALLB_DYN6_SOURCE", "mine"));

    awaitPasses(5);
    eventually(
        () ->
            assertThat(cluster.api().events())
                .anySatisfy(event -> assertThat(event.body()).contains("\"PassFailed\"")));
    assertThat(log.lines())
        .filteredOn(line -> line.contains("Endpoint not acquired"))
        .singleElement()
        .asString()
        .startsWith("WARN Pass failed: IllegalStateException: Endpoint not acquired: Exchange, in ")
        .contains("(source-mine.camel.yaml, line 8: Give up)");
  }

  @Test
  void heedsABusyServersRetryAfter() {
    cluster.createPool(List.of(RANGE_A));
    cluster.pods().run(NEW_METALLB);
    isp.givesAddress(ADDRESS_B);
    AtomicInteger reads = new AtomicInteger();
    Reply busy = new Reply(429, Map.of("Retry-After", "2"), "");
    cluster
        .api()
        .detour(
            call ->
                call.isWatch()
                    ? Optional.of(ApiProxy.status(503, "ServiceUnavailable", "not now"))
                    : isReadOfPool(call) && reads.getAndIncrement() == 0
                        ? Optional.of(ApiProxy.answer(busy))
                        : Optional.empty());
    startProgram();

    awaitPool(RANGE_B);
    List<ApiCall> asked = cluster.api().calls().stream().filter(TroubleTest::isReadOfPool).toList();
    long waited = asked.get(1).nanoTime() - asked.get(0).nanoTime();
    assertThat(Duration.ofNanos(waited)).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(4));
    assertThat(log.lines()).noneMatch(line -> line.startsWith("WARN"));
  }

  @Test
  void neverBeginsAPassBeforeTheOneBeforeIsOver() {
    cluster.createPool(List.of(RANGE_A));
    isp.givesAddress(ADDRESS_B);
    isp.strike(Fault.TIMEOUT);
    startProgram(Map.of("METALLB_DYN6_REQUEST_TIMEOUT", "5"));

    eventually(() -> assertThat(isp.struck()).isEqualTo(1));
    await()
        .during(Duration.ofSeconds(3))
        .atMost(Duration.ofSeconds(4))
        .until(() -> isp.timesAsked() == 1);
  }

  private void refuse(Predicate<ApiCall> which, Detour detour) {
    Function<ApiCall, Optional<Detour>> detours =
        call -> which.test(call) ? Optional.of(detour) : Optional.empty();
    cluster.api().detour(detours);
  }
}
