package io.github.metallbdyn6.testbed;

import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/** The token of a pod's service account, in a file that kubelet renews. */
final class ServiceAccountToken {
  /** The API server takes a token for so long after its end, as clocks differ. */
  private static final Duration LEEWAY = Duration.ofMinutes(1);

  private final RealApiServer api;
  private final ServiceAccount account;
  private final Path file;

  ServiceAccountToken(RealApiServer api, String namespace, String name) {
    this.api = api;
    this.account = api.client().serviceAccounts().inNamespace(namespace).withName(name).get();
    this.file = api.folder().resolve(namespace + "-" + name + ".token");
  }

  Path file() {
    return file;
  }

  /** Asks the API server for a token, as kubelet does, and puts it into the file. */
  void renew() {
    TokenRequest answer =
        api.client()
            .serviceAccounts()
            .inNamespace(account.getMetadata().getNamespace())
            .withName(account.getMetadata().getName())
            .tokenRequest(
                new TokenRequestBuilder()
                    .withNewSpec()
                    .withExpirationSeconds(3600L)
                    .endSpec()
                    .build());
    write(answer.getStatus().getToken());
  }

  /**
   * Puts a token into the file that the API server refuses after that time, give or take the ten
   * seconds for which it remembers a token: it makes none itself below ten minutes.
   */
  void expireIn(Duration life) {
    long issued = Instant.now().minus(LEEWAY).getEpochSecond();
    String claims =
        """
        {"iss":"https://kubernetes.default.svc","aud":["https://kubernetes.default.svc"],
         "sub":"system:serviceaccount:%1$s:%2$s","iat":%4$d,"nbf":%4$d,"exp":%5$d,
         "kubernetes.io":{"namespace":"%1$s","serviceaccount":{"name":"%2$s","uid":"%3$s"}}}
        """
            .formatted(
                account.getMetadata().getNamespace(),
                account.getMetadata().getName(),
                account.getMetadata().getUid(),
                issued,
                issued + life.toSeconds());
    String signed = base64("{\"alg\":\"RS256\",\"typ\":\"JWT\"}") + "." + base64(claims);
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(api.tokenKey().getPrivate());
      signature.update(signed.getBytes(StandardCharsets.US_ASCII));
      write(signed + "." + base64(signature.sign()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String base64(String text) {
    return base64(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The file is never seen half written. */
  private void write(String token) {
    try {
      Path next = Files.writeString(file.resolveSibling("next.token"), token);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
