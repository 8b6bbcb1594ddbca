package io.github.metallbdyn6.follower;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The news that a follower is told.
 *
 * @param cause a word for why
 * @param text the same in one line, for people
 * @param pool namespace and name of the pool
 * @param now the prefix that everything has to follow
 * @param before the prefix that this follower was told last, if it is another one
 * @param ranges the pool's address ranges, separated by commas
 */
public record FollowerNews(
    String cause,
    String text,
    String pool,
    FollowedPrefix now,
    Optional<FollowedPrefix> before,
    String ranges) {

  /** The prefix is another one than this follower was told. */
  public static final String CHANGE = "change";

  /** The follower has never been told any prefix. */
  public static final String FIRST = "first";

  /** No pass has succeeded for a while. */
  public static final String HOLD = "hold";

  /** Passes succeed again, after a hold that was told. */
  public static final String RECOVERED = "recovered";

  /** A service does not have the address that it should have. */
  public static final String SERVICE = "service";

  /** Begins with the prefix that the pool has followed. */
  public static FollowerNews change(
      String pool, FollowedPrefix now, Optional<FollowedPrefix> told, String ranges) {
    Optional<FollowedPrefix> before = told.filter(it -> !it.equals(now));
    String text =
        before
            .map(
                it -> "the prefix is %s now, before it was %s".formatted(now.prefix(), it.prefix()))
            .orElse("the prefix is " + now.prefix());
    return new FollowerNews(before.isPresent() ? CHANGE : FIRST, text, pool, now, before, ranges);
  }

  /** Returns other news about the same prefix. */
  public FollowerNews notice(String otherCause, String what) {
    return new FollowerNews(otherCause, what, pool, now, before, ranges);
  }

  /** Tells whether it is about another prefix, which counts until it is told. */
  public boolean isChange() {
    return cause.equals(CHANGE) || cause.equals(FIRST);
  }

  /** Returns a text that is the same for the same news, however often it is told. */
  public String id() {
    return "%s-%s-%08x"
        .formatted(cause, now.prefix(), text.hashCode())
        .replaceAll("[^a-z0-9-]", "-");
  }

  /** Returns the headers of the message; of what is not known there is none. */
  public Map<String, Object> headers() {
    Map<String, Object> headers = new LinkedHashMap<>();
    headers.put("prefix", now.prefix().toString());
    headers.put("subnetPrefix", now.subnetPrefix().toString());
    before.ifPresent(it -> headers.put("previousPrefix", it.prefix().toString()));
    before.ifPresent(it -> headers.put("previousSubnetPrefix", it.subnetPrefix().toString()));
    headers.put("ranges", ranges);
    headers.put("cause", cause);
    headers.put("pool", pool);
    headers.put("id", id());
    return headers;
  }
}
