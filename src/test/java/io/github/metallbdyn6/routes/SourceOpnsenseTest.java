package io.github.metallbdyn6.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.answer.RefusedAnswer;
import io.github.metallbdyn6.answer.RefusedAnswer.Reason;
import io.github.metallbdyn6.testbed.FakeRouter;
import io.github.metallbdyn6.testbed.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.apache.camel.Exchange;
import org.apache.camel.util.ObjectHelper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** OPNsense with an interface of each kind, by TLS. */
class SourceOpnsenseTest {
  private static final FakeRouter ROUTER = new FakeRouter();

  /** With what a shell, JSON, Camel or a URL might make its own of. */
  private static final String KEY = "w86X/8Oq+8aC5r=";

  private static final String SECRET = "p'u)\"{{Ow}}${0}\\E,ü:%41#";

  @TempDir private static Path folder;
  private static FakeRouter.Tls tls;

  @BeforeAll
  static void openTls() throws IOException, GeneralSecurityException {
    tls = ROUTER.openTls(folder);
  }

  @AfterAll
  static void close() throws IOException {
    tls.close();
    ROUTER.close();
  }

  private static Map<String, String> environment(String interfaceName, String... more) {
    Map<String, String> environment = new HashMap<>();
    environment.put("METALLB_DYN6_OPNSENSE_URL", tls.url());
    environment.put("METALLB_DYN6_OPNSENSE_INTERFACE", interfaceName);
    environment.put("METALLB_DYN6_OPNSENSE_KEY", KEY);
    environment.put("METALLB_DYN6_OPNSENSE_SECRET", SECRET);
    environment.put("METALLB_DYN6_CA_FILE", tls.certificate().toString());
    for (int i = 0; i < more.length; i += 2) {
      environment.put(more[i], more[i + 1]);
    }
    return environment;
  }

  abstract static class Asked extends RouteAlone {
    Asked(Map<String, String> environment) {
      super(environment);
    }

    @BeforeEach
    void loadRoute() throws Exception {
      ROUTER.reset();
      ROUTER.answers(200, "application/json; charset=UTF-8", overview());
      load("1-find-prefix", "source-opnsense");
      context.start();
    }

    final Exchange ask() {
      return template.send("direct:source-opnsense", exchange -> {});
    }

    final String body() {
      Exchange exchange = ask();
      assertThat(exchange.getException()).isNull();
      assertThat(exchange.getMessage().getHeaders()).isEmpty();
      return exchange.getMessage().getBody(String.class);
    }

    final void assertDistrusted(String host) {
      assertThat(ask().getException())
          .isInstanceOf(SSLException.class)
          .hasMessageContaining("the certificate of " + host)
          .hasMessageContaining("METALLB_DYN6_CA_FILE");
    }

    final void assertRefused(Reason reason, String message) {
      Exception failure = ask().getException();
      assertThat(ObjectHelper.getException(RefusedAnswer.class, failure))
          .returns(reason, RefusedAnswer::reason)
          .hasMessageContaining(message)
          .hasMessageNotContainingAny(KEY, SECRET);
    }
  }

  private static String overview() {
    try {
      return Files.readString(Path.of("src/test/resources/opnsense-interfaces.json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Nested
  class Lan extends Asked {
    Lan() {
      super(environment("lan"));
    }

    @Test
    void givesTheAddressInTheLan() {
      assertThat(overview()).hasSizeGreaterThan(4096);
      assertThat(body()).isEqualTo("2001:db8:0:1201:200:5eff:fe00:5301");
    }

    /** The ISP has changed the prefix, and the LAN has not followed yet. */
    @Test
    void waitsForTheLanToFollowTheWan() {
      ROUTER.answers(200, "application/json", delegated("2001:db8:1:1200::"));
      assertRefused(
          Reason.STALE,
          "interface lan has no address in what the ISP delegates now, 2001:db8:1:1200::/56; it has 2001:db8:0:1201:200:5eff:fe00:5301");
    }

    @Test
    void takesTheNewAddressBesideTheOldOne() {
      ROUTER.answers(
          200,
          "application/json",
          delegated("2001:db8:1:1200::")
              .replace(
                  "{\"ipaddr\":\"fd00:db8::1\\/64\"",
                  "{\"ipaddr\":\"2001:db8:1:1201::1\\/64\"},{\"ipaddr\":\"fd00:db8::1\\/64\""));
      assertThat(body()).isEqualTo("2001:db8:1:1201::1");
    }

    /** As with a tunnel for the LAN beside an ISP's own prefix. */
    @Test
    void aLanThatFollowsNobodyHasItsOwnPrefix() {
      ROUTER.answers(
          200,
          "application/json",
          delegated("2001:db8:1:1200::")
              .replaceAll("\"ipaddrv6\": ?\"track6\"", "\"ipaddrv6\":\"static\""));
      assertThat(body()).isEqualTo("2001:db8:0:1201:200:5eff:fe00:5301");
    }

    private static String delegated(String prefix) {
      String changed = overview().replace("2001:db8:0:1200::\\/56", prefix + "\\/56");
      assertThat(changed).isNotEqualTo(overview());
      return changed;
    }

    @Test
    void provesItselfAndAsksForTheOverview() {
      ask();
      assertThat(ROUTER.questions())
          .singleElement()
          .satisfies(
              question -> {
                assertThat(question.method() + " " + question.path())
                    .isEqualTo("GET /api/interfaces/overview/interfacesInfo");
                assertThat(question.headers().get("authorization"))
                    .satisfies(
                        value ->
                            assertThat(
                                    new String(
                                        Base64.getDecoder().decode(value.replace("Basic ", "")),
                                        StandardCharsets.UTF_8))
                                .isEqualTo(KEY + ":" + SECRET));
              });
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void saysThatItIsNotLetIn(int status) {
      ROUTER.answers(
          question ->
              new Reply(
                  status,
                  Map.of("Content-Type", "application/json"),
                  "{\"status\":%d,\"message\":\"Forbidden\"}".formatted(status)));
      assertRefused(Reason.FAILURE, "status " + status);
    }

    @Test
    void takesNoAddressFromALoginPage() {
      ROUTER.answers(200, "text/html", "<html>Login</html>");
      assertRefused(Reason.MALFORMED, "web page");
    }

    @Test
    void takesNothingFromWhatIsNotTheOverview() {
      ROUTER.answers(200, "application/json", "[]");
      assertRefused(Reason.FAILURE, "no interface lan");
    }

    @Test
    void readsNoMoreThanARouterHasToSay() {
      ROUTER.answers(200, "application/json", " ".repeat(300_000) + overview());
      assertRefused(Reason.TOO_LONG, "262144");
    }

    @Test
    void keepsTheCredentialsOutOfTheRoute() {
      ask();
      assertThat(context.getRouteDefinitions().toString()).doesNotContain(KEY, SECRET);
    }
  }

  @Nested
  class Wan extends Asked {
    Wan() {
      super(environment("wan"));
    }

    @Test
    void givesWhatWasDelegated() {
      assertThat(body()).isEqualTo("2001:db8:0:1200::/56");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "[\"2001:db8:0:1200::/56\\n2001:db8:1:1200::/60\"] | 2001:db8:0:1200::/56;2001:db8:1:1200::/60",
          "\"2001:db8:0:1200::/56\" | 2001:db8:0:1200::/56",
          "[] | 2001:db8:fffe:7::23"
        })
    void readsEveryFormOfIt(String prefix, String lines) {
      ROUTER.answers(
          200, "application/json", overview().replace("[\"2001:db8:0:1200::\\/56\"]", prefix));
      assertThat(body()).isEqualTo(lines.replace(';', '\n'));
    }
  }

  @Nested
  class WithoutAPrimaryAddress extends Asked {
    WithoutAPrimaryAddress() {
      super(environment("opt2"));
    }

    @Test
    void takesTheFirstThatIsThere() {
      assertThat(body()).isEqualTo("2001:db8:0:1203::1");
    }
  }

  @Nested
  class WithoutIpv6 extends Asked {
    WithoutIpv6() {
      super(environment("opt1"));
    }

    @Test
    void saysSo() {
      assertRefused(Reason.EMPTY, "opt1 has no IPv6 address");
    }
  }

  @Nested
  class WithAnUnknownInterface extends Asked {
    WithAnUnknownInterface() {
      super(environment("LAN"));
    }

    @Test
    void namesThoseThereAre() {
      assertRefused(Reason.FAILURE, "one of: wan, lan, opt1, opt2");
    }
  }

  @Nested
  class WithoutASecret extends Asked {
    WithoutASecret() {
      super(environment("lan", "METALLB_DYN6_OPNSENSE_SECRET", ""));
    }

    @Test
    void namesTheVariable() {
      assertRefused(Reason.FAILURE, "METALLB_DYN6_OPNSENSE_SECRET is not set");
      assertThat(ROUTER.questions()).isEmpty();
    }
  }

  @Nested
  class WithoutTheCertificate extends Asked {
    WithoutTheCertificate() {
      super(environment("lan", "METALLB_DYN6_CA_FILE", ""));
    }

    @Test
    void sendsNothingAndSaysWhereToPutIt() {
      assertDistrusted("127.0.0.1");
      assertThat(ROUTER.questions()).isEmpty();
    }
  }

  @Nested
  class ByAnotherName extends Asked {
    ByAnotherName() {
      super(environment("lan", "METALLB_DYN6_OPNSENSE_URL", tls.urlByAnotherName()));
    }

    @Test
    void sendsNothingAndSaysWhoseCertificateItIs() {
      assertDistrusted("localhost");
      assertThat(ROUTER.questions()).isEmpty();
    }
  }
}
