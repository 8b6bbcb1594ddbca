package io.github.metallbdyn6.telling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageTemplateTest {
  private static final Map<String, String> VALUES =
      Map.of("prefix", "2001:db8::/64", "text", "say \"hi\"\\\n& $1", "none", "");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text/plain                        | {prefix}!            | 2001:db8::/64!",
        "application/json                  | {\"a\":{\"b\":\"{text}\"}} | {\"a\":{\"b\":\"say \\\"hi\\\"\\\\\\u000a& $1\"}}",
        "Application/JSON; charset=UTF-8   | \"{none}\"           | \"\"",
        "application/x-www-form-urlencoded | p={prefix}&t={text}  | p=2001%3Adb8%3A%3A%2F64&t=say%20%22hi%22%5C%0A%26%20%241",
        "text/plain                        | {unknown} {} {a b} { | {unknown} {} {a b} {"
      })
  void fillsInValuesAsTheContentTypeNeedsThem(String type, String template, String expected) {
    assertThat(new MessageTemplate(template).fill(type, VALUES)).isEqualTo(expected);
  }
}
