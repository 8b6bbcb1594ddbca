package io.github.metallbdyn6.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.github.metallbdyn6.ipv6.RefusedAnswer;
import io.github.metallbdyn6.kubernetes.ClusterFailure;
import io.github.metallbdyn6.kubernetes.PoolUnusable;
import io.github.metallbdyn6.metallb.ReloadException;
import io.github.metallbdyn6.pool.PoolConflict;
import java.io.IOException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.http.base.HttpOperationFailedException;

/** Turns the failure of a pass into one line for people. */
final class Explanation {
  private Explanation() {}

  /** Explains the outermost failure that means something to people; Camel wraps some in its own. */
  static String of(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .map(Explanation::known)
        .flatMap(Optional::stream)
        .findFirst()
        .orElseGet(() -> name(failure));
  }

  private static Optional<String> known(Throwable failure) {
    if (failure instanceof RefusedAnswer refused) {
      return Optional.of(
          "the source's answer is refused (%s): %s"
              .formatted(refused.reason().name().toLowerCase(Locale.ROOT), messageOf(refused)));
    }
    if (failure instanceof JsonProcessingException json) {
      return Optional.of(
          "the source's answer is refused (malformed): it is not JSON: "
              + json.getOriginalMessage());
    }
    if (failure instanceof HttpOperationFailedException http) {
      return Optional.of(ofStatus(http));
    }
    if (failure instanceof KubernetesClientException cluster) {
      return Optional.of(ClusterFailure.explain(cluster));
    }
    if (failure instanceof PoolUnusable
        || failure instanceof PoolConflict
        || failure instanceof ReloadException) {
      return Optional.of(messageOf(failure));
    }
    if (failure instanceof UnknownHostException host) {
      return Optional.of(
          "the source cannot be reached: no such host: %s; does this machine have DNS and IPv6?"
              .formatted(messageOf(host)));
    }
    return failure instanceof IOException
        ? Optional.of("the source cannot be reached: " + name(failure))
        : Optional.empty();
  }

  private static String ofStatus(HttpOperationFailedException http) {
    String redirect =
        Optional.ofNullable(http.getRedirectLocation())
            .map(location -> ", a redirect to " + withoutQuery(location))
            .orElse("");
    return "the source answered %d%s: %s"
        .formatted(http.getStatusCode(), redirect, withoutQuery(String.valueOf(http.getUri())));
  }

  private static String withoutQuery(String uri) {
    return uri.replaceFirst("\\?.*", "");
  }

  private static String name(Throwable failure) {
    String type = failure.getClass().getSimpleName();
    return failure.getMessage() == null ? type : type + ": " + firstLine(failure.getMessage());
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }

  private static String messageOf(Throwable failure) {
    return firstLine(String.valueOf(failure.getMessage()));
  }
}
