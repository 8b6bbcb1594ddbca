package io.github.metallbdyn6.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** No doubtful answer changes the pool, and none stops the program. */
class AnswersTest extends WholeFlow {

  private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

  @Test
  void holdsThePoolThroughEveryMalformedAnswer() {
    cluster.createPool(List.of(IPV4, RANGE_A));
    cluster.pods().run(NEW_METALLB);
    isp.givesAddress(ADDRESS_A);
    startProgram();
    awaitPasses(1);
    String version = cluster.resourceVersion();

    malformed()
        .forEach(
            (body, reason) -> {
              isp.answers(200, JSON, body);
              awaitLog(reason);
            });
    assertThat(cluster.resourceVersion()).isEqualTo(version);
    assertThat(cluster.api().writes()).isEmpty();
    isp.givesAddress(ADDRESS_B);
    awaitPool(IPV4, RANGE_B);
  }

  private static Map<String, String> malformed() {
    Map<String, String> answers = new LinkedHashMap<>();
    answers.put("", "(empty)");
    answers.put("<html><body>Blocked</body></html>", "it is not JSON");
    answers.put("{\"success\":true,\"ip\":\"2001:db8:b::1\"", "it is not JSON: Unexpected end");
    answers.put(
        "{\"ip\":\"2001:db8:b::1\"} {\"ip\":\"2001:db8:c::1\"}", "it is not JSON: Trailing");
    answers.put(
        "{\"success\":false,\"ip\":\"2001:db8:b::1\"}",
        "(failure): the my-ip API says success: false");
    answers.put("{\"success\":true}", "(empty)");
    answers.put("{\"success\":true,\"ip\":null}", "(empty)");
    answers.put("{\"success\":true,\"ip\":42}", "(malformed): not an IPv6 address or prefix: '42'");
    answers.put("{\"success\":true,\"ip\":\"192.0.2.1\",\"type\":\"IPv4\"}", "(ipv4)");
    answers.put("{\"success\":true,\"ip\":\"::ffff:192.0.2.1\"}", "(ipv4_mapped)");
    answers.put("{\"success\":true,\"ip\":\"fd00:db8::1\"}", "(unique_local)");
    answers.put("{\"success\":true,\"ip\":\"fe80::1%eth0\"}", "(zone)");
    answers.put("{\"success\":true,\"ip\":\"2001:db8:b::/0\"}", "(host_bits)");
    answers.put("{\"success\":true,\"ip\":\"2001:db8:b::1, 2001:db8:c::1\"}", "(several)");
    answers.put(
        "{\"success\":true,\"ip\":\"2001:db8:b::1\",\"x\":\"" + "x".repeat(5000) + "\"}",
        "(too_long)");
    return answers;
  }

  @Test
  void holdsThePoolThroughEveryHttpFailure() {
    cluster.createPool(List.of(IPV4, RANGE_A));
    cluster.pods().run(NEW_METALLB);
    String good = "{\"success\":true,\"ip\":\"" + ADDRESS_B + "\"}";
    isp.answers(302, Map.of("Location", isp.url() + "?token=secret"), good);
    startProgram();

    awaitLog("the source answered 302, a redirect to " + isp.url() + ": " + isp.url());
    for (int status : new int[] {201, 403, 429, 500}) {
      isp.answers(status, JSON, good);
      awaitLog("the source answered " + status + ": " + isp.url());
    }
    isp.close();
    awaitLog("the source cannot be reached: ");
    assertThat(cluster.addresses()).containsExactly(IPV4, RANGE_A);
    assertThat(cluster.api().calls()).isEmpty();
    assertThat(log.lines()).noneMatch(line -> line.contains("secret"));
  }
}
