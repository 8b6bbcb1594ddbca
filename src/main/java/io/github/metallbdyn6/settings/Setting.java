package io.github.metallbdyn6.settings;

import io.github.metallbdyn6.handover.HandoverRule;
import io.github.metallbdyn6.ipv6.Ipv6Prefix;
import io.github.metallbdyn6.metallb.RestartMode;
import io.github.metallbdyn6.pool.ChangeRule;
import io.github.metallbdyn6.pool.Transition;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * The settings. Each is an environment variable, {@code METALLB_DYN6_SOURCE}, and the same as a
 * property that the routes use, {@code metallb-dyn6.source}. Defaults are in {@code
 * application.properties}.
 */
public enum Setting {
  METALLB_POOL(
      "name of the IPAddressPool to keep on the prefix",
      "text, required",
      "public",
      Checks::kubernetesName),
  HOST_RANGE(
      "host parts that the pool offers under every prefix: first-last, a single one, or a CIDR prefix",
      "IPv6 with bits only in the low 64, required",
      "::1000-::1999",
      Checks::hostRange),
  SOURCE(
      "who is asked for the prefix: each NAME is that of a file source-NAME.camel.yaml among the routes",
      "names, separated by commas, the preferred one first",
      "fritzbox,my-ip",
      Checks::sourceNames),
  SOURCE_POLICY(
      "of several sources: first takes the first usable answer, in their order; agree asks all at once, and QUORUM of them must say the same prefix",
      "first or agree",
      "agree",
      Checks::sourcePolicy),
  QUORUM(
      "how many sources must say the same prefix; only with the policy agree",
      "number, 2 to as many as there are sources",
      "2",
      value -> Checks.number(value, 2, 32)),
  SOURCE_BREAK(
      "how long a source that did not answer three times in a row is not waited for",
      "seconds, 1 to 3600",
      "120",
      value -> Checks.number(value, 1, 3600)),
  MY_IP_URL(
      "where the source my-ip asks; answers as of the my-ip API v1 and v2 are understood",
      "URL",
      "https://api6.my-ip.io/v2/ip.json",
      Checks::httpUrl),
  UPDATE_INTERVAL(
      "time between the begins of two passes",
      "seconds, 1 to 86400",
      "60",
      value -> Checks.number(value, 1, 86_400)),
  PREFIX_LENGTH(
      "length of the prefix that the ISP delegates; only together with SUBNET_OVERRIDE, and not needed where the source says it",
      "bits, 1 to 63",
      "56",
      value -> Checks.number(value, 1, Ipv6Prefix.SUBNET_LENGTH - 1)),
  SUBNET_OVERRIDE(
      "subnet id to use, as an IPv6 address with bits only between the delegated prefix and 64, :: for the first subnet; without it the /64 that the source's address lies in",
      "IPv6",
      "0:0:0:cd::",
      Checks::ipv6Address),
  REQUIRE_GLOBAL(
      "accept only global unicast addresses (2000::/3) from the source; false: unique-local ones (fc00::/7), too",
      "true or false",
      "true",
      Checks::trueOrFalse),
  ALLOWED_PREFIXES(
      "prefixes that the source's answer must lie in, such as your ISP's; keeps a VPN's address out",
      "CIDR prefixes, separated by commas",
      "2001:db8::/32",
      Checks::prefixes),
  CONFIRMATIONS(
      "how many passes in a row must give the same prefix before the pool is changed",
      "number, 1 to 100",
      "3",
      value -> Checks.number(value, 1, 100)),
  MAX_CHANGES_PER_HOUR(
      "how often the pool may be changed within an hour; beyond it the pool is held as it is; 0: as often as needed",
      "number, 0 to 60",
      "6",
      value -> Checks.number(value, 0, ChangeRule.HIGHEST_PER_HOUR)),
  REQUEST_TIMEOUT(
      "how long a source or the Kubernetes API may take for an answer",
      "seconds, 1 to 60",
      "10",
      value -> Checks.number(value, 1, 60)),
  CA_FILE(
      "certificates that sources may show besides those that the JVM trusts, such as a router's own",
      "path of a file in PEM",
      "/etc/metallb-dyn6/ca/ca.pem",
      TrustedCertificates::read),
  METALLB_NAMESPACE(
      "namespace of the pool and of MetalLB's pods", "text", "metallb-system", Checks::namespace),
  METALLB_LABEL_SELECTOR(
      "which pods are MetalLB's, controller and speakers",
      "Kubernetes label selector",
      "app=metallb",
      Checks::labelSelector),
  TRANSITION(
      "how services get to a new prefix: replace has MetalLB reassign them, handover moves each with its IPv4 address and its host part, and restarts nothing",
      "replace or handover",
      "handover",
      Transition::parse),
  RETIRE_AFTER(
      "how long a handover keeps the old range in the pool; valid-lifetime: as long as a source had last said that its prefix is valid",
      "seconds, 0 to 604800, or valid-lifetime",
      "3600",
      value -> HandoverRule.of(value, 0)),
  EXTERNAL_DNS_PREFIX(
      "prefix of external-dns's annotations, where it runs with an --annotation-prefix of its own; external-dns.kubernetes.io and external-dns.alpha.kubernetes.io are followed in any case",
      "text",
      "dns.example.com",
      Checks::annotationPrefix),
  RELOAD(
      "whether MetalLB's pods are deleted after a change: auto spares MetalLB 0.14 and later, which takes up the change by itself",
      "auto, always or never",
      "auto",
      RestartMode::parse),
  RELOAD_TIMEOUT(
      "how long MetalLB may take: until its new pods are Ready, and in a handover until a service has its new address",
      "seconds, 1 to 3600",
      "180",
      value -> Checks.number(value, 1, 3600)),
  DRY_RUN(
      "show what would be changed, and change nothing",
      "true or false",
      "true",
      Checks::trueOrFalse),
  EVENTS(
      "tell what happens in Kubernetes Events on the pool, for kubectl describe; a dry run sends none",
      "true or false",
      "false",
      Checks::trueOrFalse),
  MANAGEMENT_PORT(
      "TCP port for the status page, health and metrics; 0: none",
      "number, 0 to 65535",
      "8080",
      value -> Checks.number(value, 0, 65_535)),
  MANAGEMENT_ADDRESS(
      "address that this port listens on; 0.0.0.0: every address, IPv6 too",
      "IPv4 or IPv6 address",
      "127.0.0.1",
      Checks::address),
  CONSOLE_PORT(
      "TCP port of Camel's developer console, on loopback only; also lets the camel CLI in; 0: neither",
      "number, 0 to 65535",
      "8081",
      value -> Checks.number(value, 0, 65_535)),
  ROUTES("folder with the routes", "path", "/etc/metallb-dyn6/routes", Checks::routesFolder),
  RELOAD_ROUTES(
      "whether edited routes are taken over while the program runs; a broken edit is refused, and the old routes go on",
      "true or false",
      "true",
      Checks::trueOrFalse),
  LOG_LEVEL("how much is logged", "error, warn, info, debug or trace", "debug", Checks::logLevel),
  LOG_FORMAT("lines for people, or JSON for machines", "text or json", "json", Checks::logFormat);

  private final String meaning;
  private final String unit;
  private final String example;

  @SuppressWarnings("ImmutableEnumChecker") // every check is a function without state
  private final Consumer<String> check;

  Setting(String meaning, String unit, String example, Consumer<String> check) {
    this.meaning = meaning;
    this.unit = unit;
    this.example = example;
    this.check = check;
  }

  /** Returns the environment variable's name. */
  public String variable() {
    return "METALLB_DYN6_" + name();
  }

  /** Returns the key under which the routes find the value. */
  public String key() {
    return "metallb-dyn6." + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns the environment variable that gives a key of the routes its value. */
  public static String variableOf(String key) {
    return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  /** Returns what it does, in one phrase. */
  public String meaning() {
    return meaning;
  }

  /** Returns what a value looks like, with its unit. */
  public String unit() {
    return unit;
  }

  /** Tells whether it is either on or off. */
  boolean isSwitch() {
    return unit.equals("true or false");
  }

  /** Returns a value that is right. */
  public String example() {
    return example;
  }

  /**
   * Checks a value by itself.
   *
   * @throws IllegalArgumentException with a phrase that says what is wrong
   */
  void check(String value) {
    Quotes.requireNone(value);
    check.accept(value);
  }
}
