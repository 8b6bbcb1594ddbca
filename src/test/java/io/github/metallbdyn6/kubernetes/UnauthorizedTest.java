package io.github.metallbdyn6.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.github.metallbdyn6.testbed.Http2ApiServer;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A token that has expired, at an API server that speaks HTTP/2. */
class UnauthorizedTest {

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
