package io.github.metallbdyn6.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.metallbdyn6.pool.PoolState;
import io.github.metallbdyn6.testbed.ApiCall;
import io.github.metallbdyn6.testbed.RunningProgram;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Effects of a change of prefix, and things that it leaves alone. */
class ChangeTest extends WholeFlow {

  @Test
  void replacesTheRangeAndKeepsEverythingElse() {
    cluster.createPool(List.of(IPV4, RANGE_A, ULA));
    cluster.pods().run(NEW_METALLB);
    isp.givesAddress(ADDRESS_B);
    startProgram();

    awaitPool(IPV4, RANGE_B, ULA);
    assertThat(cluster.spec().get("autoAssign")).isEqualTo(false);
    assertThat(cluster.spec().get("avoidBuggyIPs")).isEqualTo(true);
    assertThat(cluster.labels()).containsEntry("example.com/label", "kept");
    assertThat(cluster.annotations())
        .containsEntry("example.com/owner", "somebody")
        .containsEntry(PoolState.RECORD, RANGE_B);
  }

  @Test
  void doesOnNewMetalLbWithOnePatchAndNothingElse() {
    cluster.createPool(List.of(IPV4, RANGE_A));
    cluster.pods().run(NEW_METALLB);
    Map<String, String> pods = cluster.pods().uids();
    isp.givesAddress(ADDRESS_B);
    startProgram();

    awaitPool(IPV4, RANGE_B);
    assertNothingIsWritten();
    assertThat(cluster.api().writes()).extracting(ApiCall::method).containsExactly("PATCH");
    assertThat(cluster.pods().uids()).isEqualTo(pods);
  }

  /** Pool and pods are known by their watches, also if nothing ever happens to the pods. */
  @Test
  void isOneRequest() {
    cluster.createPool(List.of(IPV4, RANGE_A));
    cluster.pods().run(NEW_METALLB);
    isp.givesAddress(ADDRESS_A);
    startProgram();
    eventually(
        () -> assertThat(cluster.api().watches()).anyMatch(it -> it.path().contains("/pods")));
    awaitPasses(2);

    int before = cluster.api().calls().size();
    isp.givesAddress(ADDRESS_B);
    awaitPool(IPV4, RANGE_B);
    awaitPasses(2);
    List<ApiCall> calls = cluster.api().calls();
    assertThat(calls.subList(before, calls.size()))
        .extracting(ApiCall::method)
        .containsExactly("PATCH");
  }

  @Test
  void restartsOldMetalLbAfterThePatch() {
    cluster.createPool(List.of(IPV4, RANGE_A));
    cluster.pods().run(OLD_METALLB);
    Map<String, String> before = cluster.pods().uids();
    isp.givesAddress(ADDRESS_B);
    startProgram();

    awaitPool(IPV4, RANGE_B);
    assertThat(cluster.api().writes())
        .extracting(ApiCall::method)
        .containsExactly("PATCH", "DELETE", "PATCH");
    Map<String, String> after = cluster.pods().uids();
    assertThat(after).hasSameSizeAs(before);
    assertThat(after.values()).doesNotContainAnyElementsOf(before.values());
  }

  @Test
  void carriesAddressesRecordAndReloadMarkInOneGuardedPatch() throws Exception {
    cluster.createPool(List.of(IPV4, RANGE_A));
    cluster.pods().run(OLD_METALLB);
    String version = cluster.resourceVersion();
    isp.givesAddress(ADDRESS_B);
    startProgram();

    awaitPool(IPV4, RANGE_B);
    JsonNode patch = new ObjectMapper().readTree(cluster.api().writes().get(0).body());
    assertThat(patch.at("/spec/addresses"))
        .extracting(JsonNode::asText)
        .containsExactly(IPV4, RANGE_B);
    assertThat(patch.at("/metadata/resourceVersion").asText()).isEqualTo(version);
    assertThat(patch.at("/metadata/annotations").path(PoolState.RECORD).asText())
        .isEqualTo(RANGE_B);
    assertThat(patch.at("/metadata/annotations").has(PoolState.RELOAD_MARK)).isTrue();
    assertThat(patch.at("/spec").size()).as("fields of spec").isEqualTo(1);
  }

  @Test
  void asksNothingOfTheClusterWhileThePrefixStays() {
    cluster.createPool(List.of(IPV4, "2001:DB8:000a:0::1000 - 2001:db8:A::1999"));
    cluster.pods().run(OLD_METALLB);
    isp.givesAddress(ADDRESS_A);
    startProgram();

    eventually(
        () -> {
          int before = cluster.api().calls().size();
          awaitPasses(4);
          assertThat(cluster.api().calls()).as("once the watch is there").hasSize(before);
        });
    List<ApiCall> calls = cluster.api().calls();
    List<ApiCall> reads = calls.stream().filter(call -> !call.isAccessReview()).toList();
    assertThat(reads)
        .as("the pool, MetalLB's pods, and once all pods, for the predecessor")
        .allSatisfy(call -> assertThat(call.path()).matches(".*/(public|pods([?].*)?)"));
    assertThat(calls).noneMatch(ApiCall::isWrite);
    assertThat(reads.size()).as("as the watches begin").isLessThanOrEqualTo(4);
    assertThat(calls.size() - reads.size()).as("whether services may be seen").isEqualTo(2);
  }

  @Test
  void followsThePrefixBackAgain() {
    cluster.createPool(List.of(IPV4, RANGE_A));
    cluster.pods().run(NEW_METALLB);
    isp.givesAddress(ADDRESS_B);
    startProgram();

    awaitPool(IPV4, RANGE_B);
    isp.givesAddress(ADDRESS_A);
    awaitPool(IPV4, RANGE_A);
    isp.givesAddress(ADDRESS_B);
    awaitPool(IPV4, RANGE_B);
  }

  @Test
  void knowsItsOwnEntryAfterARestart() throws Exception {
    cluster.createPool(List.of(IPV4, RANGE_A));
    cluster.pods().run(NEW_METALLB);
    isp.givesAddress(ADDRESS_B);
    RunningProgram first = startProgram();
    awaitPool(IPV4, RANGE_B);
    first.stop();

    isp.givesAddress("2001:db8:c::1");
    startProgram(Map.of("METALLB_DYN6_HOST_RANGE", "::2000-::2999"));
    awaitPool(IPV4, "2001:db8:c::2000-2001:db8:c::2999");
  }

  @Test
  void repairsAPoolThatWasEditedByHand() {
    cluster.createPool(List.of(IPV4, RANGE_A));
    cluster.pods().run(NEW_METALLB);
    isp.givesAddress(ADDRESS_B);
    startProgram();
    awaitPool(IPV4, RANGE_B);

    cluster.patchPool("{\"spec\":{\"addresses\":[\"" + ULA + "\"]}}");
    awaitPool(ULA, RANGE_B);
  }

  @Test
  void neverTouchesAnEntryThatTheUserWroteAlthoughItEqualsOurs() {
    cluster.createPool(List.of(IPV4, RANGE_A));
    cluster.pods().run(NEW_METALLB);
    isp.givesAddress(ADDRESS_A);
    startProgram();
    awaitPasses(1);
    cluster.patchPool(
        "{\"metadata\":{\"annotations\":{\"%s\":\"%s\"}},\"spec\":{\"addresses\":[\"%s\",\"%s\"]}}"
            .formatted(PoolState.RECORD, RANGE_A, RANGE_A, RANGE_B));

    isp.givesAddress(ADDRESS_B);
    awaitPool(RANGE_B);
    isp.givesAddress("2001:db8:c::1");
    awaitPool(RANGE_B, "2001:db8:c::1000-2001:db8:c::1999");
  }

  @Test
  void putsTheSubnetIdIntoTheDelegatedPrefix() {
    cluster.createPool(List.of(IPV4));
    cluster.pods().run(NEW_METALLB);
    isp.givesAddress("2001:db8:12ab:34ef:5::1");
    startProgram(
        Map.of("METALLB_DYN6_SUBNET_OVERRIDE", "0:0:0:00cd::", "METALLB_DYN6_PREFIX_LENGTH", "56"));

    awaitPool(IPV4, "2001:db8:12ab:34cd::1000-2001:db8:12ab:34cd::1999");
  }

  @Test
  void understandsVersionOneOfTheMyIpApi() {
    cluster.createPool(List.of(RANGE_A));
    cluster.pods().run(NEW_METALLB);
    isp.answers("{\"success\":true,\"ip\":\"" + ADDRESS_B + "\",\"type\":\"IPv6\"}");
    startProgram();

    awaitPool(RANGE_B);
  }
}
