package io.github.metallbdyn6.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.github.metallbdyn6.pass.Explanation;
import io.github.metallbdyn6.pass.Explanation.Area;
import io.github.metallbdyn6.text.ForeignText;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.http.HttpTimeoutException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says in one line what an API server's refusal means and what to do about it. */
public final class ClusterFailure {

  /** The API server's own sentence for a missing permission. */
  private static final Pattern RBAC =
      Pattern.compile(
          "cannot (?<verb>\\S+) resource \"(?<resource>[^\"]+)\"(?: in API group \"(?<group>[^\"]*)\")?(?: in the namespace \"(?<namespace>[^\"]+)\")?");

  private static final Pattern WEBHOOK =
      Pattern.compile(
          "admission webhook \"(?<name>[^\"]+)\" denied the request:?\\s*(?<reason>.*)");

  private static final String UNREACHABLE =
      "The program tries again by itself. If it stays so: kubectl get --raw=/readyz says whether the API server is up; the first line of the program's log has the address at which the program asks it, and a NetworkPolicy may keep the pod from there.";

  private static final String UNAUTHORIZED =
      "The program reads the token again and tries again by itself. If it stays so: kubectl rollout restart deployment/metallb-dyn6, in its namespace, gives the pod a new token; with a KUBECONFIG, kubectl get ipaddresspools -A says whether its credentials are accepted.";

  private static final String FORBIDDEN =
      "The program tries again by itself: an API server that has just started knows no Roles for some seconds. If it stays so, apply your overlay again (kubectl apply -k): it brings what the program needs.";

  /** The JDK's words, behind which the header stands, with the token. */
  private static final String NO_HEADER = "invalid header value";

  private static final String NO_WEBHOOK = "failed calling webhook";

  private ClusterFailure() {}

  /** Explains the failure, if it is one of the cluster. */
  public static Optional<Explanation> explain(Throwable failure) {
    if (failure instanceof KubernetesClientException cluster) {
      String text = textOf(cluster);
      Explanation why =
          Explanation.failure(Area.CLUSTER, kindOf(cluster), text).advised(adviceOn(cluster));
      return Optional.of(cluster.getCode() <= 0 ? why.byNetwork() : why);
    }
    return failure instanceof PoolUnusable
        ? Optional.of(Explanation.failure(Area.CLUSTER, Explanation.messageOf(failure)))
        : Optional.empty();
  }

  /** Returns where to look, as far as the text does not say it; else an empty text. */
  private static String adviceOn(KubernetesClientException failure) {
    if (failure.getCode() <= 0) {
      return UNREACHABLE;
    }
    return switch (failure.getCode()) {
      case HttpURLConnection.HTTP_UNAUTHORIZED -> UNAUTHORIZED;
      case HttpURLConnection.HTTP_FORBIDDEN ->
          RBAC.matcher(messageOf(failure)).find() ? FORBIDDEN : "";
      default -> "";
    };
  }

  /** The API server's words differ from pass to pass; the account that it names does not. */
  private static String kindOf(KubernetesClientException failure) {
    String message = messageOf(failure);
    Matcher webhook = WEBHOOK.matcher(message);
    Matcher rbac = RBAC.matcher(message);
    String whose =
        webhook.find()
            ? webhook.group("name")
            : rbac.find() ? rbac.group() : isWebhookDown(message);
    return "cluster %d %s".formatted(failure.getCode(), whose).strip();
  }

  private static String isWebhookDown(String message) {
    return message.contains(NO_WEBHOOK) ? "webhook" : "";
  }

  /** Returns one line for people; never a stack trace, never a token. */
  public static String textOf(KubernetesClientException failure) {
    if (failure.getCode() <= 0) {
      return "the Kubernetes API server cannot be reached: " + rootCause(failure);
    }
    String message = messageOf(failure);
    return switch (failure.getCode()) {
      case 401 ->
          "the Kubernetes API server does not accept the credentials (401)%s; check the service account or KUBECONFIG"
              .formatted(expiryIn(failure));
      case 403 -> explainForbidden(message);
      case 404 -> "the Kubernetes API server does not find what was asked for (404): " + message;
      case 409 -> "it was changed by somebody else at the same moment (409): " + message;
      case 422 -> "the Kubernetes API server calls the request invalid (422): " + message;
      case 429 -> "the Kubernetes API server is busy (429): " + message;
      default -> explainServerError(failure.getCode(), message);
    };
  }

  /** Returns one line for people, as {@link #textOf}; also of a pool that is not usable. */
  public static String lineOf(RuntimeException failure) {
    return failure instanceof KubernetesClientException cluster
        ? textOf(cluster)
        : Explanation.messageOf(failure);
  }

  private static String expiryIn(KubernetesClientException failure) {
    Optional<Instant> expiry =
        failure instanceof Unauthorized refusal ? refusal.expiry() : Optional.empty();
    return expiry
        .map(
            time ->
                time.isAfter(Instant.now())
                    ? ", though the token is valid until %s by its own words".formatted(time)
                    : ": the token expired at %s".formatted(time))
        .orElse("");
  }

  private static String explainForbidden(String message) {
    Matcher webhook = WEBHOOK.matcher(message);
    if (webhook.find()) {
      return webhook.group("name").endsWith(".metallb.io")
          ? "MetalLB's webhook %s refuses the pool: %s"
              .formatted(webhook.group("name"), webhook.group("reason"))
          : "the admission webhook %s denied the request: %s"
              .formatted(webhook.group("name"), webhook.group("reason"));
    }
    Matcher rbac = RBAC.matcher(message);
    if (rbac.find()) {
      return "access refused (403): a Role must allow verb \"%s\" on resource \"%s\" in apiGroup \"%s\", namespace \"%s\""
          .formatted(
              rbac.group("verb"),
              rbac.group("resource"),
              Optional.ofNullable(rbac.group("group")).orElse(""),
              Optional.ofNullable(rbac.group("namespace")).orElse("(all)"));
    }
    return "access refused (403): " + message;
  }

  private static String explainServerError(int code, String message) {
    return message.contains(NO_WEBHOOK)
        ? "MetalLB's webhook does not answer (%d), as when its controller is just starting: %s"
            .formatted(code, message)
        : "the Kubernetes API server failed (%d): %s".formatted(code, message);
  }

  private static String messageOf(KubernetesClientException failure) {
    String message =
        failure.getStatus() != null && failure.getStatus().getMessage() != null
            ? failure.getStatus().getMessage()
            : String.valueOf(failure.getMessage());
    return message.isBlank() ? "it gave no reason" : ForeignText.of(message);
  }

  private static String rootCause(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && !(cause instanceof ConnectException)) {
      cause = cause.getCause();
    }
    boolean ended = // by BodyDeadline; newer JDKs say it in the other way
        cause instanceof CancellationException
            || "subscription cancelled".equals(cause.getMessage());
    if (ended || cause instanceof HttpTimeoutException) {
      return "no complete answer within METALLB_DYN6_REQUEST_TIMEOUT";
    }
    if (cause instanceof ConnectException) {
      return "no connection; is the address right, and the server up?";
    }
    String name = cause.getClass().getSimpleName();
    String message = cause.getMessage();
    if (message != null && message.startsWith(NO_HEADER)) {
      return "its token has a character that no HTTP header can have, such as a line break; write the token without it, and start the program anew";
    }
    return message == null
        ? name
        : name + ": " + ForeignText.of(message.lines().findFirst().orElse(""));
  }
}
