package io.github.metallbdyn6.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PushGateTest {
  private static final String RIGHT = "password=123456789012";

  private final PushGate gate =
      new PushGate(
          AllowedCallers.parse("192.0.2.0/24"),
          new CallRate(() -> 0),
          new PushSecret("123456789012", "", ""));

  private Optional<PushAnswer> ask(String caller, String method, String path, String query)
      throws UnknownHostException {
    return gate.refusal(InetAddress.getByName(caller), PushRequest.of(method, path, query, ""));
  }

  @Test
  void letsInWhoKnowsTheSecret() throws Exception {
    assertThat(ask("192.0.2.1", "GET", "/update", RIGHT)).isEmpty();
    assertThat(ask("192.0.2.1", "GET", "/nic/update", RIGHT)).isEmpty();
  }

  /** With token= in its URL, a FRITZ!Box adds a header with the user and password of its form. */
  @Test
  void letsInWhoKnowsTheSecretBesideOthers() throws Exception {
    String header =
        "Basic " + Base64.getEncoder().encodeToString("a:b".getBytes(StandardCharsets.UTF_8));
    for (String query : List.of("token=123456789012", "token=x&password=123456789012")) {
      PushRequest request = PushRequest.of("GET", "/update", query, header);
      assertThat(gate.refusal(InetAddress.getByName("192.0.2.1"), request)).isEmpty();
    }
    PushRequest wrong = PushRequest.of("GET", "/update", "token=x", header);
    assertThat(gate.refusal(InetAddress.getByName("192.0.2.1"), wrong))
        .contains(PushAnswer.BAD_AUTH);
  }

  @Test
  void tellsOthersWhy() throws Exception {
    assertThat(ask("192.0.2.1", "GET", "/update", "")).contains(PushAnswer.BAD_AUTH);
    assertThat(ask("192.0.2.1", "GET", "/update", RIGHT + "3")).contains(PushAnswer.BAD_AUTH);
    assertThat(ask("192.0.2.1", "POST", "/update", RIGHT)).contains(PushAnswer.NOT_GET);
    assertThat(ask("192.0.2.1", "GET", "/", RIGHT)).contains(PushAnswer.NOT_FOUND);
    assertThat(ask("192.0.2.1", "GET", "/update/", RIGHT)).contains(PushAnswer.NOT_FOUND);
  }

  @Test
  void letsConnectOnlyWhoMayCall() throws Exception {
    assertThat(gate.admits(InetAddress.getByName("192.0.2.1"))).isTrue();
    assertThat(gate.admits(InetAddress.getByName("198.51.100.1"))).isFalse();
  }

  /** Else the secret could be found by trying while the calls that fail are not answered. */
  @Test
  void doesNotEvenLookAtTheSecretOfWhoCallsTooOften() throws Exception {
    for (int i = 0; i < 20; i++) {
      ask("192.0.2.1", "GET", "/update", "password=guess" + i);
    }
    assertThat(ask("192.0.2.1", "GET", "/update", RIGHT)).contains(PushAnswer.TOO_OFTEN);
    assertThat(ask("192.0.2.2", "GET", "/update", RIGHT)).isEmpty();
  }

  @Test
  void isNotAskedInVain() {
    assertThat(Objects.toString(gate)).doesNotContain("123456789012");
  }
}
