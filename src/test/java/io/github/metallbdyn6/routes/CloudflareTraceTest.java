package io.github.metallbdyn6.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.metallbdyn6.answer.RefusedAnswer;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The source cloudflare-trace, with the page as Cloudflare sends it. */
class CloudflareTraceTest extends RouteAlone {
  private static final String PAGE =
      """
      fl=123f456
      h=127.0.0.1
      ip=2001:db8::5c1e
      ts=1763846400.123
      visit_scheme=https
      uag=metallb-dyn6
      colo=FRA
      sliver=none
      http=http/1.1
      loc=XX
      tls=TLSv1.3
      sni=plaintext
      warp=off
      gateway=off
      rbi=off
      kex=X25519
      """;

  CloudflareTraceTest() {
    super(isp -> Map.of("METALLB_DYN6_CLOUDFLARE_TRACE_URL", isp.url()));
  }

  @BeforeEach
  void loadRoute() throws Exception {
    load("1-find-prefix", "source-cloudflare-trace");
    context.start();
  }

  private String ask(String page) {
    isp.answers(200, Map.of("Content-Type", "text/plain"), page);
    return call("source-cloudflare-trace", null, String.class);
  }

  @Test
  void readsTheAddress() {
    assertThat(ask(PAGE)).isEqualTo("2001:db8::5c1e");
  }

  @ParameterizedTest
  @ValueSource(strings = {"h=www.example.net", "h=", "x=127.0.0.1"})
  void refusesWhatAnotherHostAnswers(String host) {
    assertThatThrownBy(() -> ask(PAGE.replace("h=127.0.0.1", host)))
        .hasRootCauseInstanceOf(RefusedAnswer.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"warp=on", "warp=plus", "x=off"})
  void refusesTheAddressOfATunnel(String warp) {
    assertThatThrownBy(() -> ask(PAGE.replace("warp=off", warp)))
        .hasRootCauseInstanceOf(RefusedAnswer.class)
        .hasStackTraceContaining("warp=");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"please log in", "ip=2001:db8::1\nip=2001:db8::2", "{\"ip\":\"2001:db8::1\"}"})
  void refusesWhatIsNoSuchPage(String page) {
    assertThatThrownBy(() -> ask(page)).hasRootCauseInstanceOf(RefusedAnswer.class);
  }

  @Test
  void refusesAPageWithoutAnAddress() {
    assertThatThrownBy(() -> ask(PAGE.replace("ip=", "x=")))
        .hasRootCauseInstanceOf(RefusedAnswer.class)
        .hasStackTraceContaining("there is no ip=");
  }
}
