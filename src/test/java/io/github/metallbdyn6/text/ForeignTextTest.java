package io.github.metallbdyn6.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForeignTextTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Error during exchange. Exchange[8A1B2C3D4E5F678-0000000000000001] | Error during exchange. Exchange",
        "exchangeId: 8A1B2C3D4E5F678-0000000000000001 failed | exchangeId: (an exchange) failed",
        "/127.0.0.1:53412: GOAWAY received | /127.0.0.1: GOAWAY received",
        "/[0:0:0:0:0:0:0:1]:53412 is closed | /[0:0:0:0:0:0:0:1] is closed",
        "no reader for java.io.StringReader@26457986 | no reader for java.io.StringReader",
        "no reader for java.io.StringReader@abcdef. Try again | no reader for java.io.StringReader. Try again",
        "no value in byte[]@1f | no value in byte[]",
        "GET http://router.example:40001/ip?token=secret | GET http://router.example:40001/ip?...",
      })
  void leavesOutWhatDiffersEachTimeAndWhatIsSecret(String text, String told) {
    assertThat(ForeignText.of(text)).isEqualTo(told);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "192.0.2.1:8080 refused",
        "the name server 192.0.2.1:45353 does not answer",
        "ask admin@example.org",
        "2001:db8:a::1000-2001:db8:a::1999 overlaps 2001:db8::4000:5000",
        "Connect to http://192.0.2.1:43521 failed",
        "image ghcr.io/example/program@sha256:abc",
      })
  void keepsWhatPeopleHaveChosen(String text) {
    assertThat(ForeignText.of(text)).isEqualTo(text);
  }

  @Test
  void isOneLineOfALengthThatCanBeRead() {
    assertThat(ForeignText.of("first\n  second")).isEqualTo("first second");
    assertThat(ForeignText.of("x".repeat(100_000))).hasSize(1001).endsWith("x…");
  }
}
