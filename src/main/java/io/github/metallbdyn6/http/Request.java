package io.github.metallbdyn6.http;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request, without any body: nobody has to send us one. Its text says nothing of what is in it,
 * since that may be secret.
 *
 * @param address where it comes from
 * @param method such as GET
 * @param path as it was sent, without the query
 * @param query what stands behind the question mark; may be empty
 * @param headers by their names in lower case; of several with one name, the first
 */
public record Request(
    InetAddress address, String method, String path, String query, Map<String, String> headers) {
  private static final Pattern LINE =
      Pattern.compile("([A-Z]{1,16}) (/[^ ?#]*)(?:\\?([^ #]*))? HTTP/1\\.[01]");
  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  public Request {
    headers = Map.copyOf(headers);
  }

  /** Reads a head as RFC 9112 has it; what is written in any other way is no request. */
  static Optional<Request> parse(InetAddress address, String head) {
    List<String> lines = head.lines().takeWhile(line -> !line.isEmpty()).toList();
    Matcher line = LINE.matcher(lines.isEmpty() ? "" : lines.get(0));
    Map<String, String> headers = new HashMap<>();
    if (!line.matches() || !read(lines.subList(1, lines.size()), headers)) {
      return Optional.empty();
    }
    String query = line.group(3) == null ? "" : line.group(3);
    return Optional.of(new Request(address, line.group(1), line.group(2), query, headers));
  }

  private static boolean read(List<String> lines, Map<String, String> headers) {
    for (String line : lines) {
      int colon = line.indexOf(':');
      if (colon < 0 || !NAME.matcher(line.substring(0, colon)).matches()) {
        return false;
      }
      headers.putIfAbsent(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    return true;
  }

  /** Returns a header by its name in lower case; empty if it is not there. */
  public String header(String name) {
    return headers.getOrDefault(name, "");
  }

  /** Tells whether a body comes behind the head. */
  public boolean hasBody() {
    return headers.containsKey("transfer-encoding")
        || !headers.getOrDefault("content-length", "0").matches("0+");
  }

  @Override
  public String toString() {
    return "a request";
  }
}
