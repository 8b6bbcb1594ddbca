package io.github.metallbdyn6.settings;

import io.github.metallbdyn6.answer.AnswerRule;
import io.github.metallbdyn6.ipv6.HostRange;
import io.github.metallbdyn6.ipv6.Ipv6Prefix;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Checks the values of settings; each check throws with a phrase that says what is wrong. */
final class Checks {
  /** For those pools that carry the annotation of a host range. */
  static final String EVERY_ANNOTATED_POOL = "*";

  private static final int HIGHEST_PORT = 65_535;
  private static final String LABEL = "[a-z0-9]([a-z0-9-]*[a-z0-9])?";
  private static final String LABEL_KEY = "[A-Za-z0-9./_-]+";
  private static final String LABEL_VALUE = "[A-Za-z0-9._-]*";

  private static final String REQUIREMENT =
      "!?\\s*%1$s|%1$s\\s*(?:=|==|!=)\\s*%2$s|%1$s\\s+(?:not)?in\\s*\\(\\s*%2$s(?:\\s*,\\s*%2$s)*\\s*\\)"
          .formatted(LABEL_KEY, LABEL_VALUE);

  private Checks() {}

  static void number(String value, int least, int most) {
    boolean right =
        value.matches("0|[1-9][0-9]{0,8}")
            && Integer.parseInt(value) >= least
            && Integer.parseInt(value) <= most;
    require(right, "not a whole number from " + least + " to " + most);
  }

  static void trueOrFalse(String value) {
    require(List.of("true", "false").contains(value), "neither true nor false");
  }

  static void ipv6Address(String value) {
    require(!value.contains("/"), "an IPv6 address without a prefix length is wanted");
    Ipv6Prefix.parse(value);
  }

  /** A literal address; a name would be looked up, and may mean another address tomorrow. */
  static void address(String value) {
    String wrong = "not an IPv4 or IPv6 address";
    require(value.matches("(\\d{1,3}\\.){3}\\d{1,3}|[0-9a-fA-F.]*:[0-9a-fA-F:.]*"), wrong);
    try {
      InetAddress.getByName(value);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(wrong, e);
    }
  }

  /** RFC 1123, as Kubernetes names its objects. */
  static void kubernetesName(String value) {
    require(
        value.length() <= 253 && value.matches("%1$s(\\.%1$s)*".formatted(LABEL)),
        "not a Kubernetes name: lower-case letters, digits, - and . only");
  }

  /** The names of pools, or {@link #EVERY_ANNOTATED_POOL}. */
  static void poolNames(String value) {
    if (value.equals(EVERY_ANNOTATED_POOL)) {
      return;
    }
    List<String> names = Arrays.stream(value.split(",", -1)).map(String::strip).toList();
    names.forEach(Checks::kubernetesName);
    require(names.stream().distinct().count() == names.size(), "a pool is named twice");
  }

  /** An RFC 1123 label. */
  static void namespace(String value) {
    require(
        value.length() <= 63 && value.matches(LABEL),
        "not a namespace: at most 63 lower-case letters, digits and -");
  }

  static void sourceNames(String value) {
    names("source", value);
  }

  static void followerNames(String value) {
    names("follower", value);
  }

  private static void names(String kind, String value) {
    List<String> names = Arrays.stream(value.split(",", -1)).map(String::strip).toList();
    new Faults()
        .unless(
            names.stream().allMatch(name -> name.matches("[a-z0-9]+(-[a-z0-9]+)*")),
            "not the name of a %s, or of several with commas between: lower-case letters, digits and single dashes"
                .formatted(kind))
        .unless(
            names.stream().distinct().count() == names.size(),
            "a %s is named twice".formatted(kind))
        .report();
  }

  /** Both ends by themselves, and then together. */
  static void hostRange(String value) {
    Faults faults = new Faults();
    int dash = value.indexOf('-');
    if (dash >= 0) {
      faults.of(() -> hostPart(value.substring(0, dash)));
      faults.of(() -> hostPart(value.substring(dash + 1)));
      faults.report();
    }
    HostRange.parse(value);
  }

  private static void hostPart(String value) {
    require(!value.contains("/"), value.strip() + " is not an IPv6 address");
    HostRange.parse(value.strip());
  }

  static void prefixes(String value) {
    Faults faults = new Faults();
    Arrays.stream(value.split(","))
        .filter(prefix -> !prefix.isBlank())
        .forEach(prefix -> faults.of(() -> AnswerRule.of(true, prefix)));
    faults.of(() -> AnswerRule.of(true, value)).report();
  }

  static void sourcePolicy(String value) {
    require(List.of("first", "agree").contains(value), "neither first nor agree");
  }

  static void annotationPrefix(String value) {
    require(
        value.matches("[a-z0-9]([a-z0-9.-]*[a-z0-9])?/?"),
        "not a DNS name in lower case, such as dns.example.com");
  }

  static void regularExpression(String value) {
    try {
      Pattern.compile(value);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("not a regular expression: " + e.getDescription(), e);
    }
  }

  static void httpUrl(String value) {
    try {
      URI uri = new URI(value);
      new Faults()
          .unless(
              List.of("http", "https").contains(String.valueOf(uri.getScheme()))
                  && uri.getHost() != null,
              "not an http or https URL with a host")
          .unless(uri.getPort() <= HIGHEST_PORT, "no port has that number")
          .unless(
              uri.getRawUserInfo() == null && uri.getRawFragment() == null,
              "a URL with a user or a fragment, which a source cannot be asked with")
          .report();
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("not a URL: " + e.getReason(), e);
    }
  }

  static void labelSelector(String value) {
    require(
        value.matches("\\s*(?:%1$s)(?:\\s*,\\s*(?:%1$s))*\\s*".formatted(REQUIREMENT)),
        "not a label selector, such as kubectl get pods -l takes");
  }

  static void routesFolder(String value) {
    require(RoutesFolder.holdsRoutes(Path.of(value)), "no folder with *.camel.yaml files");
  }

  static void logFormat(String value) {
    require(List.of("text", "json").contains(value), "neither text nor json");
  }

  static void logLevel(String value) {
    require(
        List.of("error", "warn", "info", "debug", "trace").contains(value.toLowerCase(Locale.ROOT)),
        "not a log level, which is error, warn, info, debug or trace");
  }

  private static void require(boolean right, String problem) {
    if (!right) {
      throw new IllegalArgumentException(problem);
    }
  }
}
