package io.github.metallbdyn6.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.ipv6.AddressRange;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PoolReleaseTest {
  private static final Instant NOW = Instant.parse("2026-11-28T10:00:00Z");
  private static final String IPV4 = "192.0.2.10-192.0.2.20";
  private static final String A = "2001:db8:a::1000-2001:db8:a::1999";
  private static final String B = "2001:db8:b::1000-2001:db8:b::1999";
  private static final String THEIRS = "2001:db8:f::1-2001:db8:f::9";
  private static final Set<String> TRACES = Set.of(PoolState.RECORD, PoolState.RETIRING);

  private static PoolRelease release(boolean withoutRange) {
    return new PoolRelease(
        PoolState.of(
            "7",
            List.of(IPV4, A, B, THEIRS),
            Map.of(PoolState.RECORD, A + "," + B, PoolState.RETIRING, A + "=" + NOW),
            NOW),
        TRACES,
        withoutRange);
  }

  private static AddressRange range(String text) {
    return AddressRange.parseEntry(text).orElseThrow();
  }

  private static Map<String, Object> metadata() {
    Map<String, Object> gone = new HashMap<>();
    TRACES.forEach(key -> gone.put(key, null));
    return Map.of("resourceVersion", "7", "annotations", gone);
  }

  @Test
  void leavesTheServingRangeToTheUser() {
    assertThat(release(false).leaving()).containsExactly(range(A));
    assertThat(release(false).patch(List.of(range(A))))
        .isEqualTo(
            Map.of("metadata", metadata(), "spec", Map.of("addresses", List.of(IPV4, B, THEIRS))));
  }

  @Test
  void takesAllRangesOfOursIfToldTo() {
    assertThat(release(true).leaving()).containsExactly(range(A), range(B));
    assertThat(release(true).addressesWithout(List.of(range(A), range(B))))
        .containsExactly(IPV4, THEIRS);
  }

  @Test
  void leavesAddressesOutOfThePatchWhereTheyStay() {
    assertThat(release(false).patch(List.of())).isEqualTo(Map.of("metadata", metadata()));
  }

  @Test
  void takesNoRangeThatIsNotRecorded() {
    PoolRelease unknown =
        new PoolRelease(PoolState.of("7", List.of(A, THEIRS), Map.of(), NOW), Set.of(), true);

    assertThat(unknown.leaving()).isEmpty();
  }
}
