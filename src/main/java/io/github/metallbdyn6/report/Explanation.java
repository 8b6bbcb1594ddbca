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
import java.util.Optional;
import org.apache.camel.CamelExchangeException;
import org.apache.camel.http.base.HttpOperationFailedException;

/** Turns the failure of a pass into one line for people. */
final class Explanation {
  private Explanation() {}

  static String of(Throwable failure) {
    if (failure instanceof RefusedAnswer refused) {
      return "the source's answer is refused (%s): %s"
          .formatted(
              refused.reason().name().toLowerCase(java.util.Locale.ROOT), messageOf(refused));
    }
    if (failure instanceof HttpOperationFailedException http) {
      return ofStatus(http);
    }
    if (failure instanceof KubernetesClientException cluster) {
      return ClusterFailure.explain(cluster);
    }
    if (failure instanceof PoolUnusable
        || failure instanceof PoolConflict
        || failure instanceof ReloadException) {
      return messageOf(failure);
    }
    if (failure instanceof JsonProcessingException json) {
      return "the source's answer is refused (malformed): it is not JSON: "
          + json.getOriginalMessage();
    }
    if (failure instanceof UnknownHostException host) {
      return "the source cannot be reached: no such host: %s; does this machine have DNS and IPv6?"
          .formatted(messageOf(host));
    }
    if (failure instanceof IOException) {
      return "the source cannot be reached: " + name(failure);
    }
    if (failure instanceof CamelExchangeException && failure.getCause() != null) {
      return of(failure.getCause());
    }
    return name(failure);
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
