package io.github.metallbdyn6.handover;

import java.util.Optional;

/**
 * What is next for one service.
 *
 * @param patch what to send, if anything
 * @param waiting whether it is MetalLB's turn
 * @param problem why the service is not where it should be, if nothing can be done about it
 */
record Step(Optional<ServicePatch> patch, boolean waiting, Optional<String> problem) {
  static final Step NONE = new Step(Optional.empty(), false, Optional.empty());
  static final Step WAIT = new Step(Optional.empty(), true, Optional.empty());

  static Step patch(ServicePatch patch) {
    return new Step(Optional.of(patch), false, Optional.empty());
  }

  static Step stay(String problem) {
    return new Step(Optional.empty(), false, Optional.of(problem));
  }

  Step because(Optional<String> reason) {
    return new Step(patch, waiting, problem.or(() -> reason));
  }
}
