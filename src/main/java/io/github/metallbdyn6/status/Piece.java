package io.github.metallbdyn6.status;

import java.util.List;

/** A piece of a page. */
interface Piece {
  /** Adds the piece to the page, with these values. */
  void write(Values values, StringBuilder page);

  /** A piece that is written as it is. */
  static Piece markup(String html) {
    return (values, page) -> page.append(html);
  }

  static Piece text(String text) {
    return markup(Html.escape(text));
  }

  static Piece all(List<Piece> pieces) {
    return (values, page) -> pieces.forEach(piece -> piece.write(values, page));
  }
}
