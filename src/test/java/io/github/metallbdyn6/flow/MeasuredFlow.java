package io.github.metallbdyn6.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.testbed.Scrape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;

/** The program with its metrics, and a pool to be kept. */
abstract class MeasuredFlow extends WholeFlow {
  @BeforeEach
  void createPool() {
    cluster.createPool(List.of(IPV4, RANGE_A));
    isp.givesAddress(ADDRESS_A);
  }

  Scrape scrape() throws Exception {
    return Scrape.of(managementPort);
  }

  void awaitAtLeast(double least, String name, Map<String, String> labels) {
    eventually(() -> assertThat(scrape().value(name, labels)).isGreaterThanOrEqualTo(least));
  }

  void awaitValue(double wanted, String name, Map<String, String> labels) {
    eventually(() -> assertThat(scrape().value(name, labels)).isEqualTo(wanted));
  }
}
