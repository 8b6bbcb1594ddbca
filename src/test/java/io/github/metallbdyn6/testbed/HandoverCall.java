package io.github.metallbdyn6.testbed;

import java.util.function.Predicate;

/** The remote calls of one handover, in the order in which they are made. */
public enum HandoverCall implements HomeCall {
  /** Asking the source. */
  ASK_SOURCE,
  /** Reading the pool. */
  READ_POOL,
  /** Asking what the program may do. */
  REVIEW_ACCESS,
  /** Putting the new range beside the old one. */
  WIDEN_POOL,
  /** Listing the services. */
  LIST_SERVICES,
  /** Watching them. */
  WATCH_SERVICES,
  /** Asking MetalLB to move a service. */
  PIN_SERVICE,
  /** Taking away from a service what was only there for the move. */
  RELEASE_SERVICE,
  /** Taking the old range out of the pool. */
  RETIRE_RANGE;

  private static final String RECORD = "\"metallb-dyn6/handover\":";

  @Override
  public boolean asksSource() {
    return this == ASK_SOURCE;
  }

  @Override
  public Predicate<ApiCall> in(ApiProxy api) {
    return call -> !call.isEvent() && this == classify(call, HandoverHome.OLD_RANGE);
  }

  private static HandoverCall classify(ApiCall call, String oldRange) {
    if (call.isAccessReview()) {
      return REVIEW_ACCESS;
    }
    boolean write = "PATCH".equals(call.method());
    if (!call.isAboutServices()) {
      return !write ? READ_POOL : keeps(call, oldRange) ? WIDEN_POOL : RETIRE_RANGE;
    }
    if (call.isWatch()) {
      return WATCH_SERVICES;
    }
    if (!write) {
      return LIST_SERVICES;
    }
    return call.body().contains(RECORD + "null") ? RELEASE_SERVICE : PIN_SERVICE;
  }

  private static boolean keeps(ApiCall call, String oldRange) {
    boolean jsonPatch = call.body().startsWith("[");
    return !jsonPatch
        && call.body().replaceFirst(".*\"addresses\"", "").contains("\"" + oldRange + "\"");
  }
}
