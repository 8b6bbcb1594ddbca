package io.github.metallbdyn6.testbed;

import io.github.metallbdyn6.pool.PoolState;
import java.util.List;
import java.util.function.Predicate;

/** The remote calls of one change with a restart, in the order in which they are made. */
public enum RemoteCall implements HomeCall {
  /** Asking the source. */
  ASK_SOURCE,
  /** Reading the pool. */
  READ_POOL,
  /** Listing MetalLB's pods before the patch, for the mark. */
  LIST_PODS_TO_MARK,
  /** Patching addresses, record and mark. */
  PATCH_POOL,
  /** Deleting them. */
  DELETE_PODS,
  /** Listing the new ones; also in a later pass, before it goes on. */
  LIST_NEW_PODS,
  /** Removing the mark. */
  CLEAR_MARK;

  @Override
  public boolean asksSource() {
    return this == ASK_SOURCE;
  }

  /** By what the API server has acted on before. */
  @Override
  public Predicate<ApiCall> in(ApiProxy api) {
    return call -> !call.isEvent() && !call.isWatch() && this == classify(call, api.acted());
  }

  private static RemoteCall classify(ApiCall call, List<ApiCall> before) {
    return switch (call.method()) {
      case "DELETE" -> DELETE_PODS;
      case "PATCH" -> call.body().contains(PoolState.RECORD) ? PATCH_POOL : CLEAR_MARK;
      default -> call.path().contains("/pods") ? classifyList(before) : READ_POOL;
    };
  }

  private static RemoteCall classifyList(List<ApiCall> before) {
    boolean deleted = before.stream().anyMatch(call -> "DELETE".equals(call.method()));
    return deleted ? LIST_NEW_PODS : LIST_PODS_TO_MARK;
  }
}
