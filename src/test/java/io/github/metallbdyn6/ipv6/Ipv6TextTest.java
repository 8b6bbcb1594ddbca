package io.github.metallbdyn6.ipv6;

import static org.assertj.core.api.Assertions.assertThat;

import inet.ipaddr.ipv6.IPv6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class Ipv6TextTest {

  static LongStream seeds() {
    return LongStream.range(0, 1000);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void readsEverySpellingOfAnAddress(long seed) {
    Random random = new Random(seed);
    long high = sparse(random);
    long low = sparse(random);

    String text = new Spelling(random).address(high, low);

    assertThat(Ipv6Text.parse(text)).as(text).contains(new IPv6Address(high, low));
  }

  /** The JDK reads a little more than RFC 4291 allows, so it must know all that passes here. */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void readsOnlyWhatTheJdkReadsToo(long seed) throws UnknownHostException {
    Random random = new Random(seed);
    for (int i = 0; i < 20; i++) {
      String text =
          new Mutation(random).of(new Spelling(random).address(sparse(random), sparse(random)));
      byte[] read = Ipv6Text.parse(text).map(IPv6Address::getBytes).orElse(null);
      if (read != null && !isIpv4Mapped(read)) {
        assertThat(InetAddress.getByName(text).getAddress()).as(text).isEqualTo(read);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2001:db8::*",
        "2001:db8:*:*:*:*:*:*",
        "*:*",
        "2001:db8::1-2",
        "2001:db8::_",
        "2001:db8:0:0:0:0:0:%",
        "2001:db8::/64",
        "2001:db8::1/ffff::",
        "2001:db8::1%eth0",
        "2001:db8::1%1",
        "[2001:db8::1]",
        "2001:db8::1.",
        "4)+k&C#VzJ4br>0wv%Yp",
        "::4)+k&C#VzJ4br>0wv%Yp",
        "0x20010db8000000000000000000000001",
        "20010db8000000000000000000000001",
        "20010db8000000000000000000000001:",
        "::0x1",
        "2001-db8-0-0-0-0-0-1",
        "2001:db8::1.ipv6-literal.net",
        "2001:db8:1:2:3:4:5",
        "2001:db8:1:2:3:4:5:6:7",
        "2001:db8:1:2:3:4:5:6::",
        "2001:db8::1::2",
        "2001:db8:::1",
        ":2001:db8::1",
        "2001:db8::1:",
        "2001:db8::12345",
        "2001:db8::00001",
        "2001:db8::g",
        ":",
        "",
        " ",
        " 2001:db8::1",
        "2001:db8::1\n",
        "2001:db8::1\0",
        "192.0.2.1",
        "192.0.2.1:80",
        "::192.0.2",
        "::1.2",
        "::192.0.2.256",
        "::192.0.02.1",
        "::010.0.2.1",
        "::0xc0.0.2.1",
        "::192.0.2.1:1",
        "192.0.2.1::",
        "１::",
        "2001:db8::١"
      })
  void readsNothingButPlainAddresses(String text) {
    assertThat(Ipv6Text.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1", "64, 64", "128, 128"})
  void readsPrefixLengths(String text, int length) {
    assertThat(Ipv6Text.parseLength(text)).contains(length);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "129", "999", "1000", "-1", "+1", "064", "00", "6 4", " 64", "６４", "a"})
  void readsNoOtherPrefixLengths(String text) {
    assertThat(Ipv6Text.parseLength(text)).isEmpty();
  }

  private static long sparse(Random random) {
    return random.nextLong() & groupMask(random);
  }

  /** Zeroes whole groups, so that there is something to compress. */
  private static long groupMask(Random random) {
    long mask = 0;
    for (int group = 0; group < 4; group++) {
      mask = mask << 16 | (random.nextBoolean() ? 0xffff : 0);
    }
    return mask;
  }

  /** The JDK turns these into IPv4. */
  private static boolean isIpv4Mapped(byte[] address) {
    return new IPv6Address(address).isIPv4Mapped();
  }
}
