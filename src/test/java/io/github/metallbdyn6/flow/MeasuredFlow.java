package io.github.metallbdyn6.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.testbed.FreePort;
import io.github.metallbdyn6.testbed.Scrape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;

/** The program with its metrics, and a pool to be kept. */
abstract class MeasuredFlow extends WholeFlow {
  private final int port = FreePort.find();

  @BeforeEach
  void createPool() {
    cluster.createPool(List.of(IPV4, RANGE_A));
    isp.givesAddress(ADDRESS_A);
  }

  void startMeasuredProgram(Map<String, String> moreVariables) {
    Map<String, String> variables = new HashMap<>(moreVariables);
    variables.put("METALLB_DYN6_MANAGEMENT_PORT", String.valueOf(port));
    variables.put("METALLB_DYN6_MANAGEMENT_ADDRESS", "127.0.0.1");
    startProgram(variables);
  }

  Scrape scrape() throws Exception {
    return Scrape.of(port);
  }

  void awaitAtLeast(double least, String name, Map<String, String> labels) {
    eventually(() -> assertThat(scrape().value(name, labels)).isGreaterThanOrEqualTo(least));
  }

  void awaitValue(double wanted, String name, Map<String, String> labels) {
    eventually(() -> assertThat(scrape().value(name, labels)).isEqualTo(wanted));
  }
}
