package io.github.metallbdyn6.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.github.metallbdyn6.testbed.Http2ApiServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A token that has expired, at an API server that speaks HTTP/2. */
class UnauthorizedTest {
  private static final String CLAIMS = "{\"sub\":\"program\",\"exp\":1767348245}";
  private static final String JWT = "e30." + base64(CLAIMS) + ".c2lnbmF0dXJl";

  private static String base64(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "secret", "a.b.c", "e30..c2ln", "e30.e30.c2ln", "e30.W10.c2ln"})
  void saysNothingOfATokenThatDoesNotTellItsExpiry(String token) {
    assertThat(Unauthorized.expiryOf(token)).isEmpty();
  }

  @Test
  void saysWhenTheTokenExpired(@TempDir Path folder) throws Exception {
    try (Http2ApiServer server = new Http2ApiServer(folder)) {
      Config config = new ConfigBuilder(server.config()).withOauthToken(JWT).build();
      try (KubernetesClient client = ClusterConnection.open(config, Duration.ofSeconds(10))) {
        KubernetesClientException refusal =
            catchThrowableOfType(
                KubernetesClientException.class,
                new IpAddressPool(client, "metallb-system", "public")::read);

        assertThat(ClusterFailure.textOf(refusal))
            .isEqualTo(
                "the Kubernetes API server does not accept the credentials (401): the token expired at 2026-01-02T10:04:05Z; check the service account or KUBECONFIG")
            .doesNotContain(JWT);
      }
    }
  }

  @Test
  void isToldAsWhatItIs(@TempDir Path folder) throws Exception {
    try (Http2ApiServer server = new Http2ApiServer(folder);
        KubernetesClient client = ClusterConnection.open(server.config(), Duration.ofSeconds(10))) {
      IpAddressPool pool = new IpAddressPool(client, "metallb-system", "public");
      for (int pass = 0; pass < 3; pass++) {
        KubernetesClientException refusal =
            catchThrowableOfType(KubernetesClientException.class, pool::read);

        assertThat(refusal.getCode()).as(refusal.toString()).isEqualTo(401);
        assertThat(ClusterFailure.textOf(refusal))
            .isEqualTo(
                "the Kubernetes API server does not accept the credentials (401); check the service account or KUBECONFIG");
      }
      assertThat(server.asked()).hasSizeGreaterThanOrEqualTo(3);
    }
  }
}
