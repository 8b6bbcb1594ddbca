package io.github.metallbdyn6.pass;

import io.github.metallbdyn6.metallb.MetalLbPod;
import io.github.metallbdyn6.metallb.Restart;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The knowledge of a pass about MetalLB's pods.
 *
 * @param pods the pods as they were listed last
 * @param mark names the pods that run on old addresses after the patch, if they must go then
 * @param progress how far a restart has come
 */
public record PodRestart(List<MetalLbPod> pods, Optional<String> mark, @Nullable Restart progress) {
  /** Nothing is known of any pod, and none has to go. */
  static final PodRestart NONE = new PodRestart(List.of(), Optional.empty(), null);

  public PodRestart {
    pods = List.copyOf(pods);
  }

  /** Returns how far a restart has come. */
  @Override
  public Restart progress() {
    return PoolPass.known(progress, "progress of the restart");
  }

  public PodRestart listed(List<MetalLbPod> now) {
    return new PodRestart(now, mark, progress);
  }

  public PodRestart marked(Optional<String> now) {
    return new PodRestart(pods, now, progress);
  }

  public PodRestart at(Restart now) {
    return new PodRestart(pods, mark, now);
  }
}
