package io.github.metallbdyn6.metallb;

import java.util.Optional;

/**
 * One of MetalLB's pods, controller or speaker.
 *
 * @param name its name, for people
 * @param uid its identity: a pod that was deleted and came back has the name, but not the UID
 * @param ready whether its Ready condition is true
 * @param terminating whether it is being deleted
 * @param version its MetalLB release, if image tag or label tell it
 */
public record MetalLbPod(
    String name, String uid, boolean ready, boolean terminating, Optional<MetalLbVersion> version) {

  /** Tells whether this pod applies a changed pool without a restart; an unknown one does not. */
  boolean appliesPoolItself() {
    return version.filter(v -> v.compareTo(MetalLbVersion.APPLIES_POOL_ITSELF) >= 0).isPresent();
  }

  @Override
  public String toString() {
    return name + version.map(v -> " (" + v + ")").orElse(" (version unknown)");
  }
}
