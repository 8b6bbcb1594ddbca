package io.github.metallbdyn6.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many addresses a pool has, as MetalLB's {@code poolCount} counts them. */
class PoolStateUptakeTest {
  private static PoolState pool(Optional<Long> counted, String... entries) {
    return PoolState.of("1", List.of(entries), Map.of(), Instant.EPOCH, counted);
  }

  @Test
  void countsIpv6AddressesOfEveryEntryAndNoOther() {
    assertThat(
            pool(
                    Optional.empty(),
                    "192.0.2.0/24",
                    "2001:db8::1000-2001:db8::1999",
                    "fd00:db8::/120",
                    "2001:db8:0:1::1 - 2001:db8:0:1::1")
                .ipv6Addresses())
        .contains(0x99aL + 256 + 1);
  }

  @ParameterizedTest
  @CsvSource({
    "2001:db8::/67, 2305843009213693952",
    "2001:db8::/66,",
    "2001:db8::/64,",
    "2001:db8::/32,",
    "2001:db8::1-2001:db8::ffff:ffff:ffff:ffff,",
    "2001:db8::junk,"
  })
  void countsNoFurtherThanMetalLb(String entry, Long number) {
    assertThat(pool(Optional.empty(), entry).ipv6Addresses())
        .isEqualTo(Optional.ofNullable(number));
  }

  @Test
  void comparesWithWhatMetalLbCounts() {
    assertThat(pool(Optional.empty(), "2001:db8::/120").uptake()).isEqualTo(Uptake.SILENT);
    assertThat(pool(Optional.of(256L), "2001:db8::/120").uptake()).isEqualTo(Uptake.DONE);
    assertThat(pool(Optional.of(255L), "2001:db8::/120").uptake()).isEqualTo(Uptake.PENDING);
    assertThat(pool(Optional.of(Long.MAX_VALUE), "2001:db8::/64").uptake())
        .isEqualTo(Uptake.UNCERTAIN);
  }
}
