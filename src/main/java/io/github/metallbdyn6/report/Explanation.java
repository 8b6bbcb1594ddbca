package io.github.metallbdyn6.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.github.metallbdyn6.ipv6.RefusedAnswer;
import io.github.metallbdyn6.kubernetes.ClusterFailure;
import io.github.metallbdyn6.kubernetes.PoolUnusable;
import io.github.metallbdyn6.metallb.ReloadException;
import io.github.metallbdyn6.pool.ChangeHeld;
import io.github.metallbdyn6.pool.PoolConflict;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.http.base.HttpOperationFailedException;

/**
 * The failure of a pass in one line for people.
 *
 * @param kind what it is, without the values that differ from pass to pass
 * @param text the line
 * @param isHold whether the program keeps the pool on purpose, since what it was told is doubtful
 */
record Explanation(String kind, String text, boolean isHold) {

  /** Explains the outermost failure that means something to people; Camel wraps some in its own. */
  static Explanation of(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .map(Explanation::known)
        .flatMap(Optional::stream)
        .findFirst()
        .orElseGet(() -> failure(name(failure)));
  }

  private static Optional<Explanation> known(Throwable failure) {
    if (failure instanceof RefusedAnswer refused) {
      return Optional.of(refused(refused.reason(), messageOf(refused)));
    }
    if (failure instanceof JsonProcessingException) {
      return Optional.of(refused(RefusedAnswer.Reason.MALFORMED, "it is not one JSON object"));
    }
    if (failure instanceof ChangeHeld || failure instanceof PoolConflict) {
      return Optional.of(held(messageOf(failure)));
    }
    if (failure instanceof HttpOperationFailedException http) {
      return Optional.of(failure(ofStatus(http)));
    }
    if (failure instanceof KubernetesClientException cluster) {
      return Optional.of(failure(ClusterFailure.explain(cluster)));
    }
    if (failure instanceof PoolUnusable || failure instanceof ReloadException) {
      return Optional.of(failure(messageOf(failure)));
    }
    if (failure instanceof UnknownHostException host) {
      return Optional.of(
          failure(
              "the source cannot be reached: no such host: %s; does this machine have DNS and IPv6?"
                  .formatted(messageOf(host))));
    }
    if (failure instanceof SocketTimeoutException || "Socket closed".equals(failure.getMessage())) {
      return Optional.of(
          failure("the source gives no complete answer within METALLB_DYN6_REQUEST_TIMEOUT"));
    }
    return failure instanceof IOException
        ? Optional.of(failure("the source cannot be reached: " + name(failure)))
        : Optional.empty();
  }

  private static Explanation refused(RefusedAnswer.Reason reason, String message) {
    String kind =
        "the source's answer is refused (%s)".formatted(reason.name().toLowerCase(Locale.ROOT));
    return new Explanation(kind, kind + ": " + message, true);
  }

  /** The first words name the range, which differs every time when a source flips. */
  private static Explanation held(String message) {
    return new Explanation(message.replaceFirst(".*? (?=is wanted|overlaps)", ""), message, true);
  }

  private static Explanation failure(String text) {
    return new Explanation(text, text, false);
  }

  private static String ofStatus(HttpOperationFailedException http) {
    String redirect =
        Optional.ofNullable(http.getRedirectLocation())
            .map(location -> ", a redirect to " + Redaction.of(location))
            .orElse("");
    return "the source answered %d%s: %s"
        .formatted(http.getStatusCode(), redirect, Redaction.of(String.valueOf(http.getUri())));
  }

  private static String name(Throwable failure) {
    String type = failure.getClass().getSimpleName();
    return failure.getMessage() == null
        ? type
        : type + ": " + Redaction.of(firstLine(failure.getMessage()));
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }

  private static String messageOf(Throwable failure) {
    return firstLine(String.valueOf(failure.getMessage()));
  }
}
