package io.github.metallbdyn6.follower;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.metallbdyn6.ipv6.Ipv6Prefix;
import io.github.metallbdyn6.ipv6.PrefixChange;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each address in the prefix is written under the other one, and nothing else is touched. */
class RenumberingTest {
  private static final String OLD = "2001:db8:a:1200::/56";
  private static final String NEW = "2001:db8:b:3400::/56";
  private static final int TEXTS = 400;

  private static Renumbering from(String from, String to) {
    return new Renumbering(new PrefixChange(Ipv6Prefix.parse(from), Ipv6Prefix.parse(to)));
  }

  private static String renumber(String text) {
    return from(OLD, NEW).of(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2001:db8:a:12cd::25                | 2001:db8:b:34cd::25",
        "2001:db8:a:1200::/56               | 2001:db8:b:3400::/56",
        "2001:db8:a:12cd::/64               | 2001:db8:b:34cd::/64",
        "2001:db8:a:12cd::25/128,           | 2001:db8:b:34cd::25/128,",
        "2001:db8:a:1200::1-2001:db8:a:12ff::9 | 2001:db8:b:3400::1-2001:db8:b:34ff::9",
        "https://[2001:db8:a:12cd::25]:8443/x/64 | https://[2001:db8:b:34cd::25]:8443/x/64",
        "[2001:DB8:A:12CD::25]              | [2001:DB8:B:34CD::25]",
        "2001:0db8:000a:12cd:0000:0000:0000:0025 | 2001:0db8:000b:34cd:0000:0000:0000:0025",
        "2001:db8:a:12cd:0:0:0:25           | 2001:db8:b:34cd:0:0:0:25",
        "2001:db8:a:12cd:0::25              | 2001:db8:b:34cd::25",
        "2001:db8:a:12cd::192.0.2.25        | 2001:db8:b:34cd::c000:219",
        "2001:db8:a:12cd::25%eth0           | 2001:db8:b:34cd::25%eth0",
        "ip6 saddr 2001:db8:a:12cd::/64 accept | ip6 saddr 2001:db8:b:34cd::/64 accept",
        "v=spf1 ip6:2001:db8:a:12cd::25 -all | v=spf1 ip6:2001:db8:b:34cd::25 -all",
        "addr:2001:db8:a:12cd::25           | addr:2001:db8:b:34cd::25",
        "host=2001:db8:a:12cd::25;          | host=2001:db8:b:34cd::25;",
        "It is 2001:db8:a:12cd::25.         | It is 2001:db8:b:34cd::25.",
        "2001:db8:a:12cd::25: a key         | 2001:db8:b:34cd::25: a key",
        "\\n2001:db8:a:12cd::25\\n          | \\n2001:db8:b:34cd::25\\n",
        "(2001:db8:a:12cd::)                | (2001:db8:b:34cd::)",
        "{\"a\":\"2001:db8:a:12cd::25\"}    | {\"a\":\"2001:db8:b:34cd::25\"}",
        "tcp://2001:db8:a:12cd::25/path     | tcp://2001:db8:b:34cd::25/path",
        "a 2001:db8:a:12cd::1 b 2001:db8:a:12ce::1 | a 2001:db8:b:34cd::1 b 2001:db8:b:34ce::1"
      })
  void writesWhatLiesInThePrefixUnderTheOtherOne(String text, String expected) {
    assertThat(renumber(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "12:34:56",
        "2026-11-22T12:34:56.789Z",
        "02:00:5e:10:00:01",
        "02:00:5e:ff:fe:10:00:01",
        "sha256:2001db8a12cd2001db8a12cd2001db8a12cd",
        "20:01:0d:b8:00:0a:12:cd:00:00:00:00:00:00:00:25",
        "std::string a::b",
        "::1 :: fe80::1%eth0 ff02::1",
        "::ffff:192.0.2.1",
        "2001:db8:b:3400::1",
        "2001:db8:a:1300::1",
        "2001:db8:a:1200::/48",
        "2001:db8:a::/48",
        "2001:db8::/32",
        "2001:db8:a:12cd::25/129",
        "2001:db8:a:12cd::25/64abc",
        "x2001:db8:a:12cd::25",
        "2001:db8:a:12cd::25x",
        "2001:db8:a:12cd::25.example.org",
        "2001:db8:a:12cd:1:2:3:4:5",
        "2001:db8:a:12cd::2::5",
        "2001:db8:a:012cd::25",
        "1:2001:db8:a:12cd::25",
        "fe80::1%2001:db8:a:12cd::25",
        "_2001:db8:a:12cd::25",
        "5.2.0.0.d.c.2.1.a.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa"
      })
  void leavesEverythingElseAsItIs(String text) {
    assertThat(renumber(text)).isEqualTo(text);
  }

  @Test
  void doesNothingWhereBothAreOneHomes() {
    assertThat(from(OLD, "2001:db8:a:12cd::/64").of("2001:db8:a:12cd::1"))
        .isEqualTo("2001:db8:a:12cd::1");
  }

  @Test
  void putsSubnetsBehindAPrefixOfAnotherLength() {
    assertThat(from("2001:db8:a:1200::/56", "2001:db8:b::/48").of("2001:db8:a:12cd::1"))
        .isEqualTo("2001:db8:b:cd::1");
    assertThat(from("2001:db8:a:1200::/56", "2001:db8:b:3450::/60").of("2001:db8:a:120d::1"))
        .isEqualTo("2001:db8:b:345d::1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2001:db8:a:12cd::1", "2001:db8:a:1200::/56"})
  void refusesWhatHasNoPlaceBehindALongerPrefix(String text) {
    assertThatThrownBy(() -> from(OLD, "2001:db8:b:3450::/60").of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(text + " has no place in 2001:db8:b:3450::/60");
  }

  /** A user who may write a ConfigMap may write a long one. */
  @Test
  void isQuickWithLongTexts() {
    for (String part : List.of("a", ":", "2001:db8:", "1:", ".", "2001:db8:a:12cd::1 ")) {
      String text = part.repeat(1_000_000 / part.length());
      assertThat(Duration.ofNanos(time(text))).as(part).isLessThan(Duration.ofSeconds(10));
    }
  }

  private static long time(String text) {
    long begin = System.nanoTime();
    assertThat(renumber(text)).hasSize(text.length());
    return System.nanoTime() - begin;
  }

  static LongStream seeds() {
    return LongStream.range(0, TEXTS);
  }

  /** An independent reading: the texts are made of tokens of which each is known. */
  private static final class Texts {
    private final Random random;
    private final StringBuilder before = new StringBuilder();
    private final StringBuilder after = new StringBuilder();

    Texts(long seed) {
      random = new Random(seed);
      IntStream.range(0, 1 + random.nextInt(20)).forEach(token -> addToken());
    }

    private void addToken() {
      String separator = one(" ", "\n", ", ", "\"", "[", "]", "(", "=", "@", "\t- ", "\\n", ";");
      add(separator.equals("@") || separator.equals("\\n") ? " " + separator : separator);
      switch (random.nextInt(4)) {
        case 0 -> add(look());
        case 1 -> addAddress("2001:db8:c:12", "2001:db8:c:12", "");
        case 2 -> addAddress("2001:db8:a:12", "2001:db8:b:34", "");
        default -> addAddress("2001:db8:a:12", "2001:db8:b:34", "/" + (56 + random.nextInt(73)));
      }
      add(one(" ", "\n", ",", "\"", "]", ")", ";", "%eth0 "));
    }

    private String look() {
      return one(
          "12:34:56",
          "2026-11-22T01:02:03Z",
          "02:00:5e:10:00:01",
          "deadbeef2001db8a12",
          "x2001:db8:a:12cd::1",
          "2001:db8:a:12cd::1y",
          "2001:db8::/32",
          "2001:db8:a::/48",
          "::ffff:192.0.2.7",
          "10.0.0.1:8080",
          "a::b",
          "{\"key\": [1, 2]}",
          "key: value");
    }

    private void addAddress(String from, String to, String length) {
      String subnet = "%02x".formatted(random.nextInt(256));
      String host = hostPart();
      boolean compressed = host.startsWith("::");
      String separator = compressed ? "" : ":";
      int style = random.nextInt(4);
      add(
          styled(from + subnet + separator + host, style) + length,
          styled(to + subnet + separator + host, style) + length);
    }

    private String hostPart() {
      String group = "%x".formatted(1 + random.nextInt(0xffff));
      return one("::" + group, "::", "1:2:3:" + group, "::1:" + group);
    }

    private String styled(String address, int style) {
      return switch (style) {
        case 0 -> address.toUpperCase(Locale.ROOT);
        case 1 -> full(address);
        default -> address;
      };
    }

    private static String full(String address) {
      try {
        byte[] bytes = ((Inet6Address) InetAddress.getByName(address)).getAddress();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < bytes.length; i += 2) {
          text.append(i == 0 ? "" : ":").append("%02x%02x".formatted(bytes[i], bytes[i + 1]));
        }
        return text.toString();
      } catch (UnknownHostException e) {
        throw new IllegalArgumentException(e);
      }
    }

    private String one(String... choices) {
      return choices[random.nextInt(choices.length)];
    }

    private void add(String both) {
      add(both, both);
    }

    private void add(String old, String now) {
      before.append(old);
      after.append(now);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void changesOnlyTrueAddressesInThePrefix(long seed) {
    Texts texts = new Texts(seed);
    assertThat(renumber(texts.before.toString())).isEqualTo(texts.after.toString());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void changesNothingTheSecondTimeAndAllBackAgain(long seed) {
    Texts texts = new Texts(seed);
    String once = renumber(texts.before.toString());
    assertThat(renumber(once)).isEqualTo(once);
    assertThat(from(NEW, OLD).of(once)).isEqualTo(texts.before.toString());
  }

  /** Noise of the characters that addresses are made of: no length changes, and nothing fails. */
  @ParameterizedTest
  @MethodSource("seeds")
  void survivesAnyNoise(long seed) {
    Random random = new Random(seed);
    String alphabet = "2001:db8:a:12::.%/-x_ \\n\"[]0f";
    StringBuilder noise = new StringBuilder();
    for (int i = 0; i < 300; i++) {
      noise.append(
          random.nextInt(8) == 0
              ? "2001:db8:a:12"
              : String.valueOf(alphabet.charAt(random.nextInt(alphabet.length()))));
    }
    String once = renumber(noise.toString());
    assertThat(renumber(once)).isEqualTo(once);
    assertThat(once.replaceAll("[0-9a-fA-F:.]+", ""))
        .isEqualTo(noise.toString().replaceAll("[0-9a-fA-F:.]+", ""));
  }
}
