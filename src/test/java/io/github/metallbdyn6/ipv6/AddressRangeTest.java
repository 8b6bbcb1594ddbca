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

class AddressRangeTest {

  static LongStream seeds() {
    return LongStream.range(0, 1000);
  }

  @ParameterizedTest
  @CsvSource({
    "2001:db8::1000-2001:db8::1999,               2001:db8::1000-2001:db8::1999",
    "2001:db8::1000 - 2001:db8::1999,             2001:db8::1000-2001:db8::1999",
    "'\t2001:db8::1000 -2001:db8::1999  ',        2001:db8::1000-2001:db8::1999",
    "2001:DB8::ABCD-2001:DB8::EF01,               2001:db8::abcd-2001:db8::ef01",
    "2001:0db8:0:0::0001-2001:db8:0:0:0:0:0:0002, 2001:db8::1-2001:db8::2",
    "2001:db8::1-2001:db8::1,                     2001:db8::1-2001:db8::1",
    "2001:db8::/64,                               2001:db8::-2001:db8::ffff:ffff:ffff:ffff",
    "' 2001:db8::1000/116 ',                      2001:db8::1000-2001:db8::1fff",
    "2001:db8::1234/116,                          2001:db8::1000-2001:db8::1fff",
    "2001:db8::1/128,                             2001:db8::1-2001:db8::1",
    "fd00::1-fd00::9,                             fd00::1-fd00::9",
    "2001:db8::192.0.2.1/128,                     2001:db8::c000:201-2001:db8::c000:201"
  })
  void readsWhatMetalLbReads(String text, String expected) {
    assertThat(AddressRange.parseEntry(text))
        .hasValueSatisfying(r -> assertThat(r).hasToString(expected));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "-",
        "/",
        "junk",
        "192.0.2.0/24",
        "192.0.2.10-192.0.2.20",
        "192.0.2.10-2001:db8::1",
        "2001:db8::1-192.0.2.10",
        "2001:db8::1",
        "2001:db8::1-",
        "-2001:db8::1",
        "2001:db8::1-2001:db8::2-2001:db8::3",
        "2001:db8::1999-2001:db8::1000",
        "2001:db8::1/116-2001:db8::9",
        "2001:db8::1-2001:db8::9/116",
        "2001:db8::1-9",
        "2001:db8::/129",
        "2001:db8::/-1",
        "2001:db8::/064",
        "2001:db8::/",
        "2001:db8:: /64",
        "2001:db8::/ 64",
        "2001:db8::/64/64",
        "2001:db8::/ffff:ffff::",
        "2001:db8::*",
        "2001:db8::*/64",
        "2001:db8::_-2001:db8::2",
        "2001:db8:0-1::/64",
        "fe80::1%eth0/64",
        "fe80::1%eth0-fe80::2%eth0",
        "4)+k&C#VzJ4br>0wv%Yp/64",
        "::1.2/128",
        "::010.0.2.1-::10.0.2.1"
      })
  void readsNothingElse(String text) {
    assertThat(AddressRange.parseEntry(text)).isEmpty();
  }

  @Test
  void cannotBeBuiltBackwards() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AddressRange(new IPv6Address(0, 2), new IPv6Address(0, 1)))
        .withMessage("::2 lies above ::1");
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void isTheSameInEverySpelling(long seed) {
    Random random = new Random(seed);
    Spelling spelling = new Spelling(random);
    long high = random.nextLong();
    long low = random.nextLong();
    int length = 65 + random.nextInt(64);

    String one = spelling.prefix(high, low, length);
    String other = spelling.prefix(high, low, length);

    assertThat(AddressRange.parseEntry(one)).as("%s and %s", one, other).isPresent();
    assertThat(AddressRange.parseEntry(one)).isEqualTo(AddressRange.parseEntry(other));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void keepsTheEndsThatItWasGiven(long seed) {
    Random random = new Random(seed);
    long high = random.nextLong();
    long first = random.nextLong() >>> 1;
    long last = first + random.nextInt(1 << 16);

    String text = new Spelling(random).range(high, first, last);

    assertThat(AddressRange.parseEntry(text))
        .as(text)
        .contains(new AddressRange(new IPv6Address(high, first), new IPv6Address(high, last)));
  }

  @ParameterizedTest
  @CsvSource({
    "2001:db8::10-2001:db8::20, 2001:db8::10-2001:db8::20, true,  true",
    "2001:db8::10-2001:db8::20, 2001:db8::11-2001:db8::1f, true,  true",
    "2001:db8::10-2001:db8::20, 2001:db8::10-2001:db8::21, false, true",
    "2001:db8::10-2001:db8::20, 2001:db8::f-2001:db8::20,  false, true",
    "2001:db8::10-2001:db8::20, 2001:db8::20-2001:db8::30, false, true",
    "2001:db8::10-2001:db8::20, 2001:db8::1-2001:db8::10,  false, true",
    "2001:db8::10-2001:db8::20, 2001:db8::/64,             false, true",
    "2001:db8::10-2001:db8::20, 2001:db8::21-2001:db8::30, false, false",
    "2001:db8::10-2001:db8::20, 2001:db8::1-2001:db8::f,   false, false",
    "2001:db8::10-2001:db8::20, 2001:db8:0:1::10/124,      false, false"
  })
  void knowsWhatItContainsAndOverlaps(
      String one, String other, boolean contains, boolean overlaps) {
    AddressRange range = entry(one);

    assertThat(range.contains(entry(other))).isEqualTo(contains);
    assertThat(range.overlaps(entry(other))).isEqualTo(overlaps);
    assertThat(entry(other).overlaps(range)).isEqualTo(overlaps);
  }

  @ParameterizedTest
  @CsvSource({
    "2001:db8::/64,           true",
    "2000::/3,                true",
    "2000::/2,                false",
    "3fff::1-4000::1,         false",
    "1fff:ffff::1-2001:db8::, false",
    "fd00::/8,                false",
    "fe80::/10,               false",
    "::ffff:192.0.2.0/120,    false"
  })
  void isGlobalUnicastOnlyAsAWhole(String text, boolean global) {
    assertThat(entry(text).isGlobalUnicast()).isEqualTo(global);
  }

  @ParameterizedTest
  @CsvSource({
    "2001:db8:12:34::1000-2001:db8:12:34::1999, ::1000-::1999",
    "2001:db8:12:34::1000/116,                  ::1000-::1fff",
    "2001:db8:12:34::/64,                       ::-::ffff:ffff:ffff:ffff"
  })
  void hasAHostPartWithinOneSubnet(String text, String hostPart) {
    assertThat(entry(text).hostRange()).contains(HostRange.parse(hostPart));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2001:db8::/63", "2001:db8::1000-2001:db8:0:1::1999"})
  void hasNoHostPartAcrossSubnets(String text) {
    assertThat(entry(text).hostRange()).isEmpty();
  }

  private static AddressRange entry(String text) {
    return AddressRange.parseEntry(text).orElseThrow();
  }
}
