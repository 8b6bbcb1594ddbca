package io.github.metallbdyn6.source;

import static io.github.metallbdyn6.pass.Explanation.beforeColon;
import static io.github.metallbdyn6.pass.Explanation.messageOf;
import static io.github.metallbdyn6.pass.Explanation.nameOf;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.github.metallbdyn6.answer.RefusedAnswer;
import io.github.metallbdyn6.pass.Explanation;
import io.github.metallbdyn6.pass.Explanation.Area;
import io.github.metallbdyn6.text.ForeignText;
import io.github.metallbdyn6.text.Redaction;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NoHttpResponseException;

/** Says in one line why a source has no answer. */
public final class SourceFailure {
  private SourceFailure() {}

  /** Explains the failure, if it is one of a source. */
  public static Optional<Explanation> explain(Throwable failure) {
    if (failure instanceof StreamConstraintsException) {
      return Optional.of(
          Explanation.refused(
              RefusedAnswer.Reason.MALFORMED,
              "it is JSON that is nested too deep, or has a number or a name that is too long"));
    }
    if (failure instanceof JsonProcessingException) {
      return Optional.of(
          Explanation.refused(RefusedAnswer.Reason.MALFORMED, "it is not one JSON object"));
    }
    if (failure instanceof SourcesFailed) {
      String text = messageOf(failure);
      return Optional.of(Explanation.failure(Area.SOURCE, beforeColon(text), text).byNetwork());
    }
    if (failure instanceof HttpOperationFailedException http) {
      return Optional.of(Explanation.failure(Area.SOURCE, kindOf(http), textOf(http)));
    }
    return textOf(failure)
        .map(text -> Explanation.failure(Area.SOURCE, kindOf(failure), text).byNetwork());
  }

  private static Optional<String> textOf(Throwable failure) {
    if (failure instanceof UnknownHostException host) {
      return Optional.of(
          "the source cannot be reached: no such host: %s; does this machine have DNS and IPv6?"
              .formatted(ForeignText.of(messageOf(host))));
    }
    if (isTooSlow(failure)) {
      return Optional.of("the source gives no complete answer within METALLB_DYN6_REQUEST_TIMEOUT");
    }
    if (failure instanceof ClientProtocolException
        || failure instanceof MessageConstraintException
        || failure instanceof ConnectionClosedException
        || failure instanceof NoHttpResponseException) {
      return Optional.of(
          "the source does not answer as a web server does: " + ForeignText.of(messageOf(failure)));
    }
    return failure instanceof IOException
        ? Optional.of("the source cannot be reached: " + nameOf(failure))
        : Optional.empty();
  }

  /** Two limits end a slow answer, and now the one is first, now the other. */
  private static boolean isTooSlow(Throwable failure) {
    return failure instanceof SocketTimeoutException
        || "Socket closed".equals(failure.getMessage());
  }

  /** The words of others differ from pass to pass; the class that they throw does not. */
  private static String kindOf(Throwable failure) {
    Class<?> kind = isTooSlow(failure) ? SocketTimeoutException.class : failure.getClass();
    return "no answer: " + kind.getName();
  }

  private static String kindOf(HttpOperationFailedException http) {
    return "the source answered %d%s"
        .formatted(http.getStatusCode(), http.getRedirectLocation() == null ? "" : ", a redirect");
  }

  private static String textOf(HttpOperationFailedException http) {
    String redirect =
        Optional.ofNullable(http.getRedirectLocation())
            .map(location -> ", a redirect to " + Redaction.of(location))
            .orElse("");
    return "the source answered %d%s: %s"
        .formatted(http.getStatusCode(), redirect, Redaction.of(String.valueOf(http.getUri())));
  }
}
