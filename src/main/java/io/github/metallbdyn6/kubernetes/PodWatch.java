package io.github.metallbdyn6.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.github.metallbdyn6.metallb.MetalLbPod;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.camel.Service;

/**
 * Knows MetalLB's pods before a change, so that no list stands between a source's answer and the
 * patch.
 */
public final class PodWatch {
  private final MetalLbPods pods;
  private final WatchSigns signs;
  private final ObjectWatch watch;
  private final Map<String, MetalLbPod> byUid = new LinkedHashMap<>();

  public PodWatch(MetalLbPods pods, LongSupplier nanoTime) {
    this.pods = pods;
    this.signs = new WatchSigns(nanoTime);
    this.watch = pods.watch(new Listening());
  }

  /** Returns the pods as they are now; nothing if that takes a list. */
  public synchronized Optional<List<MetalLbPod>> known() {
    return signs.areGood() ? Optional.of(List.copyOf(byUid.values())) : Optional.empty();
  }

  public Service watch() {
    return watch;
  }

  private final class Listening implements ObjectWatch.Listener {
    @Override
    public String begin() {
      List<MetalLbPod> found = new ArrayList<>();
      String version = pods.list(found::add);
      synchronized (PodWatch.this) {
        byUid.clear();
        found.forEach(pod -> byUid.put(pod.uid(), pod));
      }
      return version;
    }

    @Override
    public void opened() {
      signs.opened();
    }

    @Override
    public void closed() {
      signs.closed();
    }

    @Override
    public void alive() {
      signs.heard();
    }

    @Override
    public void heard(ObjectReader.Event event) {
      MetalLbPod pod = MetalLbPods.read(event.object());
      synchronized (PodWatch.this) {
        if (event.type().equals("DELETED")) {
          byUid.remove(pod.uid());
        } else {
          byUid.put(pod.uid(), pod);
        }
      }
      signs.heard();
    }

    /** A change lists the pods, and says why if it cannot. */
    @Override
    public void failed(KubernetesClientException why) {}
  }
}
