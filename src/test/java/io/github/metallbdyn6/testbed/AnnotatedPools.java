package io.github.metallbdyn6.testbed;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Many pools, each with a host range of its own by its annotation, and no services. */
public final class AnnotatedPools {
  private final TestCluster cluster;
  private final int pools;

  /** Creates so many pools, which have no range of a prefix yet. */
  public AnnotatedPools(TestCluster cluster, int pools) {
    this.cluster = cluster;
    this.pools = pools;
    numbers()
        .forEach(
            number -> {
              cluster.createAnotherPool(name(number), List.of(ipv4(number)));
              cluster.annotate(
                  name(number),
                  "metallb-dyn6/host-range",
                  "::%x:0-::%x:ff".formatted(number, number));
            });
  }

  /** The variables with which the program keeps them. */
  public static Map<String, String> environment() {
    return Map.of("METALLB_DYN6_METALLB_POOL", "*", "METALLB_DYN6_HOST_RANGE", "");
  }

  private IntStream numbers() {
    return IntStream.rangeClosed(1, pools);
  }

  private static String name(int number) {
    return "pool-%02d".formatted(number);
  }

  private static String ipv4(int number) {
    return "198.51.100.%d/32".formatted(number);
  }

  /** Tells whether all have their range under a prefix, which is written like 2001:db8:a. */
  public boolean areUnder(String prefix) {
    return numbers()
        .allMatch(
            number ->
                cluster
                    .addressesOf(name(number))
                    .equals(
                        List.of(
                            ipv4(number),
                            "%s::%x:0-%s::%x:ff".formatted(prefix, number, prefix, number))));
  }
}
