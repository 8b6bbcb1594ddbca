package io.github.metallbdyn6.demo;

import java.util.List;

/**
 * The home at an instant.
 *
 * @param services in the order of the tables
 * @param pool its entries
 */
record Snapshot(List<StagedService> services, List<String> pool) {}
