package io.github.metallbdyn6.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {
  private static final String DOCUMENT =
      """
      {"at": "2026-11-22T12:00:00Z", "yes": true, "no": false, "none": null, "zero": 0, "empty": [],
       "blank": "", "text": "a <b> 'c'", "word": "null", "count": 1234, "one": 1,
       "since": "2026-11-22T11:57:00Z", "few": ["x", "y"], "inner": {"text": "inside", "none": null},
       "list": [{"id": "1", "parts": [{"id": "1a"}]}, {"id": "2", "parts": []}, {"id": "3", "parts": []}]}
      """;

  private static String fill(String template) {
    try {
      String page = new Template(template).fill(new ObjectMapper().readTree(DOCUMENT));
      assertThat(page).startsWith("<!DOCTYPE html>\n");
      return page.substring(page.indexOf('\n') + 1);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void putsValuesInThePlaceOfTheExample() {
    assertThat(fill("<p data-text='{inner.text}, {few}{inner.none}{none.at.all}'>an example</p>"))
        .isEqualTo("<p>inside, x, y</p>");
    assertThat(fill("<p class='a' data-class='a {inner.text}' id='p'/>"))
        .isEqualTo("<p class=\"a inside\" id=\"p\"></p>");
  }

  @Test
  void escapesValuesAndItsOwnText() {
    assertThat(fill("<p data-text='{text}' data-title='{text}'/>"))
        .isEqualTo("<p title=\"a &lt;b&gt; &#39;c&#39;\">a &lt;b&gt; &#39;c&#39;</p>");
    assertThat(fill("<p title='&quot;'>&lt;{text}</p>"))
        .isEqualTo("<p title=\"&quot;\">&lt;{text}</p>");
  }

  @ParameterizedTest
  @CsvSource({
    "yes,   true", "text, true", "word,     true", "count, true", "few,        true",
    "inner, true", "no,  false", "none,    false", "zero, false", "empty,     false",
    "blank, false", "none.at.all, false", "word=null, true", "zero=0, true", "none=x, false",
    "yes text, true", "yes no, false", "list[3:], false", "list[2:], true"
  })
  void keepsAnElementThatHasItsValues(String names, boolean kept) {
    assertThat(fill("<p><b data-if='%s' hidden=''>b</b></p>".formatted(names)))
        .isEqualTo(kept ? "<p><b>b</b></p>" : "<p></p>");
  }

  @ParameterizedTest
  @CsvSource({"no, true", "yes, false", "no none zero, true", "no yes, false", "word=x, true"})
  void keepsAnElementThatIsForTheLackOfValues(String names, boolean kept) {
    assertThat(fill("<p><b data-unless='%s'>b</b></p>".formatted(names)))
        .isEqualTo(kept ? "<p><b>b</b></p>" : "<p></p>");
  }

  @Test
  void repeatsAnElement() {
    assertThat(
            fill(
                "<ul><li data-each='list' data-id='{id}' data-if='id'><b data-each='parts' data-text='{id} {/inner.text}'/></li></ul>"))
        .isEqualTo(
            "<ul><li id=\"1\"><b>1a inside</b></li><li id=\"2\"></li><li id=\"3\"></li></ul>");
    assertThat(fill("<p><b data-each='inner' data-text='{text}'/><i data-each='none'/></p>"))
        .isEqualTo("<p><b>inside</b></p>");
  }

  @ParameterizedTest
  @CsvSource({"[:2], '1,2,'", "[2:], '3,'", "[1:2], '2,'", "[5:], ''", "[:9], '1,2,3,'"})
  void takesAPartOfAList(String part, String ids) {
    assertThat(fill("<p><b data-each='list%s' data-text='{id},'/></p>".formatted(part)))
        .isEqualTo("<p>" + ids.replaceAll("\\d,", "<b>$0</b>") + "</p>");
  }

  @Test
  void drawsAnElementLikeAnotherOne() {
    assertThat(
            fill(
                "<ol><li data-each='list[:1]' data-name='line' class='c' data-text='{id}'/><li data-each='list[1:]' data-like='line'/></ol>"))
        .isEqualTo("<ol><li class=\"c\">1</li><li class=\"c\">2</li><li class=\"c\">3</li></ol>");
  }

  @Test
  void showsTimes() {
    assertThat(fill("<time data-time='since'/>"))
        .isEqualTo("<time datetime=\"2026-11-22T11:57:00Z\">2026-11-22 11:57:00 UTC</time>");
    assertThat(fill("<time data-ago='since'/>"))
        .isEqualTo(
            "<time datetime=\"2026-11-22T11:57:00Z\" title=\"2026-11-22 11:57:00 UTC\">3 min ago</time>");
  }

  @ParameterizedTest
  @CsvSource({
    "count|number,      '1,234'",
    "count|number run,  '1,234 runs'",
    "one|number run,    1 run",
    "zero|number run,   0 runs",
    "one|span,          1 s",
    "count|span,        20 min",
    "few|size,          2",
    "few|few,           'x, y'",
    "since|ago,         3 min ago",
    "none|ago,          ''"
  })
  void saysAValueForPeople(String place, String said) {
    assertThat(fill("<p data-text='{%s}'/>".formatted(place))).isEqualTo("<p>" + said + "</p>");
  }

  @Test
  void leavesOutWhatIsForTheExampleAlone() {
    assertThat(fill("<p><!-- a comment --><b data-example=''>b</b><i hidden=''>i</i></p>"))
        .isEqualTo("<p><i>i</i></p>");
  }

  @Test
  void keepsWhatABrowserSees() {
    assertThat(fill("<p>\n  a\n  b <br/><b/>\n</p>")).isEqualTo("<p> a b <br/><b></b> </p>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<p data-text='{wrong}'/>",
        "<p data-text='{inner.wrong}'/>",
        "<p data-text='{text.wrong}'/>",
        "<p data-class='{/wrong}'/>",
        "<p data-if='wrong'/>",
        "<p data-unless='wrong=1'/>",
        "<p><b data-each='wrong'/></p>",
        "<p><b data-each='inner' data-text='{at}'/></p>",
        "<p data-text='{text|wrong}'/>",
        "<p data-like='wrong'/>",
        "<p data-text='a'></b>",
        "<!DOCTYPE p SYSTEM 'http://192.0.2.1/p.dtd'><p/>"
      })
  void refusesWhatIsWrong(String template) {
    assertThatIllegalArgumentException().isThrownBy(() -> fill(template));
  }
}
