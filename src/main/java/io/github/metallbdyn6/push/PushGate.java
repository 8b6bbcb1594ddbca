package io.github.metallbdyn6.push;

import java.net.InetAddress;
import java.util.Optional;

/**
 * Decides which callers may push. The cheap questions come first, and say nothing of the secret.
 */
final class PushGate {
  private final AllowedCallers allowed;
  private final CallRate rate;
  private final PushSecret secret;

  PushGate(AllowedCallers allowed, CallRate rate, PushSecret secret) {
    this.allowed = allowed;
    this.rate = rate;
    this.secret = secret;
  }

  /** Tells whether this address may connect. */
  boolean admits(InetAddress caller) {
    return allowed.contain(caller);
  }

  /** Returns what the caller is told who is not let in. */
  Optional<PushAnswer> refusal(InetAddress caller, PushRequest request) {
    if (rate.isExceeded(caller)) {
      return Optional.of(PushAnswer.TOO_OFTEN);
    }
    if (!request.isForUs()) {
      return Optional.of(PushAnswer.NOT_FOUND);
    }
    if (!request.method().equals("GET")) {
      return Optional.of(PushAnswer.NOT_GET);
    }
    if (!secret.acceptsAny(request.credentials())) {
      return Optional.of(PushAnswer.BAD_AUTH);
    }
    rate.pushedRightly(caller);
    return Optional.empty();
  }
}
