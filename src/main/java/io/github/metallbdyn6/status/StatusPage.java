package io.github.metallbdyn6.status;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;

/**
 * The status as a web page, complete without JavaScript: the template {@code page.html}, filled
 * with the document at {@code /status} and with what follows from it.
 */
public final class StatusPage {
  /** It is read for the first reader, and delays no start. */
  private static final Template TEMPLATE = new Template(Document.read("page.html"));

  private StatusPage() {}

  public static String of(StatusView status) {
    return TEMPLATE.fill(values(status));
  }

  static ObjectNode values(StatusView status) {
    ObjectNode values = (ObjectNode) StatusJson.tree(status);
    values.put("several", status.pools().size() > 1);
    values.set("reasons", StatusJson.tree(reasons(status.one())));
    values.set("diagram", StatusJson.tree(RouteDiagram.of(status.routes())));
    return values;
  }

  /** While passes succeed, the trouble is the first of the concerns. */
  private static List<PoolView.Reason> reasons(PoolView pool) {
    return Stream.concat(Stream.ofNullable(pool.trouble()), pool.concerns().stream())
        .distinct()
        .toList();
  }
}
