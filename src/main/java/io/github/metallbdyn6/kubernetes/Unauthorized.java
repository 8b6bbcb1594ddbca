package io.github.metallbdyn6.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.OAuthTokenProvider;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The API server does not accept the credentials; a token may say since when it cannot. */
final class Unauthorized extends KubernetesClientException {
  private static final long serialVersionUID = 1L;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final @Nullable Instant expiry;

  /** Reads when the token expires that the client sends. */
  Unauthorized(Status status, Config client) {
    super(status.getMessage(), status.getCode(), status);
    expiry = tokenOf(client).flatMap(Unauthorized::expiryOf).orElse(null);
  }

  private static Optional<String> tokenOf(Config client) {
    @Nullable OAuthTokenProvider provider = client.getOauthTokenProvider();
    return Stream.of(
            Optional.ofNullable(provider).map(OAuthTokenProvider::getToken),
            Optional.ofNullable(client.getOauthToken()),
            Optional.ofNullable(client.getAutoOAuthToken()))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** Reads the claim {@code exp} of a JSON Web Token (RFC 7519); any other token has none. */
  static Optional<Instant> expiryOf(String token) {
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3) {
      return Optional.empty();
    }
    try {
      JsonNode claims = JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
      JsonNode exp = claims.path("exp");
      return exp.isNumber() ? Optional.of(Instant.ofEpochSecond(exp.asLong())) : Optional.empty();
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  /** Returns when the token expires, if it says so. */
  Optional<Instant> expiry() {
    return Optional.ofNullable(expiry);
  }
}
