package io.github.metallbdyn6.handover;

import java.util.Optional;
import java.util.function.Function;

/**
 * The next step for one service.
 *
 * @param patch what to send, if anything
 * @param waiting whether it is MetalLB's turn
 * @param problem why the service is not where it should be, if nothing can be done about it
 * @param passing whether the problem may pass without a change of any service
 */
record Step(
    Optional<ServicePatch> patch, boolean waiting, Optional<String> problem, boolean passing) {
  static final Step NONE = new Step(Optional.empty(), false, Optional.empty(), false);
  static final Step WAIT = new Step(Optional.empty(), true, Optional.empty(), false);

  /** A failure in one service is this service's problem, and no other's. */
  static Step orProblem(ServiceState service, Function<ServiceState, Step> planning) {
    try {
      return planning.apply(service);
    } catch (RuntimeException e) {
      return stay("it cannot be planned for: " + e);
    }
  }

  static Step patch(ServicePatch patch) {
    return new Step(Optional.of(patch), false, Optional.empty(), false);
  }

  static Step stay(String problem) {
    return new Step(Optional.empty(), false, Optional.of(problem), false);
  }

  static Step stayForNow(String problem) {
    return new Step(Optional.empty(), false, Optional.of(problem), true);
  }

  Step because(Optional<String> reason) {
    return new Step(patch, waiting, problem.or(() -> reason), passing);
  }

  boolean isRepair() {
    return patch.filter(it -> it.kind() == ServicePatch.Kind.REPAIR).isPresent();
  }

  boolean isMove() {
    return patch.filter(it -> it.kind() == ServicePatch.Kind.MOVE).isPresent();
  }
}
