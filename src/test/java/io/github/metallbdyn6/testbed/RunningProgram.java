package io.github.metallbdyn6.testbed;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.github.metallbdyn6.Application;
import io.github.metallbdyn6.kubernetes.ClusterConnection;
import io.github.metallbdyn6.settings.Problem;
import io.github.metallbdyn6.settings.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** The program itself, main class and routes, in a thread of this JVM. */
public final class RunningProgram implements AutoCloseable {
  private static final int STOP_SECONDS = 20;

  private final KubernetesClient client;
  private final Application application;
  private final CompletableFuture<Void> exit;

  private RunningProgram(Settings settings, Config cluster) {
    client = ClusterConnection.open(cluster, settings.requestTimeout());
    application = new Application(settings, client);
    exit = CompletableFuture.runAsync(this::run, task -> new Thread(task, "program").start());
  }

  private void run() {
    try {
      application.run();
    } catch (Exception e) {
      throw new CompletionException(e);
    }
  }

  /** Starts the program against a cluster and an ISP, with a check every second. */
  public static RunningProgram start(
      TestCluster cluster, FakeIsp isp, Map<String, String> moreVariables) {
    Map<String, String> environment = new HashMap<>(environment(cluster, isp));
    environment.putAll(moreVariables);
    Settings settings = Settings.read(environment, new Properties());
    List<Problem> problems = settings.problems();
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(problems.toString());
    }
    Config config =
        new ConfigBuilder(Config.empty()).withMasterUrl(cluster.api().uri().toString()).build();
    return new RunningProgram(settings, config);
  }

  /** The environment variables that the predecessor's users have, and where the ISP is. */
  public static Map<String, String> environment(TestCluster cluster, FakeIsp isp) {
    return Map.of(
        "METALLB_DYN6_MANAGEMENT_PORT",
        "0",
        "METALLB_DYN6_METALLB_POOL",
        TestCluster.POOL,
        "METALLB_DYN6_METALLB_NAMESPACE",
        cluster.namespace(),
        "METALLB_DYN6_HOST_RANGE",
        "::1000-::1999",
        "METALLB_DYN6_UPDATE_INTERVAL",
        "1",
        "METALLB_DYN6_SOURCE_BREAK",
        "1",
        "METALLB_DYN6_MY_IP_URL",
        isp.url());
  }

  /** Fails with the reason if the program has ended by itself. */
  public void assertAlive() {
    if (exit.isCompletedExceptionally()) {
      exit.join();
    }
  }

  /** Stops the program and waits until it has. */
  public void stop() throws Exception {
    application.stop();
    exit.get(STOP_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void close() throws Exception {
    stop();
    client.close();
  }
}
