package io.github.metallbdyn6.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.github.metallbdyn6.ipv6.RefusedAnswer;
import io.github.metallbdyn6.kubernetes.ClusterFailure;
import io.github.metallbdyn6.kubernetes.PoolUnusable;
import io.github.metallbdyn6.metallb.ReloadException;
import io.github.metallbdyn6.pool.ChangeHeld;
import io.github.metallbdyn6.pool.PoolConflict;
import io.github.metallbdyn6.report.Trouble.Area;
import io.github.metallbdyn6.source.LeftAlone;
import io.github.metallbdyn6.source.SourcesFailed;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.jspecify.annotations.Nullable;

/**
 * The failure of a pass, for people; the parts are those of {@link Trouble}.
 *
 * @param area what is to blame
 * @param kind what it is, without the values that differ from pass to pass
 * @param text one line
 * @param advice what to do, as far as the line does not say it
 * @param isHold whether the pool is kept as it is on purpose
 * @param refusal why the source's answer was refused, if it was
 * @param unreachable whether a network is in the way
 */
record Explanation(
    Area area,
    String kind,
    String text,
    String advice,
    boolean isHold,
    Optional<RefusedAnswer.Reason> refusal,
    boolean unreachable) {

  /** Returns the trouble that passes are in now, when they were in this one before. */
  Trouble after(@Nullable Trouble before, Instant now) {
    return before != null && before.kind().equals(kind)
        ? begun(before.since(), before.passes() + 1)
        : begun(now, 1);
  }

  private Trouble begun(Instant since, int passes) {
    return new Trouble(area, kind, text, advice, isHold, refusal, unreachable, since, passes);
  }

  /** Explains the outermost failure that means something to people; Camel wraps some in its own. */
  static Explanation of(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .map(Explanation::known)
        .flatMap(Optional::stream)
        .findFirst()
        .orElseGet(() -> failure(Area.PROGRAM, name(failure)));
  }

  private static Optional<Explanation> known(Throwable failure) {
    if (failure instanceof Error error) {
      return Optional.of(failure(Area.PROCESS, "%s; %s".formatted(name(error), Advice.on(error))));
    }
    if (failure instanceof RefusedAnswer refused) {
      return Optional.of(refused(refused.reason(), messageOf(refused)));
    }
    if (failure instanceof StreamConstraintsException) {
      return Optional.of(
          refused(
              RefusedAnswer.Reason.MALFORMED,
              "it is JSON that is nested too deep, or has a number or a name that is too long"));
    }
    if (failure instanceof JsonProcessingException) {
      return Optional.of(refused(RefusedAnswer.Reason.MALFORMED, "it is not one JSON object"));
    }
    if (failure instanceof ChangeHeld held) {
      return Optional.of(
          held(messageOf(failure), held.isUndone() ? Advice.LEAVE_ADDRESSES_ALONE : Advice.WAIT));
    }
    if (failure instanceof PoolConflict) {
      return Optional.of(held(messageOf(failure), Advice.MAKE_ROOM));
    }
    if (failure instanceof KubernetesClientException cluster) {
      return Optional.of(ofCluster(cluster));
    }
    if (failure instanceof PoolUnusable) {
      return Optional.of(failure(Area.CLUSTER, messageOf(failure)));
    }
    if (failure instanceof ReloadException) {
      String text = messageOf(failure);
      return Optional.of(failure(Area.METALLB, beforeColon(text), text));
    }
    if (failure instanceof LeftAlone resting) {
      return Optional.of(of(resting.reason()).leftAlone(resting.until()));
    }
    if (failure instanceof SourcesFailed) {
      String text = messageOf(failure);
      return Optional.of(failure(Area.SOURCE, beforeColon(text), text).byNetwork());
    }
    if (failure instanceof HttpOperationFailedException http) {
      return Optional.of(failure(Area.SOURCE, kindOf(http), ofStatus(http)));
    }
    return ofSource(failure).map(text -> failure(Area.SOURCE, text).byNetwork());
  }

  private static Explanation ofCluster(KubernetesClientException cluster) {
    String text = ClusterFailure.explain(cluster);
    String kind = cluster.getCode() + " " + Wording.of(text);
    Explanation why = failure(Area.CLUSTER, kind, text);
    return cluster.getCode() <= 0 ? why.byNetwork() : why;
  }

  private static String beforeColon(String text) {
    return text.replaceFirst(": .*", "");
  }

  private Explanation byNetwork() {
    return new Explanation(area, kind, text, advice, isHold, refusal, true);
  }

  private static Optional<String> ofSource(Throwable failure) {
    if (failure instanceof UnknownHostException host) {
      return Optional.of(
          "the source cannot be reached: no such host: %s; does this machine have DNS and IPv6?"
              .formatted(messageOf(host)));
    }
    if (failure instanceof SocketTimeoutException || "Socket closed".equals(failure.getMessage())) {
      return Optional.of("the source gives no complete answer within METALLB_DYN6_REQUEST_TIMEOUT");
    }
    if (failure instanceof ClientProtocolException
        || failure instanceof MessageConstraintException
        || failure instanceof ConnectionClosedException
        || failure instanceof NoHttpResponseException) {
      return Optional.of(
          "the source does not answer as a web server does: " + Redaction.of(messageOf(failure)));
    }
    return failure instanceof IOException
        ? Optional.of("the source cannot be reached: " + name(failure))
        : Optional.empty();
  }

  private static Explanation refused(RefusedAnswer.Reason reason, String message) {
    String kind =
        "the source's answer is refused (%s)".formatted(reason.name().toLowerCase(Locale.ROOT));
    return new Explanation(
        Area.SOURCE,
        kind,
        kind + ": " + message,
        Advice.on(reason),
        true,
        Optional.of(reason),
        false);
  }

  /** The first words name the range, which differs every time when a source flips. */
  private static Explanation held(String message, String advice) {
    String kind = Wording.of(message.replaceFirst(".*? (?=is wanted|overlaps)", ""));
    return new Explanation(Area.RULE, kind, message, advice, true, Optional.empty(), false);
  }

  private static Explanation failure(Area area, String text) {
    return failure(area, Wording.of(text), text);
  }

  private static Explanation failure(Area area, String kind, String text) {
    return new Explanation(area, kind, text, Advice.on(area), false, Optional.empty(), false);
  }

  private Explanation leftAlone(Instant until) {
    String longer = text + "; it is left alone until " + Trouble.minute(until);
    return new Explanation(area, kind, longer, advice, isHold, refusal, false);
  }

  private static String kindOf(HttpOperationFailedException http) {
    return "the source answered %d%s"
        .formatted(http.getStatusCode(), http.getRedirectLocation() == null ? "" : ", a redirect");
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
    if (failure.getMessage() == null) {
      return type;
    }
    String message = Redaction.of(firstLine(failure.getMessage()));
    return failure.getClass().equals(IOException.class) ? message : type + ": " + message;
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }

  private static String messageOf(Throwable failure) {
    return firstLine(String.valueOf(failure.getMessage()));
  }
}
