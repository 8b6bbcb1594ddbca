package io.github.metallbdyn6.demo;

import io.github.metallbdyn6.testbed.ApiCall;
import java.util.List;
import java.util.function.Predicate;

/**
 * The requests of a move that wrote.
 *
 * @param calls in order
 */
record Writes(List<ApiCall> calls) {
  private static final String RECORD_REMOVED = "\"metallb-dyn6/handover\":null";

  /** Returns when the first one was sent. */
  long begin() {
    return calls.get(0).nanoTime();
  }

  /** Returns what kinds there are, and how many of each. */
  List<List<String>> kinds() {
    return List.of(
        kind("patch of a pool: put the new range beside the old one", Writes::addsRange),
        kind("patch of a service: request the IPv4 address and the host part", Writes::requests),
        kind("patch of a service: remove the request", Writes::releases),
        kind("patch of a pool: remove the old range", Writes::retires),
        kind("restart of MetalLB", Writes::restarts));
  }

  private List<String> kind(String name, Predicate<ApiCall> which) {
    return List.of(name, String.valueOf(calls.stream().filter(which).count()));
  }

  private static boolean addsRange(ApiCall call) {
    return isAboutPool(call) && !retires(call) && call.body().contains("\"addresses\"");
  }

  /** Only this patch of the pool is a JSON patch: it tests the entries before it removes one. */
  private static boolean retires(ApiCall call) {
    return isAboutPool(call) && call.body().startsWith("[");
  }

  private static boolean isAboutPool(ApiCall call) {
    return call.path().contains("/ipaddresspools/");
  }

  private static boolean requests(ApiCall call) {
    return call.isAboutServices() && !call.body().contains(RECORD_REMOVED);
  }

  private static boolean releases(ApiCall call) {
    return call.isAboutServices() && call.body().contains(RECORD_REMOVED);
  }

  private static boolean restarts(ApiCall call) {
    return call.method().equals("DELETE") && call.path().contains("/pods");
  }
}
