package io.github.metallbdyn6.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.github.metallbdyn6.follower.FollowerRecord;
import io.github.metallbdyn6.testbed.ApiCall;
import io.github.metallbdyn6.testbed.ApiProxy;
import io.github.metallbdyn6.testbed.FakeReceiver;
import io.github.metallbdyn6.testbed.Fault;
import io.github.metallbdyn6.testbed.Http;
import io.github.metallbdyn6.testbed.Parameters;
import io.github.metallbdyn6.testbed.Reply;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A provider of names or the API server fails in the middle of a follower's work. */
class FollowerKindsTest extends WholeFlow {
  /** The API server says so of a path that it does not know. */
  private static final String NO_SUCH_PATH = "404 page not found\n";

  private static final Reply GOOD = new Reply(200, Map.of(), "good 2001:db8::1");
  private static final String PREFIX_A = "2001:db8:a::/64";
  private static final Pattern TARGET = Pattern.compile("2001:db8:\\w+::1:25");
  private static final String PREFIX_B = "2001:db8:b::/64";

  private final FakeReceiver provider = new FakeReceiver();
  private Parameters parameters = new Parameters(Map.of());

  @BeforeEach
  void createPoolUnderA() {
    cluster.createPool(List.of(IPV4, RANGE_A));
    isp.givesAddress(ADDRESS_A);
    provider.answers(request -> GOOD);
  }

  @AfterEach
  void stopProvider() {
    provider.close();
    parameters.close();
  }

  private void start(String follower, Map<String, String> more) {
    startUntold(follower, more);
    awaitTold(follower, PREFIX_A);
  }

  private void startUntold(String follower, Map<String, String> more) {
    Map<String, String> variables = new HashMap<>(more);
    variables.put("METALLB_DYN6_FOLLOWERS", follower);
    variables.put("METALLB_DYN6_REQUEST_TIMEOUT", "1");
    variables.put("METALLB_DYN6_RELOAD", "never");
    parameters = new Parameters(variables);
    startProgramWithPort(variables);
  }

  private void startDynDns() {
    start(
        "dyndns",
        Map.of(
            "METALLB_DYN6_HOSTS",
            "nas.example.org=::1:25",
            "METALLB_DYN6_DYNDNS_URL",
            provider.uri() + "/update?host={host}&myip={address}"));
  }

  private void startDnsEndpoint() {
    start("dns-endpoint", Map.of("METALLB_DYN6_HOSTS", "nas.example.org=::1:25"));
  }

  private static boolean isApply(ApiCall call) {
    return call.method().equals("PATCH") && call.path().contains("/dnsendpoints/metallb-dyn6");
  }

  private List<String> published() {
    return cluster.api().acted().stream()
        .filter(call -> isApply(call) || isRenumbering(call))
        .flatMap(call -> TARGET.matcher(call.body()).results().map(MatchResult::group))
        .toList();
  }

  private String told() {
    return cluster.annotations().getOrDefault(FollowerRecord.TOLD, "");
  }

  private void awaitTold(String follower, String prefix) {
    eventually(() -> assertThat(told()).contains(follower + "=" + prefix + "@"));
  }

  private String lastUpdate() {
    return provider.taken().get(provider.taken().size() - 1).target();
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"RESET_AFTER", "TIMEOUT", "STATUS_429", "STATUS_503"})
  void aProviderThatFailsIsAskedUntilItHasTheAddress(Fault fault) {
    startDynDns();
    provider.strike(fault);
    isp.givesAddress(ADDRESS_B);
    awaitPool(IPV4, RANGE_B);
    awaitLog("WARN Follower dyndns has failed");
    assertThat(told()).contains("dyndns=" + PREFIX_A + "@");
    provider.heal();
    awaitTold("dyndns", PREFIX_B);
    assertThat(lastUpdate()).contains("2001%3Adb8%3Ab%3A%3A1%3A25");
  }

  @ParameterizedTest
  @ValueSource(strings = {"911", "<html>good</html>", ""})
  void anAnswerOfNoProviderIsNoSuccess(String answer) {
    startDynDns();
    provider.answers(request -> new Reply(200, Map.of(), answer));
    isp.givesAddress(ADDRESS_B);
    awaitLog("WARN Follower dyndns has failed");
    assertThat(told()).contains("dyndns=" + PREFIX_A + "@");
    provider.answers(request -> GOOD);
    awaitTold("dyndns", PREFIX_B);
  }

  /** Providers block users who repeat themselves. */
  @Test
  void aProviderThatRefusesTheAccountIsLeftAloneUntilAPersonActs() {
    startDynDns();
    provider.answers(request -> new Reply(200, Map.of(), "abuse"));
    isp.givesAddress(ADDRESS_B);
    eventually(() -> assertThat(cluster.annotations()).containsKey(FollowerRecord.STOPPED));
    int asked = provider.received().size();
    provider.answers(request -> GOOD);
    awaitPasses(3);
    assertThat(provider.received()).hasSize(asked);
    assertThat(told()).contains("dyndns=" + PREFIX_A + "@");

    cluster.patchPool(
        "{\"metadata\":{\"annotations\":{\"%s\":null}}}".formatted(FollowerRecord.STOPPED));
    awaitTold("dyndns", PREFIX_B);
  }

  /**
   * A call that waits for an answer is given up at once, and an older prefix never comes behind.
   */
  @ParameterizedTest
  @ValueSource(strings = {"dyndns", "dns-endpoint", "renumber"})
  void aFollowerEndsAtTheNewestOfFiveChangesInTheirOrder(String follower) {
    createZone();
    start(
        follower,
        Map.of(
            "METALLB_DYN6_HOSTS",
            "nas.example.org=::1:25",
            "METALLB_DYN6_DYNDNS_URL",
            provider.uri() + "/update?myip={address}",
            "METALLB_DYN6_RENUMBER_KINDS",
            "ConfigMap",
            "METALLB_DYN6_MAX_CHANGES_PER_HOUR",
            "0"));
    provider.strike(Fault.TIMEOUT);
    cluster.api().strike(call -> isApply(call) || isRenumbering(call), Fault.TIMEOUT);
    for (String prefix : List.of("b", "c", "d", "e", "f")) {
      isp.givesAddress("2001:db8:%s::5c1e:1".formatted(prefix));
      awaitPool(IPV4, "2001:db8:%1$s::1000-2001:db8:%1$s::1999".formatted(prefix));
    }
    provider.heal();
    cluster.api().heal();
    awaitTold(follower, "2001:db8:f::/64");
    List<String> addresses = told(follower);
    assertThat(addresses).isSorted().endsWith("2001:db8:f::1:25").doesNotHaveDuplicates();
    awaitPasses(2);
    assertThat(told(follower)).isEqualTo(addresses);
  }

  /** Returns the addresses that were taken, in their order. */
  private List<String> told(String follower) {
    return follower.equals("dyndns")
        ? provider.taken().stream()
            .map(it -> it.target().replaceFirst(".*myip=", "").replace("%3A", ":"))
            .toList()
        : published();
  }

  private static boolean isRenumbering(ApiCall call) {
    return call.method().equals("PATCH") && call.path().contains("/configmaps/zone");
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"RESET_AFTER", "TIMEOUT", "STATUS_409", "STATUS_500"})
  void anObjectIsRenumberedOnceTheApiServerTakesIt(Fault fault) {
    createZone();
    start("renumber", Map.of("METALLB_DYN6_RENUMBER_KINDS", "ConfigMap"));
    cluster.api().strike(FollowerKindsTest::isRenumbering, fault);
    isp.givesAddress(ADDRESS_B);
    awaitPool(IPV4, RANGE_B);
    eventually(() -> assertThat(cluster.api().struck()).isPositive());
    assertThat(told()).contains("renumber=" + PREFIX_A + "@");
    cluster.api().heal();
    awaitTold("renumber", PREFIX_B);
    assertThat(
            cluster
                .client()
                .configMaps()
                .inNamespace(cluster.namespace())
                .withName("zone")
                .get()
                .getData())
        .containsEntry("db", "nas AAAA 2001:db8:b::1:25");
  }

  private void createZone() {
    cluster
        .client()
        .configMaps()
        .inNamespace(cluster.namespace())
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withName("zone")
                .withLabels(Map.of("metallb-dyn6/renumber", "true"))
                .endMetadata()
                .withData(Map.of("db", "nas AAAA 2001:db8:a::1:25"))
                .build())
        .create();
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"RESET_AFTER", "TIMEOUT", "STATUS_409", "STATUS_429", "STATUS_503"})
  void aDnsEndpointFollowsOnceTheApiServerTakesIt(Fault fault) throws Exception {
    startDnsEndpoint();
    cluster.api().strike(FollowerKindsTest::isApply, fault);
    isp.givesAddress(ADDRESS_B);
    awaitPool(IPV4, RANGE_B);
    awaitLog("WARN Follower dns-endpoint has failed");
    awaitPasses(1);
    assertThat(told()).contains("dns-endpoint=" + PREFIX_A + "@");
    cluster.api().heal();
    awaitTold("dns-endpoint", PREFIX_B);
    assertThat(published()).startsWith("2001:db8:a::1:25").endsWith("2001:db8:b::1:25");
    assertThat(published()).isSorted();
    assertThat(page()).doesNotContain("Told again at");
  }

  /** An API server that stalls carries out at last what the program has given up long ago. */
  @Test
  void aDnsEndpointIsNotPutBackByARequestThatArrivesLate() throws Exception {
    startDnsEndpoint();
    cluster.api().strike(FollowerKindsTest::isApply, Fault.TIMEOUT);
    isp.givesAddress(ADDRESS_B);
    awaitLog("WARN Follower dns-endpoint has failed");
    ApiCall late =
        cluster.api().calls().stream()
            .filter(call -> isApply(call) && call.body().contains("2001:db8:b::1:25"))
            .findFirst()
            .orElseThrow();
    cluster.api().heal();
    isp.givesAddress("2001:db8:c::5c1e:1");
    awaitTold("dns-endpoint", "2001:db8:c::/64");

    HttpRequest again =
        HttpRequest.newBuilder(cluster.api().uri().resolve(late.path()))
            .header("Content-Type", "application/apply-patch+yaml")
            .method("PATCH", HttpRequest.BodyPublishers.ofString(late.body()))
            .build();
    assertThat(HttpClient.newHttpClient().send(again, BodyHandlers.ofString()).statusCode())
        .isEqualTo(409);
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        Arguments.of(
            ApiProxy.answer(new Reply(404, Map.of("Content-Type", "text/plain"), NO_SUCH_PATH)),
            "the cluster has no DNSEndpoint (externaldns.k8s.io/v1alpha1): install external-dns's CustomResourceDefinition dnsendpoints.externaldns.k8s.io"),
        Arguments.of(
            ApiProxy.status(404, "NotFound", "namespaces \"dns\" not found"),
            "the Kubernetes API server does not find what was asked for (404): namespaces \"dns\" not found"),
        Arguments.of(
            ApiProxy.status(
                403,
                "Forbidden",
                "dnsendpoints.externaldns.k8s.io \"metallb-dyn6\" is forbidden: User \"system:serviceaccount:metallb-system:metallb-dyn6\" cannot patch resource \"dnsendpoints\" in API group \"externaldns.k8s.io\" in the namespace \"dns\""),
            "a Role must allow verb \"patch\" on resource \"dnsendpoints\" in apiGroup \"externaldns.k8s.io\", namespace \"dns\""),
        Arguments.of(
            ApiProxy.status(
                409,
                "Conflict",
                "Apply failed with 1 conflict: conflict with \"kubectl\" using externaldns.k8s.io/v1alpha1: .spec.endpoints"),
            "name another object with METALLB_DYN6_DNS_ENDPOINT_NAME, or delete this one"));
  }

  /** Log, health and page name the cause, and what to do. */
  @ParameterizedTest(name = "{1}")
  @MethodSource("refusals")
  void aDnsEndpointThatIsRefusedSaysWhatToDo(ApiProxy.Detour refusal, String words)
      throws Exception {
    cluster.api().detour(call -> Optional.of(refusal).filter(it -> isApply(call)));
    startUntold("dns-endpoint", Map.of("METALLB_DYN6_HOSTS", "nas.example.org=::1:25"));
    awaitLog(words);
    eventually(() -> assertThat(get("/observe/health")).contains(words.replace("\"", "\\\"")));
    assertThat(page()).contains(words, "Told again at");
    assertThat(cluster.addresses()).containsExactly(IPV4, RANGE_A);
    cluster.api().heal();
    awaitTold("dns-endpoint", PREFIX_A);
    eventually(() -> assertThat(page()).doesNotContain("Told again at"));
  }

  private String get(String path) throws Exception {
    return new Http(managementPort).get(path).body();
  }

  private String page() throws Exception {
    return get("/").replace("&quot;", "\"").replace("&#39;", "'");
  }
}
