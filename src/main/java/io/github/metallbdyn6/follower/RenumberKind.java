package io.github.metallbdyn6.follower;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A kind of objects that can be renumbered.
 *
 * @param apis where the API server has it, the newest version first
 * @param plural its name in paths
 */
public record RenumberKind(List<String> apis, String plural) {
  /** The kinds that are renumbered where no others are chosen. */
  public static final List<String> USUAL =
      List.of("NetworkPolicy", "ConfigMap", "CiliumCIDRGroup", "CiliumNetworkPolicy", "Gateway");

  private static final Map<String, RenumberKind> KNOWN =
      Map.of(
          "NetworkPolicy", of("networkpolicies", "apis/networking.k8s.io/v1"),
          "ConfigMap", of("configmaps", "api/v1"),
          "Service", of("services", "api/v1"),
          "Ingress", of("ingresses", "apis/networking.k8s.io/v1"),
          "CiliumCIDRGroup", of("ciliumcidrgroups", "apis/cilium.io/v2", "apis/cilium.io/v2alpha1"),
          "CiliumNetworkPolicy", of("ciliumnetworkpolicies", "apis/cilium.io/v2"),
          "CiliumClusterwideNetworkPolicy",
              of("ciliumclusterwidenetworkpolicies", "apis/cilium.io/v2"),
          "Gateway", of("gateways", "apis/gateway.networking.k8s.io/v1"));

  public RenumberKind {
    apis = List.copyOf(apis);
  }

  private static RenumberKind of(String plural, String... apis) {
    return new RenumberKind(List.of(apis), plural);
  }

  /**
   * Reads the name of a kind that the program knows, or {@code plural.group/version}.
   *
   * @throws FollowerFailed when it is neither
   */
  public static RenumberKind parse(String text) {
    return Optional.ofNullable(KNOWN.get(text))
        .or(() -> parseApi(text))
        .orElseThrow(
            () ->
                new FollowerFailed(
                    "%s in METALLB_DYN6_RENUMBER_KINDS is neither one of %s nor PLURAL.GROUP/VERSION"
                        .formatted(
                            text, String.join(", ", KNOWN.keySet().stream().sorted().toList()))));
  }

  /** A Secret has no group, and so cannot be named. */
  private static Optional<RenumberKind> parseApi(String text) {
    if (!text.matches("[a-z0-9]+\\.[a-z0-9.-]+/v[a-z0-9]+")) {
      return Optional.empty();
    }
    int group = text.indexOf('.');
    return Optional.of(of(text.substring(0, group), "apis/" + text.substring(group + 1)));
  }

  /** Reads the kinds of a list with commas. */
  public static List<RenumberKind> parseAll(String text) {
    return Arrays.stream(text.split(","))
        .map(String::strip)
        .filter(kind -> !kind.isEmpty())
        .map(RenumberKind::parse)
        .toList();
  }
}
