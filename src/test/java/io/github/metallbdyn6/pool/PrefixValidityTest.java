package io.github.metallbdyn6.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.ipv6.AddressRange;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PrefixValidityTest {
  private static final Instant NOW = Instant.parse("2026-11-22T20:00:00.5Z");
  private static final PoolState POOL = PoolState.of("1", List.of(), Map.of(), NOW);

  private final PrefixValidity validity = new PrefixValidity();

  private static AddressRange range(int prefix) {
    return AddressRange.parseEntry("2001:db8:%x::1-2001:db8:%x::9".formatted(prefix, prefix))
        .orElseThrow();
  }

  private void note(int prefix, int seconds) {
    validity.note(range(prefix), Optional.of(Duration.ofSeconds(seconds)), NOW);
  }

  @Test
  void isWhatWasSaidLast() {
    note(1, 7200);
    note(1, 60);

    assertThat(validity.of(range(1), POOL)).contains(Instant.parse("2026-11-22T20:01:00Z"));
    assertThat(validity.of(range(2), POOL)).isEmpty();
  }

  /** Such as when another source takes over that knows no lifetimes. */
  @Test
  void isNotForgottenWhenNothingIsSaid() {
    note(1, 60);
    validity.note(range(1), Optional.empty(), NOW.plusSeconds(5));

    assertThat(validity.of(range(1), POOL)).contains(Instant.parse("2026-11-22T20:01:00Z"));
  }

  @Test
  void forgetsTheOldestOfMany() {
    for (int prefix = 1; prefix <= 17; prefix++) {
      note(1, 60);
      note(prefix, 60);
    }
    assertThat(validity.of(range(1), POOL)).as("said again and again").isPresent();
    assertThat(validity.of(range(2), POOL)).isEmpty();
    assertThat(validity.of(range(17), POOL)).isPresent();
  }

  @Test
  void isWhatThePoolRemembersWhereNothingWasSaidYet() {
    String text = range(1) + "=2026-11-23T20:00:00Z";
    PoolState pool = PoolState.of("1", List.of(), Map.of(PoolState.VALID_UNTIL, text), NOW);

    assertThat(validity.of(range(1), pool)).contains(Instant.parse("2026-11-23T20:00:00Z"));
    assertThat(validity.of(range(2), pool)).isEmpty();
    note(1, 60);
    assertThat(validity.of(range(1), pool)).contains(Instant.parse("2026-11-22T20:01:00Z"));
  }
}
