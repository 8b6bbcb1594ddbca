package io.github.metallbdyn6.metallb;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.UUID;

/** Pods of MetalLB in the states that matter. */
final class Pods {
  static final MetalLbPod CONTROLLER = ready("controller", "v0.13.12");
  static final MetalLbPod SPEAKER = ready("speaker", "v0.13.12");

  /** The same pods after they were deleted: other identities. */
  static final MetalLbPod NEW_CONTROLLER = ready("new-controller", "v0.13.12");

  static final MetalLbPod NEW_SPEAKER = ready("new-speaker", "v0.13.12");

  private Pods() {}

  static MetalLbPod ready(String name, String version) {
    return new MetalLbPod(
        name,
        UUID.nameUUIDFromBytes(name.getBytes(UTF_8)).toString(),
        true,
        false,
        MetalLbVersion.parse(version));
  }

  static MetalLbPod notReady(MetalLbPod pod) {
    return new MetalLbPod(pod.name(), pod.uid(), false, pod.terminating(), pod.version());
  }

  static MetalLbPod terminating(MetalLbPod pod) {
    return new MetalLbPod(pod.name(), pod.uid(), pod.ready(), true, pod.version());
  }
}
