package io.github.metallbdyn6.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChunksTest {

  /** As many as make four megabytes, if they are as large as those before. */
  @ParameterizedTest
  @CsvSource({
    "20, 40_000, 100",
    "20, 0, 100",
    "100, 200_000, 100",
    "20, 5_000_000, 16",
    "100, 25_000_000, 16",
    "16, 24_000_000, 2",
    "2, 30_000_000, 1",
    "1, 30_000_000, 1",
    "1, 50_000, 80",
  })
  void areAsLargeAsTheApiServerCanSendInTime(int limit, String bytes, int next) {
    assertThat(Chunks.next(limit, Long.parseLong(bytes.replace("_", "")))).isEqualTo(next);
  }
}
