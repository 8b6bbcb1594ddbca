package io.github.metallbdyn6.telling;

import io.github.metallbdyn6.follower.DynDnsAnswer;
import io.github.metallbdyn6.follower.FollowerFailed;
import io.github.metallbdyn6.follower.HostAddress;
import io.github.metallbdyn6.ipv6.Ipv6Prefix;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * Updates names at a DynDNS provider, one request each. A name that the provider has taken is not
 * sent again while another one fails: providers block users who repeat themselves.
 */
public final class DynDns {
  private static final int LONGEST_ANSWER = 4096;

  private final UnaryOperator<String> parameters;
  private final Map<String, HostAddress> taken = new ConcurrentHashMap<>();

  /** Looks parameters up here, by their keys. */
  public DynDns(UnaryOperator<String> parameters) {
    this.parameters = parameters;
  }

  /** Returns the names that are still to be updated, with their addresses. */
  public List<HostAddress> due(String key, String subnetPrefix) {
    return HostAddress.parseAll(parameters.apply(key), Ipv6Prefix.parse(subnetPrefix)).stream()
        .filter(host -> !host.equals(taken.get(host.host())))
        .toList();
  }

  /**
   * Returns the URL that updates a name.
   *
   * @throws FollowerFailed when it is not set
   */
  public String url(String key, HostAddress host, Exchange news) {
    String url = parameters.apply(key);
    if (url.isEmpty()) {
      throw new FollowerFailed("the URL, %s, is not set".formatted(key));
    }
    Map<String, String> values = new HashMap<>(Messages.values(news));
    values.put("host", host.host());
    values.put("address", host.address().toString());
    return new MessageTemplate(url).inUrl(values);
  }

  /** Requires that the provider has taken it, as {@link DynDnsAnswer#requireSuccess}. */
  public void requireTaken(HostAddress host, @Nullable InputStream answer, String pattern)
      throws IOException {
    byte[] bytes = answer == null ? new byte[0] : answer.readNBytes(LONGEST_ANSWER);
    DynDnsAnswer.requireSuccess(host.host(), new String(bytes, StandardCharsets.UTF_8), pattern);
    taken.put(host.host(), host);
  }
}
