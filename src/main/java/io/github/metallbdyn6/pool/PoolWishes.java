package io.github.metallbdyn6.pool;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The annotations by which people say how one pool is kept; each goes before a setting.
 *
 * @param texts the annotations that the pool has, by name
 */
public record PoolWishes(Map<String, String> texts) {
  /** Goes before {@code METALLB_DYN6_HOST_RANGE}, and has the program keep the pool at all. */
  public static final String HOST_RANGE = "metallb-dyn6/host-range";

  /** Goes before {@code METALLB_DYN6_SUBNET_OVERRIDE}. */
  public static final String SUBNET = "metallb-dyn6/subnet";

  /** Goes before {@code METALLB_DYN6_TRANSITION}. */
  public static final String TRANSITION = "metallb-dyn6/transition";

  /** Goes before {@code METALLB_DYN6_RETIRE_AFTER}. */
  public static final String RETIRE_AFTER = "metallb-dyn6/retire-after";

  /** Says whether our range stays in a pool that the program keeps no more. */
  public static final String RELEASE = "metallb-dyn6/release";

  /** All of them. */
  public static final List<String> ANNOTATIONS =
      List.of(HOST_RANGE, SUBNET, TRANSITION, RETIRE_AFTER, RELEASE);

  /** The wishes for a pool without such annotations. */
  public static final PoolWishes NONE = new PoolWishes(Map.of());

  public PoolWishes {
    texts = Map.copyOf(texts);
  }

  /** Takes them from all annotations of a pool. */
  public static PoolWishes in(Map<String, String> annotations) {
    Map<String, String> wishes = new TreeMap<>(annotations);
    wishes.keySet().retainAll(ANNOTATIONS);
    return wishes.isEmpty() ? NONE : new PoolWishes(wishes);
  }
}
