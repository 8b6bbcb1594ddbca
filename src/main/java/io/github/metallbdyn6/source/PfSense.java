package io.github.metallbdyn6.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.metallbdyn6.answer.RefusedAnswer;
import io.github.metallbdyn6.answer.RefusedAnswer.Reason;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reads what pfSense's REST API says of the interfaces. */
public final class PfSense {
  private PfSense() {}

  /**
   * Returns the interface's IPv6 address.
   *
   * @param status the answer of {@code status/interfaces}
   * @param name the interface's, such as lan
   * @throws JsonProcessingException when it is not JSON
   * @throws RefusedAnswer when there is no such interface, or it has no address
   */
  public static String address(String status, String name) throws JsonProcessingException {
    JsonNode interfaces = JsonAnswer.PLAIN.readTree(status).path("data");
    String address =
        stream(interfaces)
            .filter(it -> it.path("name").asText().equals(name))
            .findFirst()
            .orElseThrow(() -> noInterface(name, interfaces))
            .path("ipaddrv6")
            .asText("");
    if (address.isEmpty() || address.startsWith("fe80:")) {
      throw new RefusedAnswer(
          Reason.EMPTY, "pfSense's interface %s has no IPv6 address at present".formatted(name));
    }
    return address;
  }

  private static RefusedAnswer noInterface(String name, JsonNode interfaces) {
    List<String> names =
        stream(interfaces).map(it -> it.path("name").asText()).filter(it -> !it.isEmpty()).toList();
    return new RefusedAnswer(
        Reason.FAILURE,
        "pfSense has no interface %s; METALLB_DYN6_PFSENSE_INTERFACE can be one of: %s"
            .formatted(name, String.join(", ", names)));
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
