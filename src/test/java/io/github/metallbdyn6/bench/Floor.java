package io.github.metallbdyn6.bench;

import io.github.metallbdyn6.testbed.MetalLbPods;
import io.github.metallbdyn6.testbed.TestCluster;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/** The least time that a change takes: the same requests by a bare client of the JDK, warm. */
final class Floor {
  private static final int WARMING = 20;
  private static final int PODS = 2;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final TestCluster cluster;
  private int patches;

  /** Nothing is asked yet. */
  Floor(TestCluster cluster) {
    this.cluster = cluster;
  }

  /** Patches the pool so often, and returns how long each patch took. */
  List<Duration> patches(int times) throws Exception {
    return time(this::patch, times);
  }

  /** Lists pods, patches the pool and deletes pods so often; returns how long that took. */
  List<Duration> restarts(int times) throws Exception {
    return time(this::restart, times);
  }

  private static List<Duration> time(Callable<Duration> task, int times) throws Exception {
    List<Duration> durations = new ArrayList<>();
    for (int time = 0; time < WARMING + times; time++) {
      durations.add(task.call());
    }
    return durations.subList(WARMING, durations.size());
  }

  private Duration patch() throws IOException, InterruptedException {
    long begin = System.nanoTime();
    send(pool());
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  private Duration restart() throws IOException, InterruptedException {
    Awaitility.await().until(() -> cluster.pods().uids().size() == PODS);
    long begin = System.nanoTime();
    send(pods().build());
    send(pool());
    send(pods().DELETE().build());
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  private void send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(answer.statusCode() + " " + answer.body());
    }
  }

  private HttpRequest.Builder pods() {
    return request(
        "/api/v1/namespaces/%s/pods?labelSelector=%s"
            .formatted(
                cluster.namespace(),
                URLEncoder.encode(MetalLbPods.SELECTOR, StandardCharsets.UTF_8)));
  }

  /** Another range each time. */
  private HttpRequest pool() {
    patches++;
    String addresses =
        "[\"192.0.2.10-192.0.2.20\",\"2001:db8:f%1$x::1000-2001:db8:f%1$x::1999\"]"
            .formatted(patches);
    return request(
            "/apis/metallb.io/v1beta1/namespaces/%s/ipaddresspools/%s"
                .formatted(cluster.namespace(), TestCluster.POOL))
        .header("Content-Type", "application/merge-patch+json")
        .method(
            "PATCH", BodyPublishers.ofString("{\"spec\":{\"addresses\":%s}}".formatted(addresses)))
        .build();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(cluster.api().uri() + path))
        .header("Authorization", "Bearer test");
  }
}
