package io.github.metallbdyn6.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.metallbdyn6.follower.FollowerRecord;
import io.github.metallbdyn6.follower.ObjectPatch;
import io.github.metallbdyn6.pass.PoolOrders;
import io.github.metallbdyn6.pool.PauseOrder;
import io.github.metallbdyn6.pool.PoolState;
import io.github.metallbdyn6.pool.PoolWishes;
import io.github.metallbdyn6.pool.PushedPrefix;
import io.github.metallbdyn6.pool.Rival;
import io.github.metallbdyn6.text.Misspelling;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the pool's Kubernetes object, and refuses one that cannot be written back safely. */
final class PoolObject {
  /** A hundred ranges that retire, with their times. */
  private static final int LONGEST_TEXT = 16_384;

  private static final String ADDRESSES = "/spec/addresses";
  private static final String ASSIGNED = "/status/assignedIPv6";
  private static final String AVAILABLE = "/status/availableIPv6";
  private static final List<String> ANNOTATIONS =
      Stream.concat(
              Stream.of(
                  PoolState.RECORD,
                  PoolState.RELOAD_MARK,
                  PoolState.RETIRING,
                  PoolState.VALID_UNTIL,
                  PoolState.EARLIER,
                  PoolState.RECENT_CHANGES,
                  PushedPrefix.ANNOTATION),
              PoolWishes.ANNOTATIONS.stream())
          .toList();

  /**
   * Orders of people, the trace of another program, and what followers were told; no pass is about
   * them.
   */
  private static final List<String> OF_OTHERS =
      List.of(
          PoolOrders.CHECK_NOW,
          PoolOrders.FORGET_CHANGES,
          PauseOrder.ANNOTATION,
          Rival.ANNOTATION,
          FollowerRecord.TOLD,
          FollowerRecord.STOPPED);

  /** All annotations by which the program, or somebody who gives it orders, has marked a pool. */
  private static final List<String> TRACES =
      Stream.concat(ANNOTATIONS.stream(), OF_OTHERS.stream())
          .filter(key -> !key.equals(Rival.ANNOTATION) && !PoolWishes.ANNOTATIONS.contains(key))
          .toList();

  /** Those that people write, in the order of the manual. */
  private static final List<String> OF_PEOPLE =
      Stream.concat(
              PoolWishes.ANNOTATIONS.stream(),
              Stream.of(
                  PoolOrders.CHECK_NOW,
                  PauseOrder.ANNOTATION,
                  PoolOrders.FORGET_CHANGES,
                  PoolState.RELOAD_MARK))
          .toList();

  /** Annotations in the name of the program, known or not. */
  private static final String OURS = "metallb-dyn6/";

  /** All that a pass looks at, orders, and the trace. */
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
              Stream.of(OURS + "*", Rival.ANNOTATION).map(ApiObject::annotation)));

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

  /** Returns the annotations by which the pool shows that the program keeps it. */
  static Set<String> tracesIn(ApiObject pool) {
    Set<String> traces = new LinkedHashSet<>(TRACES);
    traces.retainAll(pool.annotations().keySet());
    return traces;
  }

  /** Where the end of something is not known, nothing can be compared with it. */
  private static void requireWhole(ApiObject pool) {
    List<String> cut = new ArrayList<>(pool.cut());
    cut.removeIf(PoolObject::isOfNoPass);
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

  private static boolean isOfNoPass(String place) {
    return place.startsWith(ApiObject.annotation(""))
        && ANNOTATIONS.stream().map(ApiObject::annotation).noneMatch(place::equals);
  }

  /** Returns what to say of each annotation in the program's name that it does not know. */
  static Map<String, String> unknownIn(ApiObject pool) {
    Set<String> names = new TreeSet<>(pool.annotations().keySet());
    names.removeIf(name -> ANNOTATIONS.contains(name) || OF_OTHERS.contains(name));
    names.remove(ObjectPatch.WRITTEN_FOR);
    return names.stream().collect(Collectors.toMap(name -> name, PoolObject::question));
  }

  private static String question(String name) {
    List<String> known = OF_PEOPLE.stream().map(it -> it.substring(OURS.length())).toList();
    return Misspelling.meant(name.substring(OURS.length()), known)
        .map("did you mean %s%%s?".formatted(OURS)::formatted)
        .orElse("of a pool it reads %s".formatted(String.join(", ", OF_PEOPLE)));
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
      annotations.keySet().retainAll(ANNOTATIONS);
      return new Content(pool.json().at(ADDRESSES), annotations);
    }
  }
}
