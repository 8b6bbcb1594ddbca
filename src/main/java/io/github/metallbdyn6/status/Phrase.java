package io.github.metallbdyn6.status;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text of the template with values in it, as {@code {name}} or as {@code {name|format}}. */
final class Phrase {
  private static final Pattern VALUE = Pattern.compile("\\{([^|}]+)\\|?([^}]*)}");

  private Phrase() {}

  static Piece of(String text) {
    List<Piece> pieces = new ArrayList<>();
    Matcher place = VALUE.matcher(text);
    int end = 0;
    while (place.find()) {
      pieces.add(Piece.text(text.substring(end, place.start())));
      pieces.add(value(place.toMatchResult()));
      end = place.end();
    }
    pieces.add(Piece.text(text.substring(end)));
    return Piece.all(pieces);
  }

  private static Piece value(MatchResult place) {
    String name = place.group(1);
    String format = place.group(2);
    return (values, page) ->
        page.append(Html.escape(Format.of(values.get(name), format, values::now)));
  }
}
