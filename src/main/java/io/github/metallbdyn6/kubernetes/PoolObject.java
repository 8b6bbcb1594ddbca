package io.github.metallbdyn6.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.metallbdyn6.pass.PoolOrders;
import io.github.metallbdyn6.pool.PauseOrder;
import io.github.metallbdyn6.pool.PoolState;
import io.github.metallbdyn6.pool.PushedPrefix;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the pool's Kubernetes object, and refuses one that cannot be written back safely. */
final class PoolObject {
  /** A hundred ranges that retire, with their times. */
  private static final int LONGEST_TEXT = 16_384;

  private static final String ADDRESSES = "/spec/addresses";
  private static final String ASSIGNED = "/status/assignedIPv6";
  private static final String AVAILABLE = "/status/availableIPv6";
  private static final List<String> ANNOTATIONS =
      List.of(
          PoolState.RECORD,
          PoolState.RELOAD_MARK,
          PoolState.RETIRING,
          PoolState.VALID_UNTIL,
          PoolState.EARLIER,
          PoolState.RECENT_CHANGES,
          PushedPrefix.ANNOTATION);

  /** The orders of people; no pass is about them. */
  private static final List<String> ORDERS =
      List.of(PoolOrders.CHECK_NOW, PoolOrders.FORGET_CHANGES, PauseOrder.ANNOTATION);

  /** All that a pass looks at, and orders. */
  static final Fields FIELDS =
      Fields.of(
          LONGEST_TEXT,
          Stream.concat(
              Stream.of(
                  "/metadata/namespace",
                  "/metadata/name",
                  "/metadata/uid",
                  "/metadata/resourceVersion",
                  ADDRESSES,
                  ASSIGNED,
                  AVAILABLE),
              Stream.concat(ANNOTATIONS.stream(), ORDERS.stream()).map(ApiObject::annotation)));

  private PoolObject() {}

  static PoolState stateOf(ApiObject pool) {
    requireWhole(pool);
    if (pool.resourceVersion().isEmpty()) {
      throw new PoolUnusable(
          "the IPAddressPool has no resourceVersion, so it cannot be patched safely");
    }
    return PoolState.of(
        pool.resourceVersion(),
        addressesOf(pool),
        pool.annotations(),
        Instant.now(),
        countedIn(pool));
  }

  /** Where the end of something is not known, nothing can be compared with it. */
  private static void requireWhole(ApiObject pool) {
    List<String> cut = new ArrayList<>(pool.cut());
    cut.removeAll(ORDERS.stream().map(ApiObject::annotation).toList());
    if (!cut.isEmpty()) {
      throw new PoolUnusable(
          "%s of IPAddressPool %s/%s is longer than the program reads (lists of %d items, texts of %d characters); it is left as it is; shorten it"
              .formatted(
                  cut.stream().sorted().findFirst().map(ApiObject::nameOf).orElse(""),
                  pool.namespace(),
                  pool.name(),
                  ObjectReader.LONGEST_LIST,
                  LONGEST_TEXT));
    }
  }

  /** MetalLB writes how many addresses services have, and how many are left. */
  private static Optional<Long> countedIn(ApiObject pool) {
    return pool.number(ASSIGNED)
        .flatMap(assigned -> pool.number(AVAILABLE).map(available -> assigned + available));
  }

  private static List<String> addressesOf(ApiObject pool) {
    JsonNode addresses = pool.json().at(ADDRESSES);
    if (addresses.isArray() && pool.items(ADDRESSES).allMatch(JsonNode::isTextual)) {
      return pool.items(ADDRESSES).map(JsonNode::textValue).toList();
    }
    throw new PoolUnusable(
        "spec.addresses of IPAddressPool %s/%s is not a list of strings; it is left as it is"
            .formatted(pool.namespace(), pool.name()));
  }

  /**
   * The fields that a pass looks at; that MetalLB keeps its status in the same object is no change.
   */
  record Content(JsonNode addresses, Map<String, String> annotations) {
    static Content of(ApiObject pool) {
      Map<String, String> annotations = pool.annotations();
      annotations.keySet().removeAll(ORDERS);
      return new Content(pool.json().at(ADDRESSES), annotations);
    }
  }
}
