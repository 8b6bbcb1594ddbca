package io.github.metallbdyn6.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.answer.RefusedAnswer.Reason;
import io.github.metallbdyn6.testbed.FakeRouter;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** pfSense with the package pfSense-pkg-RESTAPI. */
class SourcePfsenseTest {
  private static final String KEY = "k3y-$+{{x}}/='\"";

  private static String status(String lan) {
    return """
        {"code":200,"status":"ok","response_id":"SUCCESS","message":"","data":[
         {"name":"wan","descr":"WAN","hwif":"igc0","status":"up","ipaddr":"192.0.2.2","subnet":"24",
          "linklocal":"fe80::1%%igc0","ipaddrv6":"2001:db8:fffe::2","subnetv6":"128"},
         {"name":"lan","descr":"LAN","hwif":"igc1","status":"up","ipaddr":"198.51.100.1",
          "subnet":"24","linklocal":"fe80::2%%igc1","ipaddrv6":%s,"subnetv6":"64"},
         {"name":"opt1","descr":"GUEST","hwif":"igc1.20","status":"up","ipaddrv6":null}]}
        """
        .formatted(lan);
  }

  abstract static class Asked extends RestSource {
    Asked(String name, String key) {
      super(
          new FakeRouter(),
          "pfsense",
          Map.of(
              "URL",
              "METALLB_DYN6_PFSENSE_URL",
              "METALLB_DYN6_PFSENSE_INTERFACE",
              name,
              "METALLB_DYN6_PFSENSE_KEY",
              key));
    }
  }

  @Nested
  class Lan extends Asked {
    Lan() {
      super("lan", KEY);
    }

    @Test
    void givesTheAddressInTheLan() {
      answers(status("\"2001:db8:a:1201::1\""));
      assertThat(body()).isEqualTo("2001:db8:a:1201::1");
    }

    @Test
    void asksForTheStatusWithTheKey() {
      answers(status("\"2001:db8:a:1201::1\""));
      body();
      assertThat(question())
          .returns("GET", FakeRouter.Question::method)
          .returns("/api/v2/status/interfaces", FakeRouter.Question::path)
          .returns(KEY, it -> it.headers().get("x-api-key"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"\"", "\"fe80::2%igc1\""})
    void saysThatThereIsNoAddress(String none) {
      answers(status(none));
      assertRefused(Reason.EMPTY, "pfSense's interface lan has no IPv6 address at present");
    }

    @ParameterizedTest
    @CsvSource({"401, the key is wrong", "403, may not GET", "404, pfSense-pkg-RESTAPI"})
    void saysWhatToMend(int status, String words) {
      assertSaysWhatToMend(status, words, KEY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{}", "{\"data\":null}", "{\"data\":{\"name\":\"lan\"}}"})
    void takesNothingFromWhatIsNotTheStatus(String body) {
      answers(body);
      assertRefused(Reason.FAILURE, "pfSense has no interface lan");
    }
  }

  @Nested
  class AnUnknownInterface extends Asked {
    AnUnknownInterface() {
      super("LAN", KEY);
    }

    @Test
    void namesThoseThereAre() {
      answers(status("null"));
      assertRefused(Reason.FAILURE, "METALLB_DYN6_PFSENSE_INTERFACE can be one of: wan, lan, opt1");
    }
  }

  @Nested
  class WithoutAKey extends Asked {
    WithoutAKey() {
      super("lan", "");
    }

    @Test
    void namesTheVariable() {
      assertNeeds("METALLB_DYN6_PFSENSE_KEY");
    }
  }
}
