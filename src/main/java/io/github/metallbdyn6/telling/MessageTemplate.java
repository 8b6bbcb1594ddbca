package io.github.metallbdyn6.telling;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text with names in braces, such as {@code {prefix}}, in whose place the values come. Braces
 * around anything else stay, so that JSON can be written as it is.
 */
final class MessageTemplate {
  private static final Pattern NAME = Pattern.compile("\\{([A-Za-z]+)}");

  private final String text;

  MessageTemplate(String text) {
    this.text = text;
  }

  /**
   * Fills in the values, written as this kind of text wants it.
   *
   * @param contentType of the text; a JSON string and a form escape characters
   */
  String fill(String contentType, Map<String, ?> values) {
    UnaryOperator<String> written = writtenIn(contentType.toLowerCase(Locale.ROOT));
    return NAME.matcher(text)
        .replaceAll(
            name -> {
              Object value = values.get(name.group(1));
              return Matcher.quoteReplacement(
                  value == null ? name.group() : written.apply(value.toString()));
            });
  }

  /** Fills in the values in a URL. */
  String inUrl(Map<String, ?> values) {
    return fill("application/x-www-form-urlencoded", values);
  }

  private static UnaryOperator<String> writtenIn(String contentType) {
    if (contentType.contains("json")) {
      return MessageTemplate::inJson;
    }
    return contentType.startsWith("application/x-www-form-urlencoded")
        ? MessageTemplate::inForm
        : value -> value;
  }

  /** RFC 3986, section 2.3: all but unreserved characters are escaped. */
  private static String inForm(String value) {
    StringBuilder form = new StringBuilder();
    for (byte letter : value.getBytes(StandardCharsets.UTF_8)) {
      boolean unreserved =
          "-._~".indexOf(letter) >= 0 || (letter > 0 && Character.isLetterOrDigit(letter));
      form.append(unreserved ? String.valueOf((char) letter) : "%%%02X".formatted(letter));
    }
    return form.toString();
  }

  private static String inJson(String value) {
    StringBuilder json = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char letter = value.charAt(i);
      if (letter == '"' || letter == '\\') {
        json.append('\\').append(letter);
      } else if (letter < ' ') {
        json.append("\\u%04x".formatted((int) letter));
      } else {
        json.append(letter);
      }
    }
    return json.toString();
  }
}
