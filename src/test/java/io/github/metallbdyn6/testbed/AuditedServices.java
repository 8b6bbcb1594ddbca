package io.github.metallbdyn6.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import inet.ipaddr.IPAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Every status that was ever written to a service, by the API server's own account: unlike a watch,
 * it misses nothing while the API server is killed and started again.
 */
public final class AuditedServices {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path log;
  private final String namespace;

  AuditedServices(Path log, String namespace) {
    this.log = log;
    this.namespace = namespace;
  }

  /** Returns the addresses that each service was given, by its name, the first ones first. */
  public Map<String, List<List<String>>> addresses() {
    Map<String, List<List<String>>> all = new LinkedHashMap<>();
    try {
      for (String line : Files.readAllLines(log)) {
        if (line.contains("\"status\"") && line.endsWith("}")) {
          JsonNode request = JSON.readTree(line);
          if (isStatusWrite(request)) {
            all.computeIfAbsent(
                    request.path("objectRef").path("name").asText(), name -> new ArrayList<>())
                .add(ingress(request.path("requestObject")));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  private boolean isStatusWrite(JsonNode request) {
    JsonNode object = request.path("objectRef");
    return object.path("resource").asText().equals("services")
        && object.path("subresource").asText().equals("status")
        && object.path("namespace").asText().equals(namespace)
        && request.path("responseStatus").path("code").asInt() == 200
        && request.has("requestObject");
  }

  private static List<String> ingress(JsonNode service) {
    List<String> addresses = new ArrayList<>();
    service
        .path("status")
        .path("loadBalancer")
        .path("ingress")
        .forEach(point -> addresses.add(point.path("ip").asText()));
    return addresses;
  }

  /**
   * Asserts that a service that once had an IPv4 address had the same one ever after, at every
   * instant.
   */
  public void assertIpv4Kept(Set<String> names) {
    addresses()
        .forEach(
            (name, states) -> {
              if (names.contains(name)) {
                List<Set<IPAddress>> had =
                    states.stream().map(AuditedServices::ipv4).dropWhile(Set::isEmpty).toList();
                assertThat(had.stream().distinct().toList())
                    .as("IPv4 of %s at every instant: %s", name, states)
                    .hasSizeLessThanOrEqualTo(1);
              }
            });
  }

  private static Set<IPAddress> ipv4(List<String> addresses) {
    return addresses.stream()
        .map(IpRange::address)
        .filter(IPAddress::isIPv4)
        .collect(Collectors.toSet());
  }
}
