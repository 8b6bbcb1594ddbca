package io.github.metallbdyn6.testbed;

import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * MetalLB's pods without MetalLB: pods with its labels and images, which come back under a new
 * identity when they are deleted, as a Deployment's and a DaemonSet's do.
 */
public final class MetalLbPods implements AutoCloseable {

  /** The labels of an installation by Helm, the predecessor's default. */
  public static final String SELECTOR =
      "app.kubernetes.io/name=metallb,app.kubernetes.io/instance=metallb";

  private static final int LOOK_EVERY_MILLIS = 30;

  private final KubernetesClient client;
  private final String namespace;
  private final Map<String, Pod> wanted = new LinkedHashMap<>();
  private final ScheduledExecutorService keeper = Executors.newSingleThreadScheduledExecutor();
  private final List<Consumer<String>> starts = new CopyOnWriteArrayList<>();
  private volatile boolean comingBack = true;

  MetalLbPods(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  /** Starts a controller and a speaker of this image tag, and keeps them alive from now on. */
  public void run(String tag) {
    synchronized (wanted) {
      wanted.put("controller", pod("controller", tag));
      wanted.put("speaker-a", pod("speaker-a", tag));
    }
    bringBack();
    var unused =
        keeper.scheduleWithFixedDelay(
            this::tryToBringBack, LOOK_EVERY_MILLIS, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** From now on deleted pods stay away, or come back again. */
  public void comeBack(boolean comeBack) {
    comingBack = comeBack;
  }

  /** From now on tells of every pod that starts, by its name. */
  void onStart(Consumer<String> listener) {
    starts.add(listener);
  }

  /** Returns the identities of the pods that are there, by name. */
  public Map<String, String> uids() {
    return list().stream()
        .collect(
            Collectors.toMap(
                pod -> pod.getMetadata().getName(), pod -> pod.getMetadata().getUid()));
  }

  private List<Pod> list() {
    return client.pods().inNamespace(namespace).withLabelSelector(SELECTOR).list().getItems();
  }

  /**
   * As a controller's watch knows them. For the newest state a real API server asks etcd, ten times
   * a second at most, and would have the program's requests wait.
   */
  private List<Pod> remembered() {
    return client
        .pods()
        .inNamespace(namespace)
        .withLabelSelector(SELECTOR)
        .list(new ListOptionsBuilder().withResourceVersion("0").build())
        .getItems();
  }

  private void tryToBringBack() {
    try {
      bringBack();
    } catch (KubernetesClientException e) {
      System.getLogger("testbed")
          .log(System.Logger.Level.WARNING, "pods not kept, next look will", e);
    }
  }

  private void bringBack() {
    if (!comingBack) {
      return;
    }
    synchronized (wanted) {
      List<String> missing = new ArrayList<>(wanted.keySet());
      remembered().forEach(pod -> missing.remove(pod.getMetadata().getName()));
      missing.forEach(name -> start(wanted.get(name)));
    }
  }

  private void start(Pod pod) {
    Pod pending = client.pods().inNamespace(namespace).resource(pod).create();
    client
        .pods()
        .inNamespace(namespace)
        .resource(
            new PodBuilder(pending)
                .withNewStatus()
                .withPhase("Running")
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .endCondition()
                .endStatus()
                .build())
        .updateStatus();
    starts.forEach(listener -> listener.accept(pod.getMetadata().getName()));
  }

  /** No scheduler takes it, so that on a real cluster, too, its status is only what is set here. */
  private Pod pod(String name, String tag) {
    String component = name.replaceFirst("-.*", "");
    return new PodBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace(namespace)
        .addToLabels("app.kubernetes.io/name", "metallb")
        .addToLabels("app.kubernetes.io/instance", "metallb")
        .addToLabels("app.kubernetes.io/component", component)
        .endMetadata()
        .withNewSpec()
        .withSchedulerName("nobody")
        .withAutomountServiceAccountToken(false)
        .withTerminationGracePeriodSeconds(0L)
        .addNewContainer()
        .withName(component)
        .withImage("quay.io/metallb/" + component + ":" + tag)
        .endContainer()
        .endSpec()
        .build();
  }

  @Override
  public void close() {
    keeper.shutdown();
    try {
      keeper.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
