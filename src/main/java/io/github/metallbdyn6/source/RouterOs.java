package io.github.metallbdyn6.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.metallbdyn6.answer.RefusedAnswer;
import io.github.metallbdyn6.answer.RefusedAnswer.Reason;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.camel.Headers;
import org.jspecify.annotations.Nullable;

/** Reads RouterOS' lists of DHCPv6 clients and of IPv6 pools. */
public final class RouterOs {
  /** A client's prefix, {@code 2001:db8:a::/56, 1d3h}. */
  private static final Pattern WITH_TIME = Pattern.compile("(\\S+), *(\\S+)");

  private static final Pattern TIME =
      Pattern.compile(
          "(?=.)(?:(\\d{1,9})w)?(?:(\\d{1,9})d)?(?:(\\d{1,9})h)?(?:(\\d{1,9})m)?(?:(\\d{1,9})s)?");

  /** Seconds in a week, a day, an hour, a minute and a second, as the groups of {@link #TIME}. */
  private static final List<Long> UNITS = List.of(604_800L, 86_400L, 3600L, 60L, 1L);

  /** By what users call an entry. */
  private static final List<String> NAMES = List.of("interface", "pool-name", "name");

  private RouterOs() {}

  /**
   * Returns the prefixes of the entries, one in each line, and leaves their lifetimes in the
   * headers.
   *
   * @param list the answer of {@code ipv6/dhcp-client} or {@code ipv6/pool}
   * @param name the entry's, or nothing for all of them
   * @throws JsonProcessingException when it is not JSON
   * @throws RefusedAnswer when there is no such entry, or it has no prefix
   */
  public static String prefixes(String list, String name, @Headers Map<String, Object> headers)
      throws JsonProcessingException {
    JsonNode all = JsonAnswer.PLAIN.readTree(list);
    List<JsonNode> entries = stream(all).filter(it -> isMeant(it, name)).toList();
    if (entries.isEmpty()) {
      throw noEntry(all, name);
    }
    List<Delegation> delegated =
        entries.stream()
            .filter(it -> !it.path("prefix").asText().isBlank())
            .map(RouterOs::delegation)
            .toList();
    if (delegated.isEmpty()) {
      throw noPrefix(entries);
    }
    return Delegation.answer(delegated, headers);
  }

  /** RouterOS writes every value as a text, {@code "true"}, too. */
  private static boolean isMeant(JsonNode entry, String name) {
    boolean on = !entry.path("disabled").asBoolean() && !entry.path("invalid").asBoolean();
    return on && (name.isEmpty() || names(entry).anyMatch(name::equals));
  }

  private static Stream<String> names(JsonNode entry) {
    return NAMES.stream().map(it -> entry.path(it).asText()).filter(it -> !it.isEmpty());
  }

  /** A time that cannot be read stays where it is, and the answer is refused. */
  private static Delegation delegation(JsonNode entry) {
    String text = entry.path("prefix").asText();
    Matcher both = WITH_TIME.matcher(text);
    Long behind = both.matches() ? seconds(both.group(2)) : null;
    return behind == null
        ? new Delegation(text, null, seconds(entry.path("expires-after").asText()))
        : new Delegation(both.group(1), null, behind);
  }

  private static @Nullable Long seconds(String text) {
    Matcher time = TIME.matcher(text);
    if (!time.matches()) {
      return null;
    }
    long seconds = 0;
    for (int i = 0; i < UNITS.size(); i++) {
      String number = time.group(i + 1);
      seconds += number == null ? 0 : Long.parseLong(number) * UNITS.get(i);
    }
    return seconds;
  }

  private static RefusedAnswer noEntry(JsonNode all, String name) {
    String known = String.join(", ", stream(all).flatMap(RouterOs::names).distinct().toList());
    return new RefusedAnswer(
        Reason.FAILURE,
        name.isEmpty()
            ? "RouterOS has no entry in that list; add a DHCPv6 client that asks for a prefix"
            : "RouterOS has no entry %s in that list; METALLB_DYN6_MIKROTIK_NAME can be one of: %s"
                .formatted(name, known));
  }

  private static RefusedAnswer noPrefix(List<JsonNode> entries) {
    String states =
        String.join(
            ", ",
            entries.stream()
                .map(it -> it.path("status").asText())
                .filter(it -> !it.isEmpty())
                .toList());
    return new RefusedAnswer(
        Reason.EMPTY,
        "RouterOS has no delegated prefix there at present"
            + (states.isEmpty() ? "" : " (its DHCPv6 client is %s)".formatted(states)));
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
