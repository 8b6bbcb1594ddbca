package io.github.metallbdyn6.handover;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A service as the API server keeps it, with a MetalLB that gives it whatever it asks for.
 *
 * @param name of it; {@code namespace/name} outside the namespace {@code home}
 * @param annotations all of them
 * @param loadBalancerIp {@code spec.loadBalancerIP}
 * @param ingress its addresses
 */
record LiveService(
    String name,
    int version,
    Map<String, String> annotations,
    String loadBalancerIp,
    List<String> ingress) {

  static LiveService at(String name, String... ingress) {
    return new LiveService(name, 1, Map.of(), "", List.of(ingress));
  }

  LiveService annotated(String key, String value) {
    Map<String, String> more = new TreeMap<>(annotations);
    more.put(key, value);
    return new LiveService(name, version, more, loadBalancerIp, ingress);
  }

  LiveService asking(String ip) {
    return new LiveService(name, version, annotations, ip, ingress);
  }

  LiveService given(String... addresses) {
    return new LiveService(name, version, annotations, loadBalancerIp, List.of(addresses));
  }

  ServiceState state() {
    int slash = name.indexOf('/');
    return new ServiceState(
        slash < 0 ? "home" : name.substring(0, slash),
        name.substring(slash + 1),
        "uid-of-" + name,
        String.valueOf(version),
        annotations,
        true,
        loadBalancerIp,
        ingress,
        Optional.empty());
  }

  /** A merge patch (RFC 7386), refused where it was made for another version. */
  LiveService patched(ServicePatch patch) {
    Map<?, ?> metadata = (Map<?, ?>) requireNonNull(patch.asMap().get("metadata"));
    if (!String.valueOf(version).equals(metadata.get("resourceVersion"))) {
      throw new IllegalStateException("409");
    }
    Map<String, String> merged = new TreeMap<>(annotations);
    ((Map<?, ?>) requireNonNull(metadata.get("annotations")))
        .forEach(
            (key, value) -> {
              merged.remove(String.valueOf(key));
              if (value != null) {
                merged.put(String.valueOf(key), String.valueOf(value));
              }
            });
    Object spec = patch.asMap().get("spec");
    String ip =
        spec == null
            ? loadBalancerIp
            : (String) requireNonNull(((Map<?, ?>) spec).get("loadBalancerIP"));
    return new LiveService(name, version + 1, merged, ip, ingress);
  }

  /**
   * Plays MetalLB's next step: it gives the requested addresses, sorted as text, and keeps the
   * rest.
   */
  LiveService served() {
    List<String> asked =
        Stream.of(
                annotations.getOrDefault(
                    ServiceAnnotations.NEWER_PIN,
                    annotations.getOrDefault(ServiceAnnotations.PIN, "")),
                loadBalancerIp)
            .flatMap(text -> Arrays.stream(text.split(",")))
            .map(String::strip)
            .filter(text -> !text.isEmpty())
            .sorted()
            .toList();
    return asked.isEmpty()
        ? this
        : new LiveService(name, version + 1, annotations, loadBalancerIp, new ArrayList<>(asked));
  }
}
