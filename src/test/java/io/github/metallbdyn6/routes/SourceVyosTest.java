package io.github.metallbdyn6.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.answer.RefusedAnswer.Reason;
import io.github.metallbdyn6.testbed.FakeRouter;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** VyOS with its HTTP API, which answers with what a terminal shows. */
class SourceVyosTest {
  private static final String KEY = "k3y-$+{{x}}/='\"ü";

  private static String shown(String... addresses) {
    StringBuilder text = new StringBuilder();
    text.append("eth1: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq_codel state UP\\n");
    text.append("    link/ether 02:00:00:00:00:01 brd ff:ff:ff:ff:ff:ff\\n");
    text.append("    inet 192.0.2.1/24 brd 192.0.2.255 scope global eth1\\n");
    for (String address : addresses) {
      text.append(
          "    inet6 %s\\n       valid_lft forever preferred_lft forever\\n".formatted(address));
    }
    text.append("    inet6 fe80::ff:fe00:1/64 scope link\\n\\n    RX:  bytes    packets\\n");
    return "{\"success\":true,\"data\":\"%s\",\"error\":null}".formatted(text);
  }

  private static final Map<String, String> ENVIRONMENT =
      Map.of("URL", "METALLB_DYN6_VYOS_URL", "METALLB_DYN6_VYOS_KEY", KEY);

  abstract static class Asked extends RestSource {
    Asked(String... more) {
      super(new FakeRouter(), "vyos", with(ENVIRONMENT, more));
    }
  }

  @Nested
  class TheDefault extends Asked {
    @Test
    void givesTheAddressOfTheInterface() {
      answers(shown("2001:db8:a:1201::1/64 scope global"));
      assertThat(body()).isEqualTo("2001:db8:a:1201::1");
    }

    @Test
    void sendsTheFormOfTheManual() {
      answers(shown("2001:db8:a:1201::1/64 scope global"));
      body();
      assertThat(question())
          .returns("POST", FakeRouter.Question::method)
          .returns("/show", FakeRouter.Question::path)
          .returns(
              "multipart/form-data; boundary=metallb-dyn6", it -> it.headers().get("content-type"));
      assertThat(question().body().split("--metallb-dyn6(\r\n|--\r\n)"))
          .anySatisfy(part -> assertThat(part).contains("name=\"key\"\r\n\r\n" + KEY + "\r\n"))
          .anySatisfy(
              part ->
                  assertThat(part)
                      .contains(
                          "name=\"data\"\r\n\r\n{",
                          "\"op\":\"show\"",
                          "\"path\":[\"interfaces\",\"ethernet\",\"eth1\"]"));
    }

    @Test
    void leavesOutAddressesThatDoNotLast() {
      answers(
          shown(
              "2001:db8:a:1201::1/64 scope global deprecated dynamic mngtmpaddr",
              "2001:db8:b:1201::9/64 scope global temporary dynamic",
              "2001:db8:b:1201::5/64 scope global tentative",
              "2001:db8:b:1201::1/64 scope global"));
      assertThat(body()).isEqualTo("2001:db8:b:1201::1");
    }

    @Test
    void givesAllThatLast() {
      answers(shown("2001:db8:a::1/64 scope global", "2001:db8:b::1/64 scope global"));
      assertThat(body()).isEqualTo("2001:db8:a::1\n2001:db8:b::1");
    }

    @Test
    void saysThatThereIsNone() {
      answers(shown());
      assertRefused(Reason.EMPTY, "VyOS' interface ethernet eth1 has no lasting global IPv6");
    }

    @ParameterizedTest
    @CsvSource({"401, lets nobody in", "400, as in the command", "404, set service https api"})
    void saysWhatToMend(int status, String words) {
      assertSaysWhatToMend(status, words, KEY);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {"[]", "{\"success\":false,\"error\":\"Invalid command\",\"data\":null}"})
    void takesNothingFromWhatIsNoSuccess(String body) {
      answers(body);
      assertRefused(Reason.FAILURE, "VyOS does not show the interface ethernet eth1");
    }
  }

  @Nested
  class AVlan extends Asked {
    AVlan() {
      super("METALLB_DYN6_VYOS_INTERFACE", "ethernet eth1  vif 20");
    }

    @Test
    void isAskedForByItsWords() {
      answers(shown("2001:db8:a:1201::1/64 scope global"));
      body();
      assertThat(question().body())
          .contains("[\"interfaces\",\"ethernet\",\"eth1\",\"vif\",\"20\"]");
    }
  }

  @Nested
  class WithoutAKey extends Asked {
    WithoutAKey() {
      super("METALLB_DYN6_VYOS_KEY", "");
    }

    @Test
    void namesTheVariable() {
      assertNeeds("METALLB_DYN6_VYOS_KEY");
    }
  }
}
