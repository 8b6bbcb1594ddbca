package io.github.metallbdyn6.status;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlTest {
  @Test
  void escapesWhatEndsATextOrAnAttribute() {
    assertThat(Html.escape("\"><script>&'")).isEqualTo("&quot;&gt;&lt;script&gt;&amp;&#39;");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\0", "\n", "\u001b", "\u202e", "\u2066", "\u200b", "\u2028", "\ud800"})
  void showsThatThereIsSomethingThatCannotBeSeen(String invisible) {
    assertThat(Html.escape("a" + invisible + "b")).isEqualTo("a\uFFFDb");
  }

  @Test
  void keepsOtherCharacters() {
    assertThat(Html.escape("Präfix 前缀 🏠")).isEqualTo("Präfix 前缀 🏠");
  }
}
