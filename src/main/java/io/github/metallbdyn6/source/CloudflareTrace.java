package io.github.metallbdyn6.source;

import io.github.metallbdyn6.answer.RefusedAnswer;
import io.github.metallbdyn6.answer.RefusedAnswer.Reason;
import java.net.URI;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the page {@code /cdn-cgi/trace}: lines of {@code key=value}. */
public final class CloudflareTrace {
  private final Map<String, String> values = new HashMap<>();

  private CloudflareTrace(String answer) {
    answer.lines().forEach(this::read);
  }

  private void read(String line) {
    String[] pair = line.split("=", 2);
    if (pair.length < 2 || values.put(pair[0], pair[1]) != null) {
      throw new RefusedAnswer(Reason.MALFORMED, "not a list of key=value, each key once");
    }
  }

  /**
   * Returns the address.
   *
   * @param answer the page
   * @param url where it was asked for
   * @throws RefusedAnswer when another host answered, when the connection went through Cloudflare's
   *     tunnel WARP, whose address is not this home's, or when it is no such page
   */
  public static String address(String answer, String url) {
    CloudflareTrace trace = new CloudflareTrace(answer);
    String host = String.valueOf(URI.create(url).getHost());
    if (!host.equalsIgnoreCase(trace.values.get("h"))) {
      throw new RefusedAnswer(
          Reason.FAILURE, "another host answers for %s: h=%s".formatted(host, trace.get("h")));
    }
    if (!"off".equals(trace.values.get("warp"))) {
      throw new RefusedAnswer(
          Reason.FAILURE,
          "the connection goes through a tunnel of Cloudflare: warp=" + trace.get("warp"));
    }
    return trace.get("ip");
  }

  private String get(String key) {
    @Nullable String value = values.get(key);
    if (value == null) {
      throw new RefusedAnswer(
          Reason.MALFORMED, "there is no %s= in it".formatted(key.toLowerCase(Locale.ROOT)));
    }
    return value;
  }
}
