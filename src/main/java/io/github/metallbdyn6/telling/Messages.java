package io.github.metallbdyn6.telling;

import io.github.metallbdyn6.follower.FollowerFailed;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * Makes messages of followers' templates. A route names only the parameter, whose value may be
 * secret, and would otherwise be a part of the route, which the console shows.
 */
public final class Messages {
  /** They have a value at a change of the prefix only. */
  private static final Set<String> OPTIONAL = Set.of("previousPrefix", "previousSubnetPrefix");

  private final UnaryOperator<String> parameters;

  /**
   * Looks parameters up here.
   *
   * @param parameters gives a parameter's value by its key, or an empty text
   */
  public Messages(UnaryOperator<String> parameters) {
    this.parameters = parameters;
  }

  /**
   * Returns the URL of this parameter.
   *
   * @throws FollowerFailed when it is not set
   */
  public String url(String key, Exchange news) {
    String url = parameters.apply(key);
    if (url.isEmpty()) {
      throw new FollowerFailed("the URL, %s, is not set".formatted(key));
    }
    return new MessageTemplate(url).inUrl(values(news));
  }

  /** Returns the body of this parameter, or the text for people where it is not set. */
  public String body(String key, String contentType, Exchange news) {
    String body = parameters.apply(key);
    return new MessageTemplate(body.isEmpty() ? "{text}" : body).fill(contentType, values(news));
  }

  /** Adds the headers of this parameter: {@code Name: value}, with {@code |} between two. */
  public void addHeaders(String key, Exchange news) {
    Map<String, String> values = values(news);
    for (String header : parameters.apply(key).split("\\|", -1)) {
      int colon = header.indexOf(':');
      if (colon > 0) {
        String value = new MessageTemplate(header.substring(colon + 1).strip()).fill("", values);
        news.getMessage().setHeader(header.substring(0, colon).strip(), value);
      }
    }
  }

  /** Returns the value of a header {@code Authorization} (RFC 7617), or null without a user. */
  public @Nullable String basic(String userKey, String passwordKey) {
    String user = parameters.apply(userKey);
    String both = user + ":" + parameters.apply(passwordKey);
    return user.isEmpty()
        ? null
        : "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
  }

  /** Takes away what no server is to be told in headers. */
  public void forgetNews(Exchange news) {
    for (String name : new TreeSet<>(values(news).keySet())) {
      news.getMessage().removeHeader(name);
    }
  }

  static Map<String, String> values(Exchange news) {
    Map<String, String> values = new HashMap<>();
    OPTIONAL.forEach(name -> values.put(name, ""));
    for (String name :
        Set.of(
            "prefix",
            "previousPrefix",
            "subnetPrefix",
            "previousSubnetPrefix",
            "ranges",
            "cause",
            "pool",
            "id")) {
      String value = news.getMessage().getHeader(name, String.class);
      if (value != null) {
        values.put(name, value);
      }
    }
    values.put("text", news.getMessage().getBody(String.class));
    return values;
  }
}
