package io.github.metallbdyn6.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.ipv6.AddressRange;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PoolStateTest {

  @Test
  void keepsTheAddressesAsTheyAreWritten() {
    List<String> addresses = List.of(" 2001:DB8::/64", "192.0.2.0/24", "junk", "");

    assertThat(PoolState.of("1", addresses, Map.of(), Instant.EPOCH).addresses())
        .isEqualTo(addresses);
  }

  @Test
  void tellsAnEmptyRecordFromNone() {
    assertThat(PoolState.of("1", List.of(), Map.of(), Instant.EPOCH).record()).isEmpty();
    assertThat(PoolState.of("1", List.of(), Map.of(PoolState.RECORD, ""), Instant.EPOCH).record())
        .contains(List.of());
  }

  @Test
  void readsTheRecordInAnySpelling() {
    String record = "2001:DB8::1000 - 2001:db8::1999, junk,2001:db8:1::/64";

    assertThat(
            PoolState.of("1", List.of(), Map.of(PoolState.RECORD, record), Instant.EPOCH).record())
        .hasValueSatisfying(
            ranges ->
                assertThat(ranges)
                    .extracting(AddressRange::toString)
                    .containsExactly(
                        "2001:db8::1000-2001:db8::1999",
                        "2001:db8:1::-2001:db8:1:0:ffff:ffff:ffff:ffff"));
  }

  @Test
  void usesTheDocumentedAnnotations() {
    assertThat(PoolState.RECORD).isEqualTo("metallb-dyn6/managed-addresses");
    assertThat(PoolState.RELOAD_MARK).isEqualTo("metallb-dyn6/reload-pending");
  }
}
