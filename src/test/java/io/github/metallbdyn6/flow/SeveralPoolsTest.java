package io.github.metallbdyn6.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.metallbdyn6.pool.PoolState;
import io.github.metallbdyn6.testbed.ApiCall;
import io.github.metallbdyn6.testbed.TestCluster;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One program that keeps several pools. */
class SeveralPoolsTest extends WholeFlow {
  private static final String RANGE = "metallb-dyn6/host-range";
  private static final Map<String, String> ANNOTATED =
      Map.of("METALLB_DYN6_METALLB_POOL", "*", "METALLB_DYN6_HOST_RANGE", "");

  private static String hosts(String prefix, String first, String last) {
    return "2001:db8:%1$s::%2$s-2001:db8:%1$s::%3$s".formatted(prefix, first, last);
  }

  private void awaitPoolOf(String name, String... addresses) {
    eventually(() -> assertThat(cluster.addressesOf(name)).containsExactly(addresses));
  }

  private void annotate(String name, String annotation, String value) {
    cluster.annotate(name, annotation, value);
  }

  @Test
  void asksTheSourceOnceForAllThatAreNamed() {
    cluster.createPool(List.of(IPV4));
    cluster.createAnotherPool("internal", List.of("198.51.100.0/28"));
    annotate("internal", RANGE, "::2000-::2fff");
    cluster.pods().run(NEW_METALLB);
    isp.givesAddress(ADDRESS_A);
    startProgram(Map.of("METALLB_DYN6_METALLB_POOL", "public,internal"));
    awaitPool(IPV4, RANGE_A);
    awaitPoolOf("internal", "198.51.100.0/28", hosts("a", "2000", "2fff"));

    isp.givesAddress(ADDRESS_B);
    awaitPool(IPV4, RANGE_B);
    awaitPoolOf("internal", "198.51.100.0/28", hosts("b", "2000", "2fff"));
    assertThat(cluster.api().writes()).extracting(ApiCall::method).containsOnly("PATCH").hasSize(4);
    int asked = isp.timesAsked();
    awaitPasses(2);
    assertThat(isp.timesAsked()).as("once in a pass").isLessThanOrEqualTo(asked + 4);
    assertThat(log.lines())
        .anyMatch(it -> it.contains("Pool %s/internal: ".formatted(cluster.namespace())));
  }

  @Test
  void keepsThePoolsThatCarryTheAnnotationAndNoOther() {
    cluster.createPool(List.of(IPV4));
    cluster.createAnotherPool("mine", List.of("198.51.100.0/28"));
    annotate("mine", RANGE, "::2000-::2fff");
    cluster.pods().run(NEW_METALLB);
    isp.givesAddress(ADDRESS_A);
    startProgram(ANNOTATED);
    awaitPoolOf("mine", "198.51.100.0/28", hosts("a", "2000", "2fff"));
    assertThat(cluster.addresses()).containsExactly(IPV4);

    annotate(TestCluster.POOL, RANGE, "::1000-::1999");
    awaitPool(IPV4, RANGE_A);
    awaitLog("Pool %s/public is kept from now on".formatted(cluster.namespace()));
  }

  @Test
  void releasesAPoolThatLosesTheAnnotation() {
    cluster.createPool(List.of(IPV4), Map.of(RANGE, "::1000-::1999"));
    cluster.createAnotherPool("mine", List.of("198.51.100.0/28"));
    annotate("mine", RANGE, "::2000-::2fff");
    annotate("mine", "metallb-dyn6/release", "remove");
    cluster.createAnotherPool("other", List.of("203.0.113.0/28"));
    annotate("other", RANGE, "::3000-::3fff");
    cluster.pods().run(NEW_METALLB);
    isp.givesAddress(ADDRESS_A);
    startProgram(ANNOTATED);
    awaitPool(IPV4, RANGE_A);
    awaitPoolOf("mine", "198.51.100.0/28", hosts("a", "2000", "2fff"));

    cluster.unannotate(TestCluster.POOL, RANGE);
    cluster.unannotate("mine", RANGE);
    awaitPoolOf("mine", "198.51.100.0/28");
    eventually(() -> assertThat(cluster.annotations()).doesNotContainKey(PoolState.RECORD));
    assertThat(cluster.addresses()).as("kept by default").containsExactly(IPV4, RANGE_A);
    isp.givesAddress(ADDRESS_B);
    awaitPoolOf("other", "203.0.113.0/28", hosts("b", "3000", "3fff"));
    assertNothingIsWritten();
    assertThat(cluster.addresses()).containsExactly(IPV4, RANGE_A);
  }

  @Test
  void showsAPoolNoMoreThatIsReleased() throws Exception {
    cluster.createPool(List.of(IPV4), Map.of(RANGE, "::1000-::1999"));
    cluster.createAnotherPool("mine", List.of("198.51.100.0/28"));
    annotate("mine", RANGE, "::2000-::2fff");
    cluster.pods().run(NEW_METALLB);
    isp.givesAddress(ADDRESS_A);
    startProgramWithPort(ANNOTATED);
    awaitPoolOf("mine", "198.51.100.0/28", hosts("a", "2000", "2fff"));
    eventually( // what is only told is told after the patch
        () ->
            assertThat(get("observe/metrics"))
                .contains("metallb_dyn6_changes_total{pool=\"mine\"} 1.0"));

    cluster.unannotate("mine", RANGE);
    awaitLog("Pool %s/mine is released".formatted(cluster.namespace()));
    eventually(() -> assertThat(get("observe/metrics")).doesNotContain("pool=\"mine\""));
    assertThat(get("status")).doesNotContain("\"mine\"");
    awaitPasses(2);
    assertThat(get("observe/metrics")).contains("pool=\"public\"").doesNotContain("pool=\"mine\"");
  }

  @Test
  void holdsThePoolWhoseAnnotationIsWrongAndNoOther() {
    cluster.createPool(List.of(IPV4));
    cluster.createAnotherPool("mine", List.of("198.51.100.0/28"));
    annotate("mine", RANGE, "::2fff-::2000");
    cluster.pods().run(NEW_METALLB);
    isp.givesAddress(ADDRESS_A);
    startProgram(Map.of("METALLB_DYN6_METALLB_POOL", "mine,public"));

    awaitPool(IPV4, RANGE_A);
    awaitLog("the annotation metallb-dyn6/host-range=::2fff-::2000 of pool");
    assertThat(cluster.addressesOf("mine")).containsExactly("198.51.100.0/28");
    annotate("mine", RANGE, "::2000-::2fff");
    awaitPoolOf("mine", "198.51.100.0/28", hosts("a", "2000", "2fff"));
  }

  @Test
  void holdsPoolsThatWouldGetTheSameAddressesAndNamesBoth() {
    cluster.createPool(List.of(IPV4));
    cluster.createAnotherPool("mine", List.of("198.51.100.0/28"));
    cluster.createAnotherPool("other", List.of("203.0.113.0/28"));
    annotate("mine", RANGE, "::1500-::1fff");
    annotate("other", RANGE, "::3000-::3fff");
    cluster.pods().run(NEW_METALLB);
    isp.givesAddress(ADDRESS_A);
    startProgram(Map.of("METALLB_DYN6_METALLB_POOL", "public,mine,other"));

    awaitPoolOf("other", "203.0.113.0/28", hosts("a", "3000", "3fff"));
    for (String name : List.of("public", "mine")) {
      eventually(
          () ->
              assertThat(log.lines())
                  .anyMatch(
                      it ->
                          it.contains("WARN Pool %s/%s: ".formatted(cluster.namespace(), name))
                              && it.contains("/public would get")
                              && it.contains("/mine would get")));
    }
    assertThat(cluster.addresses()).containsExactly(IPV4);
    assertThat(cluster.addressesOf("mine")).containsExactly("198.51.100.0/28");
  }

  @Test
  void restartsAnOldMetalLbOnceForAll() {
    cluster.createPool(List.of(IPV4, RANGE_A));
    cluster.createAnotherPool("mine", List.of("198.51.100.0/28", hosts("a", "2000", "2fff")));
    annotate("mine", RANGE, "::2000-::2fff");
    cluster.pods().run(OLD_METALLB);
    isp.givesAddress(ADDRESS_B);
    startProgram(Map.of("METALLB_DYN6_METALLB_POOL", "public,mine"));

    awaitPool(IPV4, RANGE_B);
    awaitPoolOf("mine", "198.51.100.0/28", hosts("b", "2000", "2fff"));
    eventually(
        () -> assertThat(cluster.annotationsOf("mine")).doesNotContainKey(PoolState.RELOAD_MARK));
    assertThat(cluster.api().writes())
        .extracting(ApiCall::method)
        .filteredOn("DELETE"::equals)
        .hasSize(1);
  }

  @Test
  void keepsFollowingWhileOnePoolCannotBeRead() {
    cluster.createPool(List.of(IPV4));
    cluster.pods().run(NEW_METALLB);
    isp.givesAddress(ADDRESS_A);
    startProgram(Map.of("METALLB_DYN6_METALLB_POOL", "absent,public"));

    awaitPool(IPV4, RANGE_A);
    awaitLog("there is no IPAddressPool absent");
    isp.givesAddress(ADDRESS_B);
    awaitPool(IPV4, RANGE_B);
  }

  @Test
  void showsEachPool() throws Exception {
    cluster.createPool(List.of(IPV4));
    cluster.createAnotherPool("mine", List.of("198.51.100.0/28"));
    annotate("mine", RANGE, "::2fff-::2000");
    cluster.pods().run(NEW_METALLB);
    isp.givesAddress(ADDRESS_A);
    startProgramWithPort(Map.of("METALLB_DYN6_METALLB_POOL", "public,mine"));
    awaitPool(IPV4, RANGE_A);

    eventually(
        () -> {
          JsonNode status = new ObjectMapper().readTree(get("status"));
          assertThat(status.path("pools").findValuesAsText("state"))
              .containsExactly("holding", "inSync");
          assertThat(status.at("/pools/0/pool/entries/0/address").asText())
              .as("it is read, though nobody knows what it should have")
              .isEqualTo("198.51.100.0/28");
          assertThat(status.at("/pool/name").asText()).as("for one version").isEqualTo("mine");
        });
    assertThat(get("")).as("the one that is worst off").contains("<title>Holding");
    assertThat(get("?pool=public")).contains("<title>In sync").contains("?pool=mine");
    assertThat(get("?pool=nobody")).contains("<title>Holding");
    assertThat(get("observe/metrics"))
        .contains("metallb_dyn6_pool_in_sync{pool=\"public\"} 1.0")
        .contains("metallb_dyn6_holding{pool=\"mine\"} 1.0");
    assertThat(get("observe/health")).contains("pool %s/mine: ".formatted(cluster.namespace()));
    assertThat(get("observe/health/ready")).contains("\"status\":\"UP\"");
  }

  private String get(String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:%d/%s".formatted(managementPort, path));
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }
}
