package io.github.metallbdyn6.push;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.github.metallbdyn6.kubernetes.ClusterFailure;
import io.github.metallbdyn6.report.Redaction;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says why pushes are not taken; each reason once in ten minutes, however many calls there are. */
final class PushLog {
  private static final Logger LOG = LoggerFactory.getLogger("metallb-dyn6");
  private static final long PAUSE_NANOS = 600_000_000_000L;

  private final Map<Integer, Long> saidAt = new HashMap<>();
  private final LongSupplier nanoTime;

  PushLog(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Says that this caller was turned away; an answer never has anything secret in it. */
  void refused(InetAddress caller, PushAnswer answer) {
    if (isWorthSaying(answer.status())) {
      LOG.warn("A push from {} was not taken: {}", caller.getHostAddress(), answer.text());
    }
  }

  /** Says what was in the way of a push that was right. */
  void failed(InetAddress caller, PushAnswer answer, Throwable failure) {
    if (isWorthSaying(answer.status())) {
      String reason =
          failure instanceof KubernetesClientException cluster
              ? ClusterFailure.explain(cluster)
              : Redaction.of(String.valueOf(failure.getMessage()));
      LOG.warn(
          "A push from {} was not taken, it may try again later: {}",
          caller.getHostAddress(),
          reason);
    }
  }

  private synchronized boolean isWorthSaying(int reason) {
    long now = nanoTime.getAsLong();
    Long before = saidAt.get(reason);
    boolean worth = before == null || now - before >= PAUSE_NANOS;
    if (worth) {
      saidAt.put(reason, now);
    }
    return worth;
  }
}
