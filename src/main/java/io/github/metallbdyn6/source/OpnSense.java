package io.github.metallbdyn6.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.metallbdyn6.answer.RefusedAnswer;
import io.github.metallbdyn6.answer.RefusedAnswer.Reason;
import io.github.metallbdyn6.ipv6.Ipv6Prefix;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reads what OPNsense says of its interfaces. */
public final class OpnSense {
  /** How an interface gets addresses under what was delegated to another one. */
  private static final Set<String> FOLLOWS = Set.of("track6", "idassoc6");

  private OpnSense() {}

  /**
   * Returns the interface's IPv6 addresses, or what was delegated to it, one in each line.
   *
   * @param overview the answer of {@code interfaces/overview/interfacesInfo}
   * @param name the interface's identifier, such as lan
   * @throws JsonProcessingException when it is not JSON
   * @throws RefusedAnswer when there is no such interface, or it has neither
   */
  public static String prefixes(String overview, String name) throws JsonProcessingException {
    JsonNode rows = JsonAnswer.PLAIN.readTree(overview).path("rows");
    JsonNode row =
        stream(rows)
            .filter(it -> it.path("identifier").asText().equals(name))
            .findFirst()
            .orElseThrow(() -> noInterface(name, rows));
    List<String> found =
        Stream.of(
                texts(row.path("ifctl.prefix")),
                texts(row.path("addr6")),
                stream(row.path("ipv6")).map(it -> it.path("ipaddr").asText()).toList())
            .map(OpnSense::withoutLinkLocal)
            .filter(it -> !it.isEmpty())
            .findFirst()
            .orElseThrow(
                () ->
                    new RefusedAnswer(
                        Reason.EMPTY,
                        "OPNsense's interface %s has no IPv6 address at present".formatted(name)));
    List<Ipv6Prefix> delegated = delegatedTo(row, rows);
    return String.join("\n", delegated.isEmpty() ? found : current(row, delegated));
  }

  /**
   * While the ISP changes the prefix, the interface may have addresses under the old prefix beside
   * those under the new one, or still no other.
   *
   * @throws RefusedAnswer when it has no other
   */
  private static List<String> current(JsonNode row, List<Ipv6Prefix> delegated) {
    List<String> addresses =
        withoutLinkLocal(
            Stream.concat(
                    texts(row.path("addr6")).stream(),
                    stream(row.path("ipv6")).map(it -> it.path("ipaddr").asText()))
                .distinct()
                .toList());
    List<String> current = addresses.stream().filter(it -> isIn(delegated, it)).toList();
    if (current.isEmpty()) {
      throw new RefusedAnswer(
          Reason.STALE,
          "OPNsense's interface %s has no address in what the ISP delegates now, %s; it has %s"
              .formatted(
                  row.path("identifier").asText(), delegated.get(0), String.join(", ", addresses)));
    }
    return current;
  }

  /** The prefix delegated to the interface that this one follows; nothing if it follows none. */
  private static List<Ipv6Prefix> delegatedTo(JsonNode row, JsonNode rows) {
    JsonNode config = row.path("config");
    if (!FOLLOWS.contains(config.path("ipaddrv6").asText())) {
      return List.of();
    }
    String followed = config.path("track6-interface").asText();
    return stream(rows)
        .filter(it -> followed.isEmpty() || it.path("identifier").asText().equals(followed))
        .flatMap(it -> texts(it.path("ifctl.prefix")).stream())
        .filter(it -> it.contains("/"))
        .flatMap(it -> prefix(it).stream())
        .toList();
  }

  private static boolean isIn(List<Ipv6Prefix> delegated, String address) {
    return prefix(address)
        .filter(it -> delegated.stream().anyMatch(all -> all.contains(it)))
        .isPresent();
  }

  /** A text that is none is judged later, with a reason. */
  private static Optional<Ipv6Prefix> prefix(String text) {
    try {
      return Optional.of(Ipv6Prefix.parse(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static RefusedAnswer noInterface(String name, JsonNode rows) {
    List<String> names =
        stream(rows).map(it -> it.path("identifier").asText()).filter(it -> !it.isEmpty()).toList();
    return new RefusedAnswer(
        Reason.FAILURE,
        "OPNsense has no interface %s; METALLB_DYN6_OPNSENSE_INTERFACE can be one of: %s"
            .formatted(name, String.join(", ", names)));
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  private static List<String> texts(JsonNode value) {
    Stream<JsonNode> values = value.isArray() ? stream(value) : Stream.of(value);
    return values.flatMap(it -> Stream.of(it.asText().split("\\s+", 0))).toList();
  }

  /** An address with a length of 64 or more names no prefix, as it has a host part, too. */
  private static List<String> withoutLinkLocal(List<String> texts) {
    return texts.stream()
        .filter(it -> !it.isEmpty() && !it.startsWith("fe80:"))
        .map(it -> it.endsWith("::/64") ? it : it.replaceFirst("/(6[4-9]|[7-9].|1..)$", ""))
        .toList();
  }
}
