package io.github.metallbdyn6.telling;

import io.github.metallbdyn6.follower.FollowerFailed;
import io.github.metallbdyn6.follower.FollowerStopped;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.camel.http.base.HttpOperationFailedException;

/**
 * Says why a follower failed, and whether a person has to act first. The reason is without the URL:
 * its path is a secret at many chat servers.
 */
final class FollowerFailure {
  private FollowerFailure() {}

  static String reasonOf(Throwable failure, Function<Throwable, String> otherwise) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .map(FollowerFailure::known)
        .flatMap(Optional::stream)
        .findFirst()
        .orElseGet(() -> otherwise.apply(failure).replace("the source", "the server"));
  }

  private static Optional<String> known(Throwable cause) {
    if (cause instanceof FollowerFailed || cause instanceof FollowerStopped) {
      return Optional.of(String.valueOf(cause.getMessage()));
    }
    if (cause instanceof HttpOperationFailedException http) {
      return Optional.of("%s answered %d".formatted(hostOf(http), http.getStatusCode()));
    }
    return Optional.empty();
  }

  private static String hostOf(HttpOperationFailedException http) {
    try {
      return Objects.requireNonNullElse(URI.create(http.getUri()).getHost(), "the server");
    } catch (IllegalArgumentException e) {
      return "the server";
    }
  }

  /** Tells whether a failure says that trying again would do harm. */
  static Optional<FollowerStopped> stopIn(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .filter(FollowerStopped.class::isInstance)
        .map(FollowerStopped.class::cast)
        .findFirst();
  }
}
