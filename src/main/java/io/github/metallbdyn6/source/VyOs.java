package io.github.metallbdyn6.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.metallbdyn6.answer.RefusedAnswer;
import io.github.metallbdyn6.answer.RefusedAnswer.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Writes and reads what VyOS is asked by its HTTP API, which answers with what a terminal shows.
 */
public final class VyOs {
  /** As in {@code inet6 2001:db8:a::1/64 scope global deprecated}. */
  private static final Pattern ADDRESS =
      Pattern.compile("^\\s*inet6 ([0-9A-Fa-f:.]+)/\\d+ scope global([a-z ]*)$", Pattern.MULTILINE);

  /** Addresses that do not last, or that nobody may use yet. */
  private static final Pattern PASSING = Pattern.compile("deprecated|temporary|tentative");

  private final Credentials credentials;

  /**
   * Creates the bean.
   *
   * @param credentials knows the key
   */
  public VyOs(Credentials credentials) {
    this.credentials = credentials;
  }

  /**
   * Returns the form that asks for an interface.
   *
   * @param name as in the command show interfaces, such as {@code ethernet eth1}
   * @param key the key of the parameter that holds the API's key
   * @throws RefusedAnswer when that is not set
   */
  public String question(String name, String key) throws JsonProcessingException {
    List<String> path = new ArrayList<>(List.of("interfaces"));
    path.addAll(List.of(name.strip().split("\\s+", 0)));
    String command = JsonAnswer.PLAIN.writeValueAsString(Map.of("op", "show", "path", path));
    return field("data", command) + field("key", credentials.value(key)) + "--metallb-dyn6--\r\n";
  }

  private static String field(String name, String value) {
    return "--metallb-dyn6\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
        .formatted(name, value);
  }

  /**
   * Returns the interface's lasting global addresses, one in each line.
   *
   * @param answer to {@link #question}
   * @throws JsonProcessingException when it is not JSON
   * @throws RefusedAnswer when VyOS does not show the interface, or there is no such address
   */
  public String addresses(String answer, String name) throws JsonProcessingException {
    JsonNode shown = JsonAnswer.PLAIN.readTree(answer);
    if (!shown.path("success").asBoolean()) {
      throw new RefusedAnswer(
          Reason.FAILURE,
          "VyOS does not show the interface %s; set METALLB_DYN6_VYOS_INTERFACE".formatted(name));
    }
    List<String> found =
        ADDRESS
            .matcher(shown.path("data").asText())
            .results()
            .filter(it -> !PASSING.matcher(it.group(2)).find())
            .map((MatchResult it) -> it.group(1))
            .toList();
    if (found.isEmpty()) {
      throw new RefusedAnswer(
          Reason.EMPTY,
          "VyOS' interface %s has no lasting global IPv6 address at present".formatted(name));
    }
    return String.join("\n", found);
  }
}
