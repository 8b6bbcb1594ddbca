package io.github.metallbdyn6.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordingTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Error during exchange. Exchange[8A1-0000000000000001] | Error during exchange. Exchange[#]",
        "/127.0.0.1:53412: GOAWAY received | # GOAWAY received",
        "no reader for java.io.StringReader@26457986 | no reader for #",
        "no reader for java.io.StringReader@abcdef, try again | no reader for #, try again",
        "not before 2026-11-22T20:00:00.123Z | not before #",
        "Connect to http://127.0.0.1:43521 [/127.0.0.1] failed | Connect to # [#] failed",
        "request \"f3c1e2d4-90ab-4cde-8f01-23456789abcd\" timed out | request \"#\" timed out",
        "2001:db8:a::1000-2001:db8:a::1999 is wanted | # is wanted",
      })
  void leavesValuesOut(String text, String words) {
    assertThat(Wording.of(text)).isEqualTo(words);
  }

  @Test
  void keepsTheWords() {
    String text = "the source cannot be reached: no route to host (Network is unreachable)";

    assertThat(Wording.of(text)).isEqualTo(text);
  }

  @Test
  void keepsAnAddressOfMail() {
    assertThat(Wording.of("ask admin@example.org")).isEqualTo("ask admin@example.org");
  }
}
