package io.github.metallbdyn6.status;

import static io.github.metallbdyn6.status.Markup.attribute;
import static io.github.metallbdyn6.status.Markup.element;
import static io.github.metallbdyn6.status.Markup.text;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkupTest {
  @Test
  void nestsElements() {
    assertThat(element("p", attribute("class", "a b"), text("x "), element("b", text("y"))).html())
        .isEqualTo("<p class=\"a b\">x <b>y</b></p>");
  }

  @Test
  void escapesTextAndAttributes() {
    assertThat(element("p", attribute("title", "\"><script>"), text("<script>&'\"")).html())
        .isEqualTo("<p title=\"&quot;&gt;&lt;script&gt;\">&lt;script&gt;&amp;&#39;&quot;</p>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\0", "\n", "\u001b", "\u202e", "\u2066", "\u200b", "\u2028", "\ud800"})
  void showsThatThereIsSomethingThatCannotBeSeen(String invisible) {
    assertThat(text("a" + invisible + "b").html()).isEqualTo("a\uFFFDb");
  }

  @Test
  void keepsOtherCharacters() {
    assertThat(text("Präfix 前缀 🏠").html()).isEqualTo("Präfix 前缀 🏠");
  }
}
