package io.github.metallbdyn6.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecentChangesTest {
  private static final Instant NOW = Instant.parse("2026-01-02T10:00:00Z");

  private static Instant before(int minutes) {
    return NOW.minusSeconds(60L * minutes);
  }

  @Test
  void countsWhatIsWithinTheLastHourAndReadable() {
    String text =
        "%s,%s, %s,yesterday,,%s".formatted(before(60), before(1), before(59), before(-1));

    assertThat(RecentChanges.parse(text, NOW).times()).containsExactly(before(59), before(1));
    assertThat(RecentChanges.parse("", NOW).count()).isZero();
  }

  @Test
  void anotherOneIsAllowedAnHourAfterTheOldestThatCounts() {
    RecentChanges changes =
        RecentChanges.parse("%s,%s,%s".formatted(before(50), before(30), before(10)), NOW);

    assertThat(changes.nextAllowed(3)).isEqualTo(before(-10));
    assertThat(changes.nextAllowed(2)).isEqualTo(before(-30));
  }

  @Test
  void remembersInSecondsAndOnlyAsManyAsCanBeAllowed() {
    String full =
        IntStream.range(0, 60)
            .mapToObj(i -> NOW.minusSeconds(60 - i).toString())
            .collect(Collectors.joining(","));

    assertThat(RecentChanges.parse(full, NOW).textWith(NOW.plusMillis(250)).split(","))
        .hasSize(60)
        .startsWith("2026-01-02T09:59:01Z")
        .endsWith("2026-01-02T10:00:00Z");
  }
}
