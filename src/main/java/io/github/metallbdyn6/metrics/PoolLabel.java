package io.github.metallbdyn6.metrics;

/** The value of the label {@code pool}: the name without the namespace, which all share. */
final class PoolLabel {
  private PoolLabel() {}

  static String of(String pool) {
    return pool.substring(pool.indexOf('/') + 1);
  }
}
