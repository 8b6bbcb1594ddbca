package io.github.metallbdyn6.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RivalTest {
  private static PoolState pool(Map<String, String> annotations) {
    return PoolState.of("7", List.of(), annotations, Instant.EPOCH);
  }

  @Test
  void isTheOneWhoseAnnotationThePoolHas() {
    assertThat(pool(Map.of("dynamic-prefix.io/name", "home-ipv6")).rival())
        .contains(new Rival("home-ipv6"));
  }

  @Test
  void isNobodyWithoutIt() {
    assertThat(pool(Map.of("dynamic-prefix.io/subnet", "lan", PoolState.RECORD, "")).rival())
        .isEmpty();
  }

  @Test
  void staysWhenNoReloadIsOwed() {
    PoolState owing = pool(Map.of("dynamic-prefix.io/name", "x", PoolState.RELOAD_MARK, "all"));
    assertThat(owing.withoutReloadMark().rival()).contains(new Rival("x"));
  }

  @Test
  void isNamedInOneLine() {
    assertThat(new Rival("home\nipv6 " + "x".repeat(9999)).inWords())
        .startsWith("dynamic-prefix-operator writes addresses into the pool, too")
        .hasSizeLessThan(1500)
        .doesNotContain("\n");
  }
}
