package io.github.metallbdyn6.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.ipv6.AddressRange;
import io.github.metallbdyn6.ipv6.Ipv6Address;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EarlierRangesTest {
  private static final String A = "2001:db8:a::1000-2001:db8:a::1999";
  private static final String B = "2001:db8:b::1000-2001:db8:b::1999";

  private static List<AddressRange> ranges(String... texts) {
    return List.of(texts).stream().map(it -> AddressRange.parseEntry(it).orElseThrow()).toList();
  }

  @Test
  void haveTheOneThatLeftLastAtTheEndAndEachOnce() {
    EarlierRanges both = EarlierRanges.parse("").and(ranges(A)).and(ranges(B));

    assertThat(both).hasToString(A + "," + B);
    assertThat(EarlierRanges.parse(both.toString())).isEqualTo(both);
    assertThat(both.and(ranges(A))).hasToString(B + "," + A);
  }

  @Test
  void forgetTheOldest() {
    EarlierRanges earlier = EarlierRanges.parse(A);
    for (AddressRange next :
        ranges(
            IntStream.range(0, EarlierRanges.MOST)
                .mapToObj("2001:db8:c:%x::/120"::formatted)
                .toArray(String[]::new))) {
      earlier = earlier.and(List.of(next));
    }

    assertThat(earlier.ranges()).hasSize(EarlierRanges.MOST);
    assertThat(earlier.toString()).doesNotContain("2001:db8:a:").contains("2001:db8:c::-");
  }

  @Test
  void holdWhatIsUnderTheSamePrefix() {
    EarlierRanges earlier = EarlierRanges.parse("nonsense, " + A);

    assertThat(earlier.isUnderOne(Ipv6Address.parse("2001:db8:a::2000").orElseThrow())).isTrue();
    assertThat(earlier.isUnderOne(Ipv6Address.parse("2001:db8:a:1::1000").orElseThrow())).isFalse();
  }
}
