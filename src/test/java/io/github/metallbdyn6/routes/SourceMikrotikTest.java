package io.github.metallbdyn6.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.answer.RefusedAnswer.Reason;
import io.github.metallbdyn6.testbed.FakeRouter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RouterOS 7 with DHCPv6 clients and pools. */
class SourceMikrotikTest {
  private static final String PASSWORD = "p'u)\"{{Ow}}${0}\\E,ü:%41#";

  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "URL",
          "METALLB_DYN6_MIKROTIK_URL",
          "METALLB_DYN6_MIKROTIK_USER",
          "metallb-dyn6",
          "METALLB_DYN6_MIKROTIK_PASSWORD",
          PASSWORD);

  private static String client(String face, String more) {
    return """
        {".id":"*1","add-default-route":"true","dhcp-server-v6":"fe80::1","disabled":"false",
         "duid":"0x00030001020000000001","interface":"%s","invalid":"false","pool-name":"isp",
         "pool-prefix-length":"64","prefix-hint":"::/0","request":"prefix",%s,"use-peer-dns":"true"}
        """
        .formatted(face, more);
  }

  private static String bound(String prefix) {
    return client("ether1", "\"status\":\"bound\",\"prefix\":\"%s\"".formatted(prefix));
  }

  abstract static class Asked extends RestSource {
    Asked(String... more) {
      super(new FakeRouter(), "mikrotik", with(ENVIRONMENT, more));
    }
  }

  @Nested
  class OfAllClients extends Asked {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "2001:db8:a::/56, 1d3h | 2001:db8:a::/56 | 97200",
          "2001:db8:a::/56, 6d16h56m8s | 2001:db8:a::/56 | 579368",
          "2001:db8:a::/60, 2w | 2001:db8:a::/60 | 1209600",
          "2001:db8:a::/48, 0s | 2001:db8:a::/48 | 0",
          "2001:db8:a::/56 | 2001:db8:a::/56 |",
          "2001:db8:a::/56, soon | 2001:db8:a::/56, soon |",
          "2001:db8:a::/56, 99999999999999999999w | 2001:db8:a::/56, 99999999999999999999w |"
        })
    void givesThePrefixAndWhatIsLeftOfItsTime(String told, String prefix, Long seconds) {
      answers("[" + bound(told) + "]");
      assertThat(answered().getMessage())
          .returns(prefix, message -> message.getBody(String.class))
          .returns(seconds, message -> message.getHeader("validLifetime", Long.class));
    }

    @Test
    void asksForTheListAndProvesItself() {
      answers("[" + bound("2001:db8:a::/56, 1d3h") + "]");
      body();
      assertThat(question())
          .returns("GET", FakeRouter.Question::method)
          .returns("/rest/ipv6/dhcp-client", FakeRouter.Question::path);
      String proof = question().headers().getOrDefault("authorization", "").replace("Basic ", "");
      assertThat(new String(Base64.getDecoder().decode(proof), StandardCharsets.UTF_8))
          .isEqualTo("metallb-dyn6:" + PASSWORD);
    }

    @Test
    void givesAllPrefixesAndTheShortestTime() {
      answers("[%s,%s]".formatted(bound("2001:db8:a::/56, 2h"), bound("2001:db8:b::/56, 1h")));
      assertThat(answered().getMessage())
          .returns("2001:db8:a::/56\n2001:db8:b::/56", message -> message.getBody(String.class))
          .returns(3600L, message -> message.getHeader("validLifetime", Long.class));
    }

    @Test
    void leavesOutAnOldPrefixBesideTheNewOne() {
      answers("[%s,%s]".formatted(bound("2001:db8:a::/56, 0s"), bound("2001:db8:b::/56, 1h")));
      assertThat(body()).isEqualTo("2001:db8:b::/56");
    }

    @Test
    void saysWhatTheClientDoesWithoutAPrefix() {
      answers("[" + client("ether1", "\"status\":\"searching...\"") + "]");
      assertRefused(Reason.EMPTY, "at present (its DHCPv6 client is searching...)");
    }

    @Test
    void saysWhatIsMissingWithoutAClient() {
      answers("[]");
      assertRefused(Reason.FAILURE, "add a DHCPv6 client that asks for a prefix");
    }

    @Test
    void asksNoClientThatIsOff() {
      answers("[" + bound("2001:db8:a::/56, 1h").replace("d\":\"false", "d\":\"true") + "]");
      assertRefused(Reason.FAILURE, "no entry in that list");
    }

    @ParameterizedTest
    @CsvSource({"401, lets nobody in", "403, read and rest-api", "404, www-ssl", "400, or pool"})
    void saysWhatToMend(int status, String words) {
      assertSaysWhatToMend(status, words, PASSWORD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "\"x\"", "[1,null,[]]", "{\"prefix\":{\"prefix\":[]}}"})
    void takesNothingFromWhatIsNoList(String body) {
      answers(body);
      assertThat(ask().getException()).isNotNull();
    }
  }

  @Nested
  class OfOneClient extends Asked {
    OfOneClient() {
      super("METALLB_DYN6_MIKROTIK_NAME", "pppoe-out1");
    }

    @Test
    void takesThatOneOnly() {
      String other = client("pppoe-out1", "\"prefix\":\"2001:db8:b::/56, 1h\"");
      answers("[%s,%s]".formatted(bound("2001:db8:a::/56, 1h"), other));
      assertThat(body()).isEqualTo("2001:db8:b::/56");
    }

    @Test
    void namesThoseThereAre() {
      answers("[" + bound("2001:db8:a::/56, 1h") + "]");
      assertRefused(
          Reason.FAILURE,
          "no entry pppoe-out1 in that list; METALLB_DYN6_MIKROTIK_NAME can be one of: ether1, isp");
    }
  }

  @Nested
  class OfAPool extends Asked {
    OfAPool() {
      super("METALLB_DYN6_MIKROTIK_LIST", "pool", "METALLB_DYN6_MIKROTIK_NAME", "isp");
    }

    @Test
    void takesThePoolAndWhenItExpires() {
      answers(
          """
          [{".id":"*1","dynamic":"false","name":"ula","prefix":"fd00:db8::/48","prefix-length":"64"},
           {".id":"*2","dynamic":"true","expires-after":"1d3h","name":"isp",
            "prefix":"2001:db8:a::/56","prefix-length":"64"}]
          """);
      assertThat(answered().getMessage())
          .returns("2001:db8:a::/56", message -> message.getBody(String.class))
          .returns(97_200L, message -> message.getHeader("validLifetime", Long.class));
      assertThat(question().path()).isEqualTo("/rest/ipv6/pool");
    }
  }

  @Nested
  class WithoutAPassword extends Asked {
    WithoutAPassword() {
      super("METALLB_DYN6_MIKROTIK_PASSWORD", "");
    }

    @Test
    void namesTheVariable() {
      assertNeeds("METALLB_DYN6_MIKROTIK_PASSWORD");
    }
  }
}
