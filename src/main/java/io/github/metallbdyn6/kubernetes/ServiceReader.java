package io.github.metallbdyn6.kubernetes;

import io.github.metallbdyn6.handover.ServiceAnnotations;
import io.github.metallbdyn6.handover.ServiceState;
import io.github.metallbdyn6.handover.ServiceState.Hindrance;
import io.github.metallbdyn6.handover.ServiceState.Lasting;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads the part of a Service that matters. Anybody who may write one decides how large it is, so
 * that no more than a few fields of it are read.
 */
final class ServiceReader {
  private static final String INGRESS = "/status/loadBalancer/ingress";
  private static final String LOAD_BALANCER_IP = "/spec/loadBalancerIP";
  private static final String FAMILIES = "/spec/ipFamilies";
  private static final String TYPE = "/spec/type";

  /** Begins the names of annotations that are read and never written back. */
  private static final String OURS = ApiObject.annotation("metallb-dyn6/");

  /** Several times as many characters as all annotations of a service need together. */
  private static final int MOST_TEXT = 2048;

  /** Enough for people to see which text it is. */
  private static final int SHOWN = 60;

  private static final Hindrance TOO_MUCH =
      new Hindrance(
          Lasting.UNTIL_IT_CHANGES,
          "the annotations that the program reads of it have more than %d characters together; shorten them"
              .formatted(MOST_TEXT));

  private ServiceReader() {}

  /**
   * Returns what is read of a Service.
   *
   * @param dnsTargets the annotations of which external-dns reads what to publish
   */
  static Fields fields(Collection<String> dnsTargets) {
    Stream<String> annotations =
        Stream.concat(ServiceAnnotations.ALL.stream(), dnsTargets.stream())
            .map(ApiObject::annotation);
    Stream<String> others =
        Stream.of(
            "/metadata/namespace",
            "/metadata/name",
            "/metadata/uid",
            "/metadata/resourceVersion",
            TYPE,
            FAMILIES,
            LOAD_BALANCER_IP,
            INGRESS + "/ip");
    return Fields.of(ObjectReader.LONGEST_TEXT, Stream.concat(annotations, others));
  }

  /**
   * Returns what matters of a service, or nothing if it is not of type LoadBalancer. One that
   * cannot be patched and has no address has nothing to keep, whoever made it: it is nobody's
   * trouble.
   */
  static Optional<ServiceState> read(ApiObject service) {
    if (!service.text(TYPE).equals("LoadBalancer")) {
      return Optional.empty();
    }
    Map<String, String> annotations = annotationsOf(service);
    boolean tooMuch = annotations.values().stream().mapToInt(String::length).sum() > MOST_TEXT;
    Optional<Hindrance> hindrance = tooMuch ? Optional.of(TOO_MUCH) : hindrance(service);
    List<String> addresses = addressesOf(service);
    if (hindrance.isPresent() && addresses.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new ServiceState(
            service.namespace(),
            service.name(),
            service.uid(),
            service.resourceVersion(),
            tooMuch ? Map.of() : annotations,
            service.items(FAMILIES).count() > 1,
            service.text(LOAD_BALANCER_IP),
            addresses,
            hindrance));
  }

  private static List<String> addressesOf(ApiObject service) {
    return service
        .items(INGRESS)
        .map(point -> point.path("ip").asText(""))
        .filter(ip -> !ip.isEmpty())
        .toList();
  }

  private static Map<String, String> annotationsOf(ApiObject service) {
    return service.annotations().entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                entry ->
                    service.cut().contains(ApiObject.annotation(entry.getKey()))
                        ? entry.getValue().substring(0, SHOWN) + "…"
                        : entry.getValue()));
  }

  /** A text of which the end is not known cannot be written back, nor compared with another one. */
  private static Optional<Hindrance> hindrance(ApiObject service) {
    return service.cut().stream()
        .filter(place -> !place.startsWith(OURS))
        .sorted()
        .findFirst()
        .map(
            place ->
                new Hindrance(
                    Lasting.UNTIL_IT_CHANGES,
                    "its %s is longer than the program reads (%d characters, %d items); shorten it"
                        .formatted(
                            ApiObject.nameOf(place),
                            ObjectReader.LONGEST_TEXT,
                            ObjectReader.LONGEST_LIST)));
  }
}
