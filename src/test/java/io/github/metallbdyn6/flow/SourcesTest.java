package io.github.metallbdyn6.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.testbed.FakeIsp;
import io.github.metallbdyn6.testbed.FakeRouter;
import io.github.metallbdyn6.testbed.Fault;
import io.github.metallbdyn6.testbed.Http;
import io.github.metallbdyn6.testbed.Parameters;
import io.github.metallbdyn6.testbed.RouteFolder;
import io.github.metallbdyn6.testbed.RunningProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several sources, each a real server: my-ip is the preferred one, then icanhazip and ident-me. */
class SourcesTest extends WholeFlow {
  private static final String ALL = "my-ip,icanhazip,ident-me";
  private static final String THERE = "2001:db8:a::7";
  private static final String ELSEWHERE = "2001:db8:bad::7";

  @TempDir private Path folder;
  private final FakeIsp icanhazip = new FakeIsp();
  private final FakeIsp identMe = new FakeIsp();
  private final Parameters parameters =
      new Parameters(
          Map.of(
              "METALLB_DYN6_ICANHAZIP_URL", icanhazip.url(),
              "METALLB_DYN6_IDENT_ME_URL", identMe.url()));

  @BeforeEach
  void createPool() {
    cluster.createPool(List.of(RANGE_B));
    cluster.pods().run(NEW_METALLB);
    isp.givesAddress(ADDRESS_A);
    answer(icanhazip, THERE);
    answer(identMe, "2001:db8:a::8");
  }

  @AfterEach
  void closeSources() {
    parameters.close();
    icanhazip.close();
    identMe.close();
  }

  private static void answer(FakeIsp source, String address) {
    source.answers(200, Map.of("Content-Type", "text/plain"), address + "\n");
  }

  private static void die(FakeIsp source) {
    source.answers(503, Map.of(), "");
  }

  private void start(String policy, Map<String, String> more) {
    Map<String, String> variables = new HashMap<>(more);
    variables.put("METALLB_DYN6_SOURCE", ALL);
    variables.put("METALLB_DYN6_SOURCE_POLICY", policy);
    startProgram(variables);
  }

  @Test
  void thePreferredOneDecidesAndNobodyElseIsAsked() {
    answer(icanhazip, ELSEWHERE);
    start("first", Map.of());

    awaitPool(RANGE_A);
    awaitPasses(3);
    assertThat(icanhazip.timesAsked()).isZero();
    assertThat(identMe.timesAsked()).isZero();
  }

  @Test
  void failsOverInOrderAndGoesBackWhenThePreferredOneRecovers() {
    die(isp);
    die(icanhazip);
    start("first", Map.of());

    awaitPool(RANGE_A);
    awaitLog("The first pass has succeeded: source ident-me answers the prefix 2001:db8:a::/64");

    isp.givesAddress(ADDRESS_A);
    awaitLog("Source my-ip answers now, before it was ident-me; the prefix is the same.");
    isp.givesAddress(ADDRESS_B);
    awaitPool(RANGE_B);
  }

  @Test
  void aDoubtfulAnswerOfThePreferredOneIsNoAnswer() {
    isp.givesAddress("fd00:db8::1");
    start("first", Map.of());

    awaitPool(RANGE_A);
    assertThat(log.lines()).noneMatch(line -> line.startsWith("WARN"));
  }

  @Test
  void whenAllAreDeadThePoolStaysAndTheLogSaysWhyEach() {
    die(isp);
    icanhazip.answers(200, Map.of("Content-Type", "text/html"), "<html>");
    answer(identMe, "192.0.2.1");
    start("first", Map.of());

    awaitLog("no source has a usable answer: my-ip: the source answered 503");
    awaitLog("icanhazip: the source's answer is refused (malformed)");
    awaitLog("ident-me: the source's answer is refused (ipv4)");
    assertThat(cluster.addresses()).containsExactly(RANGE_B);
    isp.givesAddress(ADDRESS_A);
    awaitPool(RANGE_A);
  }

  @Test
  void twoOfThreeOutvoteALiar() {
    isp.givesAddress(ELSEWHERE);
    start("agree", Map.of());

    awaitPool(RANGE_A);
    awaitLog("sources icanhazip, ident-me agree on the prefix 2001:db8:a::/64");
  }

  @Test
  void oneThatIsSlowOrDeadIsNotNeeded() {
    isp.strike(Fault.TIMEOUT);
    start("agree", Map.of("METALLB_DYN6_REQUEST_TIMEOUT", "1"));

    awaitPool(RANGE_A);
    assertThat(log.lines()).noneMatch(line -> line.startsWith("WARN"));
  }

  @Test
  void holdsWhileAllDifferAndSaysWhoSaidWhat() {
    answer(icanhazip, ELSEWHERE);
    answer(identMe, "2001:db8:c::8");
    start("agree", Map.of());

    awaitLog(
        "not one prefix that 2 sources agree on: my-ip: 2001:db8:a::/64;"
            + " icanhazip: 2001:db8:bad::/64; ident-me: 2001:db8:c::/64");
    assertThat(cluster.api().writes()).isEmpty();
    answer(icanhazip, THERE);
    awaitPool(RANGE_A);
  }

  @Test
  void aQuorumOfAllNeedsAll() {
    die(identMe);
    start("agree", Map.of("METALLB_DYN6_QUORUM", "3"));

    awaitLog("2 of the 3 sources that must agree answered");
    assertThat(cluster.api().writes()).isEmpty();
    answer(identMe, THERE);
    awaitPool(RANGE_A);
  }

  @Test
  void aProviderThatDoesNotWantToBeAskedIsLeftAlone() {
    isp.answers(429, Map.of("Retry-After", "3600"), "");
    start("first", Map.of());

    awaitPool(RANGE_A);
    int before = icanhazip.timesAsked();
    eventually(() -> assertThat(icanhazip.timesAsked()).isGreaterThan(before + 3));
    assertThat(isp.timesAsked()).isEqualTo(1);
  }

  /** Routes of the program's own have such names, too: ask-web, ask-source. */
  @ParameterizedTest
  @ValueSource(strings = {"web", "source"})
  void aSourceOfTheUsersMayHaveAnyName(String name) throws IOException {
    new RouteFolder(folder)
        .write(
            "source-%s.camel.yaml".formatted(name),
            """
            - route:
                id: source-%1$s
                from:
                  uri: direct:source-%1$s
                  steps:
                    - setHeader: {name: CamelHttpUri, constant: "{{metallb-dyn6.icanhazip-url}}"}
                    - to: {uri: "direct:ask-web"}
            """
                .formatted(name));
    startProgram(Map.of("METALLB_DYN6_ROUTES", folder.toString(), "METALLB_DYN6_SOURCE", name));

    awaitPool(RANGE_A);
    awaitLog("source %s answers the prefix 2001:db8:a::/64".formatted(name));
  }

  /** The box said how long the prefix is; the web service sees an address, and that is enough. */
  @Test
  void aWebServiceTakesOverFromAFritzboxThatIsDown() throws Exception {
    try (FakeRouter box = new FakeRouter();
        Parameters boxIsThere = new Parameters(Map.of("METALLB_DYN6_FRITZBOX_URL", box.url()))) {
      box.answers(
          200,
          "text/xml; charset=\"utf-8\"",
          """
          <?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>
          <u:X_AVM_DE_GetIPv6PrefixResponse xmlns:u="urn:schemas-upnp-org:service:WANIPConnection:1">
          <NewIPv6Prefix>2001:db8:a::</NewIPv6Prefix><NewPrefixLength>56</NewPrefixLength>
          <NewValidLifetime>7000</NewValidLifetime><NewPreferedLifetime>3000</NewPreferedLifetime>
          </u:X_AVM_DE_GetIPv6PrefixResponse></s:Body></s:Envelope>
          """);
      isp.givesAddress("2001:db8:a:ff::7"); // the box's own, beside the home network
      startProgram(
          Map.of("METALLB_DYN6_SOURCE", "fritzbox,my-ip", "METALLB_DYN6_SUBNET_OVERRIDE", "::"));
      awaitPool(RANGE_A);
      awaitLog("source fritzbox answers the prefix 2001:db8:a::/56");

      box.goDown();
      awaitLog("Source my-ip answers now, before it was fritzbox; the prefix is the same.");
      assertThat(log.lines()).noneMatch(line -> line.startsWith("WARN"));
      cluster.patchPool("{\"spec\":{\"addresses\":[\"%s\"]}}".formatted(IPV4));
      awaitPool(IPV4, RANGE_A);
    }
  }

  /** After a router's restart, Linux tells of neither prefix that it is dead. */
  @Test
  void aWebServiceSeesWhichOfTheInterfacesTwoPrefixesWorks() throws Exception {
    Path table =
        Files.writeString(
            folder.resolve("if_inet6"),
            """
            20010db8000b00000000000000005c1e 02 40 00 00     eth0
            20010db8000a00000000000000005c1e 02 40 00 00     eth0
            """);
    try (Parameters ofInterface =
        new Parameters(Map.of("METALLB_DYN6_INTERFACE_TABLE", table.toString()))) {
      RunningProgram alone = startProgram(Map.of("METALLB_DYN6_SOURCE", "interface"));
      awaitLog("several prefixes: 2001:db8:b::5c1e/128 2001:db8:a::5c1e/128. If your router");
      awaitLog(
          "name a second source that is asked over the internet, such as METALLB_DYN6_SOURCE=interface,my-ip");
      assertThat(cluster.addresses()).containsExactly(RANGE_B);
      alone.stop();

      startProgram(Map.of("METALLB_DYN6_SOURCE", "interface,my-ip"));
      awaitPool(RANGE_A);
      awaitLog("The first pass has succeeded: source my-ip answers the prefix 2001:db8:a::/64");
    }
  }

  @Test
  void aSilentSourceIsNotWaitedForAfterThreeTimes() {
    isp.strike(Fault.TIMEOUT);
    start(
        "first", Map.of("METALLB_DYN6_REQUEST_TIMEOUT", "1", "METALLB_DYN6_SOURCE_BREAK", "3600"));

    awaitPool(RANGE_A);
    int before = icanhazip.timesAsked();
    eventually(() -> assertThat(icanhazip.timesAsked()).isGreaterThan(before + 5));
    assertThat(isp.timesAsked()).isEqualTo(3);
  }

  @Test
  void aSilentSourceIsTriedAgainAfterTheBreak() {
    isp.strike(Fault.TIMEOUT);
    start("first", Map.of("METALLB_DYN6_REQUEST_TIMEOUT", "1", "METALLB_DYN6_SOURCE_BREAK", "1"));

    eventually(() -> assertThat(isp.timesAsked()).isGreaterThan(3));
  }

  @Test
  void theReasonIsStillSaidWhileTheOnlySourceIsLeftAlone() {
    isp.answers(403, Map.of(), "");
    startProgramWithPort(Map.of());

    awaitLog("Pass failed: the source answered 403");
    eventually(() -> assertThat(health()).contains("answered 403", "it is left alone until "));
    assertThat(isp.timesAsked()).isEqualTo(1);
  }

  private String health() throws Exception {
    return new Http(managementPort).get("/observe/health").body();
  }

  /** With an interval of an hour only the quick passes of an outage can see its end. */
  @Test
  void theEndOfAnOutageIsSeenAtOnce() {
    isp.strike(Fault.REFUSED);
    startProgram(Map.of("METALLB_DYN6_UPDATE_INTERVAL", "3600"));
    awaitLog("Pass failed: the source cannot be reached");

    isp.heal();
    awaitPool(RANGE_A);
  }
}
