package io.github.metallbdyn6.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.metallbdyn6.ipv6.RefusedAnswer;
import java.util.Map;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SourceMyIpTest extends RouteAlone {

  @BeforeEach
  void loadRoute() throws Exception {
    load("source-my-ip");
    context.start();
  }

  private String ask() {
    return call("source-my-ip", null, String.class);
  }

  @Test
  void readsVersionTwo() {
    isp.givesAddress("2001:db8::2");
    assertThat(ask()).isEqualTo("2001:db8::2");
  }

  @Test
  void readsVersionOne() {
    isp.answers("{\"success\":true,\"ip\":\"2001:db8::1\",\"type\":\"IPv6\"}");
    assertThat(ask()).isEqualTo("2001:db8::1");
  }

  @Test
  void takesNoAddressFromAFailure() {
    isp.answers("{\"success\":false,\"ip\":\"2001:db8::1\"}");
    assertThatThrownBy(this::ask).hasRootCauseInstanceOf(RefusedAnswer.class);
  }

  @Test
  void doesNotFollowARedirect() {
    isp.answers(302, Map.of("Location", isp.url()), "");
    assertThatThrownBy(this::ask)
        .hasRootCauseInstanceOf(HttpOperationFailedException.class)
        .hasStackTraceContaining("302");
    assertThat(isp.timesAsked()).isEqualTo(1);
  }

  @Test
  void readsNoMoreThanAnAnswerCanBe() {
    isp.answers("{\"ip\":\"2001:db8::1\",\"padding\":\"" + "x".repeat(4096) + "\"}");
    assertThatThrownBy(this::ask)
        .rootCause()
        .isInstanceOfSatisfying(
            RefusedAnswer.class,
            refused -> assertThat(refused.reason()).isEqualTo(RefusedAnswer.Reason.TOO_LONG));
  }
}
