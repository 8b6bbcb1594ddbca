package io.github.metallbdyn6.push;

import io.github.metallbdyn6.ipv6.RefusedAnswer;
import io.github.metallbdyn6.kubernetes.PushMemory;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What a caller is told, in the words of the DynDNS protocol. Some clients read only the status,
 * some only the word: both say the same.
 *
 * @param status of HTTP
 * @param text one line
 */
public record PushAnswer(int status, String text) {
  /** The caller is not known, or has given the wrong credentials. */
  static final PushAnswer BAD_AUTH = new PushAnswer(401, "badauth");

  /** He calls from where nobody may call. */
  static final PushAnswer NOT_FROM_THERE =
      new PushAnswer(403, "badauth this address may not push (METALLB_DYN6_PUSH_ALLOWED_CALLERS)");

  /** He calls too often. */
  static final PushAnswer ABUSE = new PushAnswer(429, "abuse too many calls, wait a minute");

  /** Nothing is here. */
  static final PushAnswer NOT_FOUND = new PushAnswer(404, "notfqdn the path is /update");

  /** It is not asked for in that way. */
  static final PushAnswer NOT_GET = new PushAnswer(405, "badagent the method is GET");

  /** A push is short, and has no body. */
  static final PushAnswer TOO_LARGE = new PushAnswer(413, "badagent a push has no body");

  /** Something of ours is wrong; try again later. */
  static final PushAnswer EMERGENCY =
      new PushAnswer(503, "911 the prefix could not be kept, the log says why");

  /** More calls wait than can be answered in time. */
  static final PushAnswer BUSY = new PushAnswer(503, "911 busy");

  /** Says that the prefix was taken, and whether it is another one than before. */
  public static PushAnswer of(PushMemory.Kept kept) {
    return new PushAnswer(200, (kept.isNew() ? "good " : "nochg ") + kept.prefix());
  }

  /** Says why the prefix was not taken: the caller's fault, or ours. */
  static PushAnswer of(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .filter(RefusedAnswer.class::isInstance)
        .findFirst()
        .map(
            refused ->
                new PushAnswer(400, "notfqdn " + oneLine(String.valueOf(refused.getMessage()))))
        .orElse(EMERGENCY);
  }

  private static String oneLine(String text) {
    return text.replaceAll("[^\\p{Print}]+", " ");
  }
}
