package io.github.metallbdyn6.handover;

import java.util.List;

/** The annotations of a Service that matter here. */
public final class ServiceAnnotations {
  /** Requests addresses of MetalLB; read by every MetalLB, deprecated since 0.15. */
  public static final String PIN = "metallb.universe.tf/loadBalancerIPs";

  /** The same; read by MetalLB 0.14.9 and later, where it wins over {@link #PIN}. */
  public static final String NEWER_PIN = "metallb.io/loadBalancerIPs";

  /** Both of them. */
  static final List<String> PINS = List.of(PIN, NEWER_PIN);

  /** Says that services with the same value may have the same address. */
  public static final String SHARING = "metallb.universe.tf/allow-shared-ip";

  /** The same; read by MetalLB 0.14.9 and later, where it wins over {@link #SHARING}. */
  public static final String NEWER_SHARING = "metallb.io/allow-shared-ip";

  /** Requests addresses of this pool; read by every MetalLB. */
  static final String ADDRESS_POOL = "metallb.universe.tf/address-pool";

  /** The same; read by MetalLB 0.14.9 and later. */
  static final String NEWER_ADDRESS_POOL = "metallb.io/address-pool";

  /** {@code "false"} leaves a pin alone that requests addresses which the pool does not have. */
  public static final String REPAIR_PIN = "metallb-dyn6/repair-pin";

  /** The host part that the user wants for the service, {@code ::1025}. */
  public static final String HOST_PART = "metallb-dyn6/host-part";

  /** The record of changes to the service that are still to be undone: a {@link HandoverRecord}. */
  public static final String RECORD = "metallb-dyn6/handover";

  /**
   * The addresses that external-dns up to 0.21 publishes instead of the service's own.
   *
   * @see #dnsTargets
   */
  public static final String DNS_TARGET = "external-dns.alpha.kubernetes.io/target";

  /** The same; read by external-dns 0.22 and later, which does not read {@link #DNS_TARGET}. */
  public static final String NEWER_DNS_TARGET = "external-dns.kubernetes.io/target";

  private static final String TARGET = "/target";

  /** No list of addresses is longer; a longer text may have been cut, and is never written back. */
  static final int LONGEST = 1000;

  /** {@code "false"} leaves what external-dns publishes alone. */
  public static final String MOVE_DNS_TARGET = "metallb-dyn6/move-dns-target";

  /** All of them; of a service no other annotation is looked at. */
  public static final List<String> ALL =
      List.of(
          PIN,
          NEWER_PIN,
          SHARING,
          NEWER_SHARING,
          ADDRESS_POOL,
          NEWER_ADDRESS_POOL,
          REPAIR_PIN,
          HOST_PART,
          RECORD,
          DNS_TARGET,
          NEWER_DNS_TARGET,
          MOVE_DNS_TARGET);

  private ServiceAnnotations() {}

  /**
   * Returns the annotations of which external-dns reads what to publish.
   *
   * @param prefix what external-dns has for {@code --annotation-prefix}; empty for its own
   */
  public static List<String> dnsTargets(String prefix) {
    String own = prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
    return own.isEmpty()
        ? List.of(DNS_TARGET, NEWER_DNS_TARGET)
        : List.of(DNS_TARGET, NEWER_DNS_TARGET, own + TARGET);
  }

  /** Tells whether external-dns reads in it what to publish, whatever its prefix is. */
  static boolean isDnsTarget(String key) {
    return key.endsWith(TARGET);
  }
}
