package io.github.metallbdyn6.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.io.File;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;

/** Finds the cluster and opens the one client that every Kubernetes step uses. */
public final class ClusterConnection {
  /**
   * An API server does not redirect; who does, must not be shown the token.
   *
   * <p>HTTP/1.1, since an API server says GOAWAY together with its 401 by HTTP/2, and now and again
   * to balance its load: many a JDK's client takes that for a broken connection, loses the answer,
   * and breaks off every other request. Watches are WebSockets of HTTP/1.1 in any case.
   */
  private static final class PlainClient extends JdkHttpClientFactory {
    @Override
    protected void additionalConfig(HttpClient.Builder client) {
      client.followRedirects(HttpClient.Redirect.NEVER).version(HttpClient.Version.HTTP_1_1);
    }
  }

  private ClusterConnection() {}

  /**
   * Finds the cluster: {@code KUBECONFIG} where it is set, the service account in a pod, else
   * {@code ~/.kube/config}.
   *
   * @throws IllegalStateException with a sentence for the user when there is none, since the
   *     library alone would silently ask {@code kubernetes.default.svc}; or when a file that it
   *     names cannot be read
   */
  public static Config find(Map<String, String> environment) {
    String kubeconfig = environment.getOrDefault("KUBECONFIG", "");
    if (!kubeconfig.isBlank()) {
      Arrays.stream(kubeconfig.split(File.pathSeparator))
          .filter(file -> !Files.isRegularFile(Path.of(file)) || !Files.isReadable(Path.of(file)))
          .findFirst()
          .ifPresent(
              file -> {
                throw new IllegalStateException(
                    "KUBECONFIG names " + file + ", which cannot be read");
              });
    }
    Config config = Config.autoConfigure(null);
    boolean found =
        config.getCurrentContext() != null
            || Files.exists(Path.of(Config.KUBERNETES_SERVICE_ACCOUNT_TOKEN_PATH))
            || environment.containsKey("KUBERNETES_MASTER");
    if (!found) {
      throw new IllegalStateException(
          (kubeconfig.isBlank()
                  ? "no cluster: this is not a pod, KUBECONFIG is not set and ~/.kube/config"
                  : "no cluster: KUBECONFIG=" + kubeconfig)
              + " has no current context; for example: KUBECONFIG=/etc/rancher/k3s/k3s.yaml");
    }
    TokenFile.use(config);
    return config;
  }

  /**
   * Opens a client whose calls end in time. Except for a busy server (429) it never retries by
   * itself: a retried step must read the pool again, which only the route can do.
   *
   * @param timeout how long a connection, an answer's first byte, and the rest of it may each take
   */
  public static KubernetesClient open(Config config, Duration timeout) {
    Config bounded =
        new ConfigBuilder(config)
            .withConnectionTimeout(Math.toIntExact(timeout.toMillis()))
            .withRequestTimeout(Math.toIntExact(timeout.toMillis()))
            .withRequestRetryBackoffLimit(0)
            .build();
    return new KubernetesClientBuilder()
        .withConfig(bounded)
        .withHttpClientFactory(new PlainClient())
        .withHttpClientBuilderConsumer(
            client ->
                client
                    .addOrReplaceInterceptor("request-log", new RequestLog())
                    .addOrReplaceInterceptor("retry-after", new RetryAfter())
                    .addOrReplaceInterceptor("body-deadline", new BodyDeadline(timeout)))
        .build();
  }
}
