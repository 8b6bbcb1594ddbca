package io.github.metallbdyn6.kubernetes;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ApiServerTest {
  /** Any other exception would end the thread of the passes without a word. */
  @Test
  void aTokenThatNoHeaderTakesIsAFailureOfTheClusterAndNotShown() {
    Config config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl("https://127.0.0.1:1/")
            .withOauthToken("geheim\n")
            .build();
    try (KubernetesClient client = ClusterConnection.open(config, Duration.ofSeconds(1))) {
      ApiServer api = new ApiServer(client);
      assertThatThrownBy(() -> api.get("/version", PoolObject.FIELDS))
          .isInstanceOf(KubernetesClientException.class)
          .satisfies(ApiServerTest::requireNoToken);
    }
  }

  private static void requireNoToken(Throwable failure) {
    StringWriter all = new StringWriter();
    failure.printStackTrace(new PrintWriter(all));
    if (all.toString().contains("geheim")) {
      throw new AssertionError("the token is in the stack trace");
    }
  }
}
