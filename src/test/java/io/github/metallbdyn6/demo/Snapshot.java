package io.github.metallbdyn6.demo;

import java.util.List;

/**
 * The home at an instant.
 *
 * @param services in the order of the tables
 * @param entries those of all pools, in the order of the tables
 */
record Snapshot(List<StagedService> services, List<Entry> entries) {

  /**
   * An entry of a pool.
   *
   * @param pool its name
   * @param text of the entry
   * @param kept whether the program keeps it
   */
  record Entry(String pool, String text, boolean kept) {}
}
