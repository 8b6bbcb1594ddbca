package io.github.metallbdyn6.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MisspellingTest {
  private static final List<String> KNOWN =
      List.of("responseTimeout", "fritzbox", "my-ip", "UPDATE_INTERVAL", "text", "userAgent");

  @ParameterizedTest
  @CsvSource({
    "responseTimout, responseTimeout",
    "ResponseTimeout, responseTimeout",
    "fritzbxo, fritzbox",
    "myip, my-ip",
    "TEXT, text",
    "UPDATE_INTERVALL, UPDATE_INTERVAL",
    "usreAgent, userAgent"
  })
  void findsWhatDiffersByAFewLetters(String word, String meant) {
    assertThat(Misspelling.nearest(word, KNOWN)).contains(meant);
  }

  @ParameterizedTest
  @ValueSource(strings = {"user", "timeout", "key", "format", "myth", ""})
  void findsNothingInWhatIsAnotherWord(String word) {
    assertThat(Misspelling.nearest(word, KNOWN)).isEmpty();
  }

  @Test
  void asksForTheOnlyLongerWord() {
    assertThat(Misspelling.question("INTERVAL", KNOWN))
        .isEqualTo("; did you mean UPDATE_INTERVAL?");
    assertThat(Misspelling.question("fritz", KNOWN)).isEqualTo("; did you mean fritzbox?");
    assertThat(Misspelling.question("nothing", KNOWN)).isEmpty();
    assertThat(Misspelling.question("time", List.of("uptime-a", "timer-a"))).isEmpty();
  }
}
