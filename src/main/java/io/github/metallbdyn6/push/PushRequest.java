package io.github.metallbdyn6.push;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A call in the DynDNS style. Its text says nothing of what was in it, since that is secret.
 *
 * @param method such as GET
 * @param path without the query
 * @param parameters the query's, decoded
 * @param authorization the header, empty when there is none
 */
record PushRequest(
    String method, String path, Map<String, String> parameters, String authorization) {

  /** FRITZ!Boxes and simple clients call the first, those that speak dyndns2 the second. */
  private static final List<String> PATHS = List.of("/update", "/nic/update");

  /** The home's prefix, which FRITZ!Boxes know beside their own address. */
  private static final String LAN_PREFIX = "ip6lanprefix";

  /** Where other clients put addresses; each may be a list, with IPv4 in it. */
  private static final List<String> ADDRESSES =
      List.of("myipv6", "myip6", "myip", "ipv6", "ip6", "ip");

  private static final List<String> SECRETS = List.of("token", "password");

  private static final String BASIC = "basic ";

  /**
   * User and password, or token, as the caller gave them.
   *
   * @param user empty when there is only a token
   * @param secret password or token
   */
  record Credentials(String user, String secret) {
    @Override
    public String toString() {
      return "credentials";
    }
  }

  /** Takes a request apart. */
  static PushRequest of(String method, String path, String query, String authorization) {
    return new PushRequest(method, path, parametersOf(query), authorization);
  }

  /** Values come as they are, or escaped; an equals sign or a colon in one is part of it. */
  private static Map<String, String> parametersOf(String query) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String pair : query.split("&", -1)) {
      int sign = pair.indexOf('=');
      if (sign > 0) {
        parameters.putIfAbsent(pair.substring(0, sign), decoded(pair.substring(sign + 1)));
      }
    }
    return parameters;
  }

  /** A percent sign that escapes nothing stands for itself, and a plus sign always does. */
  private static String decoded(String value) {
    try {
      return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return value;
    }
  }

  boolean isForUs() {
    return PATHS.contains(path);
  }

  /**
   * Returns all that the caller gives to be let in: one of them must be right. A FRITZ!Box adds a
   * header of its own to the token that is in the query.
   */
  List<Credentials> credentials() {
    String user = parameters.getOrDefault("username", "");
    return Stream.concat(
            basic().stream(),
            SECRETS.stream()
                .map(name -> parameters.getOrDefault(name, ""))
                .filter(secret -> !secret.isEmpty())
                .map(secret -> new Credentials(user, secret)))
        .toList();
  }

  private Optional<Credentials> basic() {
    if (!authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
      return Optional.empty();
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(authorization.substring(BASIC.length()).strip());
      String text = new String(bytes, StandardCharsets.UTF_8);
      int colon = text.indexOf(':');
      return colon < 0
          ? Optional.empty()
          : Optional.of(new Credentials(text.substring(0, colon), text.substring(colon + 1)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * Returns what the caller says the prefix is, one a line. Where the prefix of the home's network
   * is named, the router's own address does not count, since that may lie elsewhere.
   */
  String answer() {
    return parameters.containsKey(LAN_PREFIX)
        ? parameters.get(LAN_PREFIX)
        : ADDRESSES.stream()
            .map(parameters::get)
            .filter(Objects::nonNull)
            .flatMap(value -> Stream.of(value.split("[,\\s]+")))
            .filter(value -> value.contains(":"))
            .distinct()
            .collect(Collectors.joining("\n"));
  }

  @Override
  public String toString() {
    return "a push";
  }
}
