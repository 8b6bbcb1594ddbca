package io.github.metallbdyn6.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.testbed.ApiCall;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** No doubtful answer changes the pool, and none stops the program. */
class AnswersTest extends WholeFlow {

  private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

  /** One of each kind; the table of all is tested on the routes alone. */
  private static final Map<String, String> DOUBTFUL =
      Map.of(
          "",
          "(empty)",
          "<html><body>Blocked</body></html>",
          "(malformed): it is not one JSON object",
          "{\"success\":false,\"ip\":\"2001:db8:b::1\"}",
          "(failure): the my-ip API says success: false",
          "{\"success\":true,\"ip\":\"fd00:db8::1\"}",
          "(unique_local)",
          "{\"ip\":\"2001:db8:b::1\",\"x\":\"" + "x".repeat(5000) + "\"}",
          "(too_long)");

  @Test
  void holdsThePoolThroughDoubtfulAnswers() {
    cluster.createPool(List.of(IPV4, RANGE_A));
    cluster.pods().run(NEW_METALLB);
    isp.givesAddress(ADDRESS_A);
    startProgram();
    awaitPasses(1);
    String version = cluster.resourceVersion();

    DOUBTFUL.forEach(
        (body, reason) -> {
          isp.answers(200, JSON, body);
          awaitLog(reason);
        });
    assertThat(cluster.resourceVersion()).isEqualTo(version);
    assertThat(cluster.api().writes()).isEmpty();
    isp.givesAddress(ADDRESS_B);
    awaitPool(IPV4, RANGE_B);
  }

  @Test
  void holdsThePoolThroughEveryHttpFailure() {
    cluster.createPool(List.of(IPV4, RANGE_A));
    cluster.pods().run(NEW_METALLB);
    String good = "{\"success\":true,\"ip\":\"" + ADDRESS_B + "\"}";
    isp.answers(302, Map.of("Location", isp.url() + "?token=secret"), good);
    startProgram();

    awaitLog("the source answered 302, a redirect to " + isp.url() + "?...: " + isp.url());
    for (int status : new int[] {201, 403, 429, 500}) {
      isp.answers(status, Map.of("Retry-After", "1"), good);
      awaitLog("the source answered " + status + ": " + isp.url());
    }
    isp.close();
    awaitLog("the source cannot be reached: ");
    assertThat(cluster.addresses()).containsExactly(IPV4, RANGE_A);
    assertThat(cluster.api().calls())
        .as("looks at the start: at the pool for orders, at MetalLB's pods for their release")
        .hasSizeLessThanOrEqualTo(2)
        .noneMatch(ApiCall::isWrite);
    assertThat(log.lines()).noneMatch(line -> line.contains("secret"));
  }
}
