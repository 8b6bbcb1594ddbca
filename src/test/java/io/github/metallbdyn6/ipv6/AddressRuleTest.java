package io.github.metallbdyn6.ipv6;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import inet.ipaddr.ipv6.IPv6Address;
import io.github.metallbdyn6.ipv6.RefusedAnswer.Reason;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class AddressRuleTest {
  private static final AddressRule PLAIN = AddressRule.of("::1000-::1999", "", "");
  private static final AddressRule OVERRIDE = AddressRule.of("::1000-::1999", "0:0:0:00cd::", "56");

  static LongStream seeds() {
    return LongStream.range(0, 2000);
  }

  @ParameterizedTest
  @CsvSource({
    "2001:db8:12:34ab:5:6:7:8, 2001:db8:12:34ab::/64, 2001:db8:12:34ab::1000-2001:db8:12:34ab::1999",
    "2001:db8:12:34ab::/64,    2001:db8:12:34ab::/64, 2001:db8:12:34ab::1000-2001:db8:12:34ab::1999",
    "2001:db8:12:3400::/56,    2001:db8:12:3400::/64, 2001:db8:12:3400::1000-2001:db8:12:3400::1999",
    "2001:db8:12:34f8::/61,    2001:db8:12:34f8::/64, 2001:db8:12:34f8::1000-2001:db8:12:34f8::1999"
  })
  void withoutOverrideKeepsTheAnswersSlash64(String answer, String prefix, String range) {
    Ipv6Prefix kept = PLAIN.prefixIn(Ipv6Prefix.parse(answer));

    assertThat(kept).hasToString(prefix);
    assertThat(PLAIN.rangeUnder(kept)).hasToString(range);
  }

  @ParameterizedTest
  @CsvSource({
    "2001:db8:12:34ab:5:6:7:8, 2001:db8:12:3400::/56, 2001:db8:12:34cd::1000-2001:db8:12:34cd::1999",
    "2001:db8:12:34ab::/64,    2001:db8:12:3400::/56, 2001:db8:12:34cd::1000-2001:db8:12:34cd::1999",
    "2001:db8:12:3400::/56,    2001:db8:12:3400::/56, 2001:db8:12:34cd::1000-2001:db8:12:34cd::1999",
    "2001:db8:12::/48,         2001:db8:12::/56,      2001:db8:12:cd::1000-2001:db8:12:cd::1999"
  })
  void withOverrideCutsToThePrefixLengthAndPutsTheIdIn(String answer, String prefix, String range) {
    Ipv6Prefix kept = OVERRIDE.prefixIn(Ipv6Prefix.parse(answer));

    assertThat(kept).hasToString(prefix);
    assertThat(OVERRIDE.rangeUnder(kept)).hasToString(range);
  }

  @ParameterizedTest
  @CsvSource({"2001:db8:12:3480::/57", "2001:db8:12:34ac::/62", "2001:db8:12:34ac::/63"})
  void refusesADelegatedPrefixThatIsLongerThanConfigured(String delegated) {
    assertThatExceptionOfType(RefusedAnswer.class)
        .isThrownBy(() -> OVERRIDE.prefixIn(Ipv6Prefix.parse(delegated)))
        .withMessageContaining(delegated)
        .withMessageContaining("56")
        .returns(Reason.PREFIX_LENGTH, RefusedAnswer::reason);
  }

  @Test
  void knowsWhichPrefixMatters() {
    assertThat(PLAIN.prefixLength()).isEqualTo(64);
    assertThat(OVERRIDE.prefixLength()).isEqualTo(56);
  }

  @Test
  void readsSettingsWithSpacesAroundThem() {
    assertThat(AddressRule.of(" ::1000 - ::1999 ", " 0:0:0:cd:: ", " 56 ")).isEqualTo(OVERRIDE);
  }

  @Test
  void takesABlankOverrideForNone() {
    assertThat(AddressRule.of("::1000-::1999", "  ", "56").subnetId()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'',            '',           ''",
    "::1999-::1000, '',           ''",
    "::1000,        0:0:0:1cd::,  56",
    "::1000,        0:0:0:cd::,   64",
    "::1000,        0:0:0:cd::,   x",
    "::1000,        cd,           56"
  })
  void refusesSettingsThatMakeNoRule(String hosts, String override, String length) {
    assertThatIllegalArgumentException().isThrownBy(() -> AddressRule.of(hosts, override, length));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void staysInsideTheDelegatedPrefix(long seed) {
    Random random = new Random(seed);
    AddressRule rule = anyRule(random);
    Ipv6Prefix address = anyAddress(random);

    AddressRange range = rule.rangeUnder(rule.prefixIn(address));

    assertThat(address.cutTo(rule.prefixLength()).contains(range))
        .as("%s for %s under %s", range, address, rule)
        .isTrue();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void offersExactlyTheHostPartsAskedFor(long seed) {
    Random random = new Random(seed);
    AddressRule rule = anyRule(random);

    AddressRange range = rule.rangeUnder(rule.prefixIn(anyAddress(random)));

    assertThat(range.hostRange()).contains(rule.hostRange());
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void dependsOnlyOnTheBitsOfThePrefix(long seed) {
    Random random = new Random(seed);
    AddressRule rule = anyRule(random);
    Ipv6Prefix address = anyAddress(random);
    int flipped = random.nextInt(128);
    Ipv6Prefix other =
        new Ipv6Prefix(new IPv6Address(address.network().getValue().flipBit(127 - flipped)), 128);

    boolean same =
        rule.rangeUnder(rule.prefixIn(address)).equals(rule.rangeUnder(rule.prefixIn(other)));

    assertThat(same)
        .as("bit %d of %s flipped under %s", flipped, address, rule)
        .isEqualTo(flipped >= rule.prefixLength());
  }

  private static Ipv6Prefix anyAddress(Random random) {
    return new Ipv6Prefix(new IPv6Address(random.nextLong(), random.nextLong()), 128);
  }

  private static AddressRule anyRule(Random random) {
    long first = random.nextLong() >>> 1;
    HostRange hosts =
        new HostRange(new IPv6Address(0, first), new IPv6Address(0, first + random.nextInt(4096)));
    if (random.nextBoolean()) {
      return new AddressRule(Optional.empty(), hosts);
    }
    int length = 1 + random.nextInt(63);
    long id = random.nextLong() & (-1L >>> length);
    return new AddressRule(Optional.of(new SubnetId(new IPv6Address(id, 0), length)), hosts);
  }
}
