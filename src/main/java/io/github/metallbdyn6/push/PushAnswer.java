package io.github.metallbdyn6.push;

import io.github.metallbdyn6.answer.RefusedAnswer;
import io.github.metallbdyn6.pool.PushedPrefix;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The answer to a caller, in the words of the dyndns2 protocol. Some clients read only the status,
 * some only the word: both say the same.
 *
 * @param status of HTTP
 * @param word the protocol's
 * @param text what follows the word: the prefix that was taken, or why none was; may be empty
 * @param refusal a name for why nothing was taken, if nothing was
 */
public record PushAnswer(int status, String word, String text, Optional<String> refusal) {
  static final int OK = 200;

  /** Clients that give up on other words come back after this one. */
  private static final String TRY_AGAIN = "911";

  /** The caller is not known, or has given the wrong credentials. */
  static final PushAnswer BAD_AUTH =
      refused(401, "badauth", "wrong token, user or password", "credentials");

  /** He calls from where nobody may call. */
  static final PushAnswer NOT_FROM_THERE =
      refused(
          403,
          "badauth",
          "this address may not push (METALLB_DYN6_PUSH_ALLOWED_CALLERS)",
          "caller");

  /** He calls too often. After "abuse" clients wait for a person; this is over in a minute. */
  static final PushAnswer TOO_OFTEN =
      refused(429, TRY_AGAIN, "too many calls, wait a minute", "rate");

  /** Nothing is here. */
  static final PushAnswer NOT_FOUND =
      refused(404, "notfqdn", "the path is /update or /nic/update", "request");

  /** It is not asked for in that way. */
  static final PushAnswer NOT_GET = refused(405, "badagent", "the method is GET", "request");

  /** A push is short, and has no body. */
  static final PushAnswer TOO_LARGE = refused(413, "badagent", "a push has no body", "request");

  /** Something of ours is wrong; try again later. */
  static final PushAnswer NOT_KEPT =
      refused(503, TRY_AGAIN, "the prefix could not be kept, the log says why", "not_kept");

  /** More calls wait than can be answered in time. */
  static final PushAnswer BUSY = refused(503, TRY_AGAIN, "busy", "busy");

  private static PushAnswer refused(int status, String word, String text, String refusal) {
    return new PushAnswer(status, word, text, Optional.of(refusal));
  }

  /** Says that the prefix was taken, and whether it is another one than before. */
  public static PushAnswer of(PushedPrefix.Kept kept) {
    return new PushAnswer(
        OK, kept.isNew() ? "good" : "nochg", kept.prefix().toString(), Optional.empty());
  }

  /** Says why the prefix was not taken: the caller's fault, or ours. */
  static PushAnswer of(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .filter(RefusedAnswer.class::isInstance)
        .map(RefusedAnswer.class::cast)
        .findFirst()
        .map(PushAnswer::doubtful)
        .orElse(NOT_KEPT);
  }

  /** inadyn ends for good on a status of 4xx, but what is doubtful now may be right in a minute. */
  private static PushAnswer doubtful(RefusedAnswer refused) {
    return refused(
        503,
        TRY_AGAIN,
        oneLine(String.valueOf(refused.getMessage())),
        refused.reason().name().toLowerCase(Locale.ROOT));
  }

  private static String oneLine(String text) {
    return text.replaceAll("[^\\p{Print}]+", " ");
  }

  String line() {
    return (word + " " + text).strip();
  }
}
