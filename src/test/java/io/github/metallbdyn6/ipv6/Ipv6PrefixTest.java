package io.github.metallbdyn6.ipv6;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import inet.ipaddr.ipv6.IPv6Address;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class Ipv6PrefixTest {

  static LongStream seeds() {
    return LongStream.range(0, 1000);
  }

  @Test
  void readsAddressAndLength() {
    assertThat(Ipv6Prefix.parse("2001:db8:12::/56"))
        .returns(new IPv6Address(0x2001_0db8_0012_0000L, 0), Ipv6Prefix::network)
        .returns(56, Ipv6Prefix::length);
  }

  @Test
  void readsALoneAddressAsLength128() {
    assertThat(Ipv6Prefix.parse("2001:db8::1")).isEqualTo(Ipv6Prefix.parse("2001:db8::1/128"));
  }

  @Test
  void equalsItselfInAnotherSpelling() {
    assertThat(Ipv6Prefix.parse("2001:0DB8:0:0::/64"))
        .isEqualTo(Ipv6Prefix.parse("2001:db8::/64"))
        .hasSameHashCodeAs(Ipv6Prefix.parse("2001:db8::/64"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"129", "-1", "+56", "056", "", " 56", "56 ", "56/56", "x", "５６", "99999999999"})
  void refusesLengthsThatAreNone(String length) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Ipv6Prefix.parse("2001:db8::/" + length))
        .withMessage("a prefix length is 0 to 128, not " + length);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 129, Integer.MIN_VALUE, Integer.MAX_VALUE})
  void cannotBeBuiltWithALengthThatIsNone(int length) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Ipv6Prefix(new IPv6Address(0, 0), length))
        .withMessage("a prefix length is 0 to 128, not " + length);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2001:db8::1/64", "2001:db8:0:1::/63", "2001:db8::1/127", "2001:db8::/0"})
  void refusesHostBits(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Ipv6Prefix.parse(text))
        .withMessage(text + " has bits behind its prefix length");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "/64", "192.0.2.0/24", "2001:db8::*/64", "2001:db8/32", " 2001:db8::/32"})
  void refusesWhatIsNoIpv6Address(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Ipv6Prefix.parse(text))
        .withMessageEndingWith(" is not an IPv6 address");
  }

  @ParameterizedTest
  @CsvSource({
    "2001:db8:12:34ff::/64, 56, 2001:db8:12:3400::/56",
    "2001:db8:12:34ff::1,   64, 2001:db8:12:34ff::/64",
    "2001:db8:12:34ff::/64, 63, 2001:db8:12:34fe::/63",
    "2001:db8:12:34ff::/64, 61, 2001:db8:12:34f8::/61",
    "2001:db8:12:34ff::/64,  1, ::/1",
    "2001:db8:12:34ff::/64,  0, ::/0",
    "2001:db8:12:3400::/56, 64, 2001:db8:12:3400::/64",
    "2001:db8:12:34ff::/64, 64, 2001:db8:12:34ff::/64",
    "2001:db8::ffff,       128, 2001:db8::ffff/128"
  })
  void isCutToAnotherLength(String text, int length, String expected) {
    assertThat(Ipv6Prefix.parse(text).cutTo(length)).hasToString(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "2001:db8::/56,        2001:db8::/56,        true",
    "2001:db8::/56,        2001:db8:0:ff::/64,   true",
    "2001:db8::/56,        2001:db8:0:100::/64,  false",
    "2001:db8::/56,        2001:db8::/55,        false",
    "2001:db8:0:ff::/64,   2001:db8::/56,        false",
    "2001:db8::/64,        2001:db8::1,          true",
    "2001:db8::1,          2001:db8::1,          true",
    "2001:db8::1,          2001:db8::2,          false",
    "::/0,                 2001:db8::/32,        true",
    "::/0,                 ::/0,                 true"
  })
  void containsThePrefixesBelowIt(String outer, String inner, boolean contains) {
    assertThat(Ipv6Prefix.parse(outer).contains(Ipv6Prefix.parse(inner))).isEqualTo(contains);
  }

  @ParameterizedTest
  @CsvSource({
    "2001:db8::-2001:db8::ffff:ffff:ffff:ffff,   true",
    "2001:db8::1000-2001:db8::1999,              true",
    "2001:db8::1000-2001:db8:0:1::,              false",
    "2001:db7:ffff:ffff::-2001:db8::1,           false"
  })
  void containsTheRangesInIt(String range, boolean contains) {
    assertThat(
            Ipv6Prefix.parse("2001:db8::/64")
                .contains(AddressRange.parseEntry(range).orElseThrow()))
        .isEqualTo(contains);
  }

  @ParameterizedTest
  @CsvSource({
    "2001:db8::/64,   2001:db8::-2001:db8::ffff:ffff:ffff:ffff",
    "2001:db8::/116,  2001:db8::-2001:db8::fff",
    "2001:db8::1/128, 2001:db8::1-2001:db8::1",
    "::/0,            ::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"
  })
  void reachesFromItsFirstToItsLastAddress(String prefix, String range) {
    assertThat(Ipv6Prefix.parse(prefix).toRange()).hasToString(range);
  }

  /** The rules of RFC 5952, section 4, in its order. */
  @ParameterizedTest
  @CsvSource({
    "2001:0db8::0001,                2001:db8::1",
    "2001:db8:0:0:0:0:2:1,           2001:db8::2:1",
    "2001:db8:0:1:1:1:1:1,           2001:db8:0:1:1:1:1:1",
    "2001:db8::1:1:1:1:1,            2001:db8:0:1:1:1:1:1",
    "2001:0:0:1:0:0:0:1,             2001:0:0:1::1",
    "2001:db8:0:0:1:0:0:1,           2001:db8::1:0:0:1",
    "2001:DB8::ABCD,                 2001:db8::abcd",
    "0:0:0:0:0:0:0:0,                ::",
    "2001:db8:0:0:1::,               2001:db8:0:0:1::"
  })
  void isWrittenAsRfc5952Recommends(String text, String expected) {
    assertThat(Ipv6Prefix.parse(text)).hasToString(expected + "/128");
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void isReadBackFromItsText(long seed) {
    Random random = new Random(seed);
    int length = random.nextInt(129);
    Ipv6Prefix prefix =
        new Ipv6Prefix(new IPv6Address(random.nextLong(), random.nextLong()), 128).cutTo(length);

    assertThat(Ipv6Prefix.parse(prefix.toString())).isEqualTo(prefix);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void holdsWhatItWasCutFromAndNoMoreThanThat(long seed) {
    Random random = new Random(seed);
    Ipv6Prefix address = new Ipv6Prefix(new IPv6Address(random.nextLong(), random.nextLong()), 128);
    int length = 1 + random.nextInt(128);
    int flipped = random.nextInt(128);
    Ipv6Prefix other =
        new Ipv6Prefix(new IPv6Address(address.network().getValue().flipBit(127 - flipped)), 128);

    Ipv6Prefix cut = address.cutTo(length);

    assertThat(cut.contains(address)).isTrue();
    assertThat(cut.contains(other)).as("bit %d flipped", flipped).isEqualTo(flipped >= length);
    assertThat(cut.cutTo(length - 1).contains(cut)).isTrue();
    assertThat(cut.contains(cut.cutTo(length - 1))).isFalse();
  }
}
