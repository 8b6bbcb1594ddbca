package io.github.metallbdyn6.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.metallbdyn6.answer.RefusedAnswer;
import io.github.metallbdyn6.answer.RefusedAnswer.Reason;
import io.github.metallbdyn6.testbed.FakeRouter;
import io.github.metallbdyn6.testbed.FakeRouter.Question;
import io.github.metallbdyn6.testbed.Reply;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.util.ObjectHelper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenWrt with rpcd and uhttpd-mod-ubus, which lets in whoever knows the password. */
class SourceOpenwrtTest {
  private static final FakeRouter ROUTER = new FakeRouter();
  private static final String PASSWORD = "p'a\"s{{s}}\\w${o}r)d,ü";
  private static final String SESSION = "c1ed6c7b025d0caca723a816fa61b668";

  private static final String STATUS =
      """
      {"jsonrpc":"2.0","id":1,"result":[0,{"up":true,"pending":false,"available":true,"autostart":true,"dynamic":false,
      "uptime":84210,"l3_device":"eth1","proto":"dhcpv6","device":"eth1","metric":0,"dns_metric":0,"delegation":true,
      "ipv4-address":[],"ipv6-address":[{"address":"2001:db8:fffe:7::23","mask":128,"preferred":3411,"valid":7011}],
      "ipv6-prefix":[%s],"ipv6-prefix-assignment":[],
      "route":[{"target":"::","mask":0,"nexthop":"fe80::1","metric":512,"valid":1711,"source":"2001:db8:0:1200::/56"}],
      "dns-server":["2001:db8:ffff::53"],"dns-search":[],"neighbors":[],"inactive":{"ipv4-address":[],"ipv6-address":[],
      "route":[],"dns-server":[],"dns-search":[],"neighbors":[]},"data":{"passthru":"001700202001"}}]}
      """;

  private static final String CURRENT =
      """
      {"address":"2001:db8:0:1200::","mask":56,"preferred":3411,"valid":7011,"class":"wan6",
       "assigned":{"lan":{"address":"2001:db8:0:1200::","mask":60},"guest":{"address":"2001:db8:0:1210::","mask":64}}}""";

  private static final String OLD =
      "{\"address\":\"2001:db8:9:9900::\",\"mask\":56,\"preferred\":0,\"valid\":5000,\"class\":\"wan6\",\"assigned\":{}}";

  @AfterAll
  static void closeRouter() {
    ROUTER.close();
  }

  private static Map<String, String> environment(String... more) {
    Map<String, String> environment = new HashMap<>();
    environment.put("METALLB_DYN6_OPENWRT_URL", ROUTER.url() + "/ubus");
    environment.put("METALLB_DYN6_OPENWRT_PASSWORD", PASSWORD);
    for (int i = 0; i < more.length; i += 2) {
      environment.put(more[i], more[i + 1]);
    }
    return environment;
  }

  /** Logs in as rpcd does, and gives the answer to everybody who is logged in. */
  private static Reply ubus(Question question, String user, String answer) {
    if (!question.method().equals("POST") || !question.path().equals("/ubus")) {
      return new Reply(404, Map.of(), "");
    }
    JsonNode request = json(question);
    JsonNode parameters = request.path("params");
    String body;
    if (parameters.path(1).asText().equals("session")) {
      JsonNode who = parameters.path(3);
      boolean known =
          parameters.path(0).asText().equals("00000000000000000000000000000000")
              && who.path("username").asText().equals(user)
              && who.path("password").asText().equals(PASSWORD);
      body = known ? loggedIn() : "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":[6]}";
    } else if (!parameters.path(0).asText().equals(SESSION)) {
      body =
          "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32002,\"message\":\"Access denied\"}}";
    } else {
      body = answer;
    }
    return new Reply(200, Map.of("Content-Type", "application/json"), body);
  }

  private static JsonNode json(Question question) {
    try {
      return new ObjectMapper().readTree(question.body());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(question.body(), e);
    }
  }

  /** Root's rights alone are longer than other sources' answers. */
  private static String loggedIn() {
    String rights =
        IntStream.range(0, 300)
            .mapToObj(i -> "\"luci-rpc-object-%d\":[\"read\",\"write\"]".formatted(i))
            .collect(Collectors.joining(","));
    return "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":[0,{\"ubus_rpc_session\":\"%s\",\"timeout\":30,\"expires\":30,\"acls\":{\"ubus\":{%s}},\"data\":{\"username\":\"root\"}}]}"
        .formatted(SESSION, rights);
  }

  abstract static class Asked extends RouteAlone {
    Asked(String... environment) {
      super(environment(environment));
    }

    @BeforeEach
    void loadRoute() throws Exception {
      ROUTER.reset();
      answers(STATUS.formatted(CURRENT));
      load("1-find-prefix", "source-openwrt");
      context.start();
    }

    final void answers(String status) {
      ROUTER.answers(question -> ubus(question, "root", status));
    }

    final Exchange ask() {
      return template.send("direct:source-openwrt", exchange -> {});
    }

    final void assertRefused(Reason reason, String message) {
      Exception failure = ask().getException();
      assertThat(ObjectHelper.getException(RefusedAnswer.class, failure))
          .returns(reason, RefusedAnswer::reason)
          .hasMessageContaining(message)
          .hasMessageNotContaining(PASSWORD);
    }
  }

  @Nested
  class ByDefault extends Asked {
    @Test
    void givesThePrefixWithItsLifetimes() {
      Exchange exchange = ask();
      assertThat(exchange.getException()).isNull();
      assertThat(exchange.getMessage().getBody()).isEqualTo("2001:db8:0:1200::/56");
      assertThat(exchange.getMessage().getHeaders())
          .containsOnly(Map.entry("preferredLifetime", 3411L), Map.entry("validLifetime", 7011L));
    }

    @Test
    void asksForTheStatusOfWan6() {
      ask();
      assertThat(ROUTER.questions()).hasSize(2);
      assertThat(json(ROUTER.questions().get(1)).path("params").toString())
          .isEqualTo("[\"%s\",\"network.interface.wan6\",\"status\",{}]".formatted(SESSION));
      assertThat(ROUTER.questions())
          .allSatisfy(
              question ->
                  assertThat(question.headers().get("content-type"))
                      .startsWith("application/json"));
    }

    /** For a while after a change both are there. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void passesOverADeprecatedPrefix(boolean oldFirst) {
      answers(STATUS.formatted(oldFirst ? OLD + "," + CURRENT : CURRENT + "," + OLD));
      Exchange exchange = ask();
      assertThat(exchange.getMessage().getBody()).isEqualTo("2001:db8:0:1200::/56");
      assertThat(exchange.getMessage().getHeader("preferredLifetime")).isEqualTo(3411L);
    }

    @Test
    void tellsThatTheOnlyPrefixIsDeprecated() {
      answers(STATUS.formatted(OLD));
      Exchange exchange = ask();
      assertThat(exchange.getMessage().getBody()).isEqualTo("2001:db8:9:9900::/56");
      assertThat(exchange.getMessage().getHeader("preferredLifetime")).isEqualTo(0L);
    }

    @Test
    void tellsAllPrefixesThatAreGood() {
      answers(
          STATUS.formatted(
              CURRENT + ",{\"address\":\"fd00:db8:1::\",\"mask\":48,\"assigned\":{}}"));
      Exchange exchange = ask();
      assertThat(exchange.getMessage().getBody())
          .isEqualTo("2001:db8:0:1200::/56\nfd00:db8:1::/48");
      assertThat(exchange.getMessage().getHeader("validLifetime")).isEqualTo(7011L);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "{'result':[0,{'up':true,'ipv6-prefix':[]}]}  | EMPTY   | no delegated prefix at present (it is up)",
          "{'result':[0,{'up':false,'ipv6-prefix':[]}]} | EMPTY   | it is down",
          "{'result':[6]}                               | FAILURE | may not ask",
          "{'error':{'code':-32002,'message':'Access denied'}}    | FAILURE | /usr/share/rpcd/acl.d",
          "{'error':{'code':-32000,'message':'Object not found'}} | FAILURE | no interface wan6",
          "{'result':[4]}                               | FAILURE | no interface wan6",
          "{'result':[7]}                               | FAILURE | status 7",
          "{'error':{'code':-32700,'message':'Parse error'}}      | FAILURE | error -32700",
          "{}                                           | FAILURE | status -1"
        },
        quoteCharacter = '`')
    void saysWhyThereIsNoPrefix(String answer, Reason reason, String message) {
      answers(answer.replace('\'', '"'));
      assertRefused(reason, message);
    }

    @Test
    void saysThatTheUserIsNotLetIn() {
      ROUTER.answers(question -> ubus(question, "somebody else", ""));
      assertRefused(Reason.FAILURE, "METALLB_DYN6_OPENWRT_PASSWORD");
      assertThat(ROUTER.questions()).hasSize(1);
    }

    @Test
    void saysWhatToInstall() {
      ROUTER.answers(404, "text/plain", "");
      assertRefused(Reason.FAILURE, "uhttpd-mod-ubus");
    }

    @Test
    void leavesWhatIsNotJsonToTheFailurePolicy() {
      ROUTER.answers(200, "text/plain", "<html>");
      assertThat(ObjectHelper.getException(JsonProcessingException.class, ask().getException()))
          .isNotNull();
    }
  }

  @Nested
  class AnotherUserAndInterface extends Asked {
    AnotherUserAndInterface() {
      super(
          "METALLB_DYN6_OPENWRT_USER", "metallb-dyn6", "METALLB_DYN6_OPENWRT_INTERFACE", "pppoe6");
    }

    @Test
    void areAskedFor() {
      ROUTER.answers(question -> ubus(question, "metallb-dyn6", STATUS.formatted(CURRENT)));
      assertThat(ask().getMessage().getBody()).isEqualTo("2001:db8:0:1200::/56");
      assertThat(ROUTER.questions().get(1).body()).contains("\"network.interface.pppoe6\"");
    }
  }

  @Nested
  class WithoutAPassword extends Asked {
    WithoutAPassword() {
      super("METALLB_DYN6_OPENWRT_PASSWORD", "");
    }

    @Test
    void namesTheVariable() {
      Exception failure = ask().getException();
      assertThat(ObjectHelper.getException(RefusedAnswer.class, failure))
          .hasMessageContaining("METALLB_DYN6_OPENWRT_PASSWORD is not set");
      assertThat(ROUTER.questions()).isEmpty();
    }
  }
}
