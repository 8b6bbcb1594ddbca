package io.github.metallbdyn6.settings;

import static io.github.metallbdyn6.settings.ValueType.SWITCH;
import static io.github.metallbdyn6.settings.ValueType.number;
import static io.github.metallbdyn6.settings.ValueType.text;

import io.github.metallbdyn6.handover.RangeStay;
import io.github.metallbdyn6.ipv6.Ipv6Prefix;
import io.github.metallbdyn6.metallb.RestartMode;
import io.github.metallbdyn6.pool.ChangeRule;
import io.github.metallbdyn6.pool.Transition;

/**
 * The settings. Each is an environment variable, {@code METALLB_DYN6_SOURCE}, and the same as a
 * property that the routes use, {@code metallb-dyn6.source}. Defaults are in {@code
 * application.properties}.
 */
public enum Setting {
  METALLB_POOL(
      "IPAddressPool to keep on the prefix, or several; * keeps each one of the namespace that has the annotation metallb-dyn6/host-range",
      text("names, separated by commas, or *; required", Checks::poolNames),
      "public"),
  HOST_RANGE(
      "host parts that the pool offers under every prefix: first-last, a single one, or a CIDR prefix",
      text(
          "IPv6 with bits only in the low 64, required unless METALLB_POOL is *",
          Checks::hostRange),
      "::1000-::1999"),
  SOURCE(
      "who is asked for the prefix: each NAME is that of a file source-NAME.camel.yaml among the routes",
      text("names, separated by commas, the preferred one first", Checks::sourceNames),
      "fritzbox,my-ip"),
  SOURCE_POLICY(
      "of several sources: first takes the first usable answer, in their order; agree asks all at once, and QUORUM of them must say the same prefix",
      text("first or agree", Checks::sourcePolicy),
      "agree"),
  QUORUM(
      "how many sources must say the same prefix; only with the policy agree",
      text("number, 2 to as many as there are sources", value -> Checks.number(value, 2, 32)),
      "2"),
  SOURCE_BREAK(
      "how long a source that did not answer three times in a row is not waited for",
      number("seconds", 1, 3600),
      "120"),
  MY_IP_URL(
      "where the source my-ip asks; answers as of the my-ip API v1 and v2 are understood",
      text("URL", Checks::httpUrl),
      "https://api6.my-ip.io/v2/ip.json"),
  UPDATE_INTERVAL("time between the begins of two passes", number("seconds", 1, 86_400), "60"),
  PREFIX_LENGTH(
      "length of the prefix that the ISP delegates; only together with SUBNET_OVERRIDE, and not needed where the source says it",
      number("bits", 1, Ipv6Prefix.SUBNET_LENGTH - 1),
      "56"),
  SUBNET_OVERRIDE(
      "subnet id to use, as an IPv6 address with bits only between the delegated prefix and 64, :: for the first subnet; without it the /64 that the source's address lies in",
      text("IPv6", Checks::ipv6Address),
      "0:0:0:cd::"),
  REQUIRE_GLOBAL(
      "accept only global unicast addresses (2000::/3) from the source; false: unique-local ones (fc00::/7), too",
      SWITCH,
      "true"),
  ALLOWED_PREFIXES(
      "prefixes that the source's answer must lie in, such as your ISP's; keeps a VPN's address out",
      text("CIDR prefixes, separated by commas", Checks::prefixes),
      "2001:db8::/32"),
  CONFIRMATIONS(
      "how many passes in a row must give the same prefix before the pool is changed",
      number("number", 1, 100),
      "3"),
  MAX_CHANGES_PER_HOUR(
      "how often the pool may be changed within an hour; beyond it the pool is held as it is; 0: as often as needed",
      number("number", 0, ChangeRule.HIGHEST_PER_HOUR),
      "6"),
  REQUEST_TIMEOUT(
      "how long a source or the Kubernetes API may take for an answer",
      number("seconds", 1, 60),
      "10"),
  CA_FILE(
      "certificates that sources may show besides those that the JVM trusts, such as a router's own",
      text("path of a file in PEM", TrustedCertificates::read),
      "/etc/metallb-dyn6/ca/ca.pem"),
  METALLB_NAMESPACE(
      "namespace of the pool and of MetalLB's pods",
      text("text", Checks::namespace),
      "metallb-system"),
  METALLB_LABEL_SELECTOR(
      "which pods are MetalLB's, controller and speakers",
      text("Kubernetes label selector", Checks::labelSelector),
      "app=metallb"),
  TRANSITION(
      "how services get to a new prefix: replace has MetalLB reassign them, handover moves each with its IPv4 address and its host part, and restarts nothing",
      text("replace or handover", Transition::parse),
      "handover"),
  RETIRE_AFTER(
      "how long a handover keeps the old range in the pool; valid-lifetime: as long as a source had last said that its prefix is valid",
      text("seconds, 0 to 604800, or valid-lifetime", value -> RangeStay.of(value, 0)),
      "3600"),
  EXTERNAL_DNS_PREFIX(
      "prefix of external-dns's annotations, where it runs with an --annotation-prefix of its own; external-dns.kubernetes.io and external-dns.alpha.kubernetes.io are followed in any case",
      text("text", Checks::annotationPrefix),
      "dns.example.com"),
  RELOAD(
      "whether MetalLB's pods are deleted after a change: auto spares MetalLB 0.14 and later, which takes up the change by itself",
      text("auto, always or never", RestartMode::parse),
      "auto"),
  RELOAD_TIMEOUT(
      "how long MetalLB may take: until its new pods are Ready, and in a handover until a service has its new address",
      number("seconds", 1, 3600),
      "180"),
  FOLLOWERS(
      "what follows the prefix besides the pool: each NAME is that of a file follower-NAME.camel.yaml among the routes",
      text("names, separated by commas", Checks::followerNames),
      "webhook,renumber"),
  LEASE(
      "name of the Lease by which several replicas agree on the one that leads, in the pool's namespace; empty: there is one replica; a dry run takes no part",
      text("text", Checks::kubernetesName),
      "metallb-dyn6"),
  LEASE_DURATION(
      "how long a leader that shows no life keeps the Lease; only together with LEASE",
      number("seconds", 3, 300),
      "30"),
  DRY_RUN("show what would be changed, and change nothing", SWITCH, "true"),
  EVENTS(
      "tell what happens in Kubernetes Events on the pool, for kubectl describe; a dry run sends none",
      SWITCH,
      "false"),
  MANAGEMENT_PORT(
      "TCP port for the status page, health and metrics; 0: none",
      number("number", 0, 65_535),
      "8080"),
  MANAGEMENT_ADDRESS(
      "address that this port listens on; 0.0.0.0: every address, IPv6 too",
      text("IPv4 or IPv6 address", Checks::address),
      "127.0.0.1"),
  CONSOLE_PORT(
      "TCP port of Camel's developer console, on loopback only; also lets the camel CLI in; 0: neither",
      number("number", 0, 65_535),
      "8081"),
  ROUTES("folder with the routes", text("path", Checks::routesFolder), "/etc/metallb-dyn6/routes"),
  RELOAD_ROUTES(
      "whether edited routes are taken over while the program runs; a broken edit is refused, and the old routes go on",
      SWITCH,
      "true"),
  LOG_LEVEL(
      "how much is logged", text("error, warn, info, debug or trace", Checks::logLevel), "debug"),
  LOG_FORMAT(
      "lines for people, or JSON for machines", text("text or json", Checks::logFormat), "json");

  private final String meaning;
  private final String example;

  @SuppressWarnings("ImmutableEnumChecker") // every check is a function without state
  private final ValueType type;

  Setting(String meaning, ValueType type, String example) {
    this.meaning = meaning;
    this.type = type;
    this.example = example;
  }

  public String variable() {
    return VariableName.PREFIX + name();
  }

  /** Returns the key under which the routes find the value. */
  public String key() {
    return VariableName.keyOf(variable());
  }

  /** Returns what it does, in one phrase. */
  public String meaning() {
    return meaning;
  }

  /** Returns what a value looks like, with its unit. */
  public String unit() {
    return type.unit();
  }

  /** Tells whether it is either on or off. */
  boolean isSwitch() {
    return type.equals(SWITCH);
  }

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
    type.check().accept(value);
  }
}
