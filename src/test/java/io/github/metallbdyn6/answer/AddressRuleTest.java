package io.github.metallbdyn6.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import inet.ipaddr.ipv6.IPv6Address;
import io.github.metallbdyn6.answer.RefusedAnswer.Reason;
import io.github.metallbdyn6.ipv6.AddressRange;
import io.github.metallbdyn6.ipv6.HostRange;
import io.github.metallbdyn6.ipv6.Ipv6Prefix;
import io.github.metallbdyn6.ipv6.SubnetId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
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
    "2001:db8:12:34ab::/64,    2001:db8:12:34ab::/64, 2001:db8:12:34ab::1000-2001:db8:12:34ab::1999"
  })
  void withoutOverrideKeepsTheAnswersSlash64(String answer, String prefix, String range) {
    Ipv6Prefix kept = PLAIN.prefixIn(answer(answer));

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
    Ipv6Prefix kept = OVERRIDE.prefixIn(answer(answer));

    assertThat(kept).hasToString(prefix);
    assertThat(OVERRIDE.rangeUnder(kept)).hasToString(range);
  }

  @ParameterizedTest
  @CsvSource({"2001:db8:12:3480::/57", "2001:db8:12:34ac::/62", "2001:db8:12:34ac::/63"})
  void refusesADelegatedPrefixThatIsLongerThanConfigured(String delegated) {
    assertThatExceptionOfType(RefusedAnswer.class)
        .isThrownBy(() -> OVERRIDE.prefixIn(answer(delegated)))
        .withMessageContaining(delegated)
        .withMessageContaining("56")
        .returns(Reason.PREFIX_LENGTH, RefusedAnswer::reason);
  }

  @ParameterizedTest
  @CsvSource({
    "2001:db8:12:3400::/56, 0:0:0:cd::, 2001:db8:12:34cd::1000-2001:db8:12:34cd::1999",
    "2001:db8:12::/48,      0:0:0:cd::, 2001:db8:12:cd::1000-2001:db8:12:cd::1999",
    "2001:db8:12:3400::/56, ::,         2001:db8:12:3400::1000-2001:db8:12:3400::1999",
    "2001:db8:12:34ab::/64, ::,         2001:db8:12:34ab::1000-2001:db8:12:34ab::1999"
  })
  void takesTheLengthFromADelegatedPrefix(String delegated, String subnetId, String range) {
    AddressRule rule = AddressRule.of("::1000-::1999", subnetId, "");
    Ipv6Prefix kept = rule.prefixIn(answer(delegated));

    assertThat(kept).hasToString(delegated);
    assertThat(rule.rangeUnder(kept)).hasToString(range);
  }

  @ParameterizedTest
  @CsvSource({
    "2001:db8:12:3400::/56, '',          SUBNET_OVERRIDE does not say which",
    "2001:db8:12:34f8::/61, '',          SUBNET_OVERRIDE does not say which",
    "2001:db8:12:34c0::/58, 0:0:0:cd::,  no room for the subnet id 0:0:0:cd::",
    "2001:db8:12:34ab::/64, 0:0:0:cd::,  no room for the subnet id 0:0:0:cd::",
    "2001:db8:12:34ab::5,   0:0:0:cd::,  PREFIX_LENGTH does not say how long",
    "2001:db8:12:34ab::5,   ::,          PREFIX_LENGTH does not say how long"
  })
  void guessesNoSubnet(String answer, String subnetId, String because) {
    AddressRule rule = AddressRule.of("::1000-::1999", subnetId, "");

    assertThatExceptionOfType(RefusedAnswer.class)
        .isThrownBy(() -> rule.prefixIn(answer(answer)))
        .withMessageContaining(because)
        .returns(Reason.PREFIX_LENGTH, RefusedAnswer::reason);
  }

  @Test
  void takesSeveralAddressesUnderOnePrefixForOne() {
    assertThat(PLAIN.prefixIn(answer("2001:db8:a::1", "2001:db8:a::5c1e", "2001:db8:a::/64")))
        .hasToString("2001:db8:a::/64");
    assertThat(OVERRIDE.prefixIn(answer("2001:db8:a::1", "2001:db8:a:ff::1")))
        .hasToString("2001:db8:a::/56");
    assertThatExceptionOfType(RefusedAnswer.class)
        .isThrownBy(() -> PLAIN.prefixIn(answer("2001:db8:a::1", "2001:db8:b::1")))
        .returns(Reason.SEVERAL, RefusedAnswer::reason);
  }

  private static Answer answer(String... prefixes) {
    return new Answer(Stream.of(prefixes).map(Ipv6Prefix::parse).toList(), Lifetimes.UNKNOWN);
  }

  private static Answer answer(Ipv6Prefix prefix) {
    return new Answer(List.of(prefix), Lifetimes.UNKNOWN);
  }

  private static int lengthThatMatters(AddressRule rule) {
    return rule.prefixLength().orElse(64);
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
    "::1000,        cd,           56",
    "::1000,        cd,           ''",
    "::1000,        ::1,          ''"
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

    AddressRange range = rule.rangeUnder(rule.prefixIn(answer(address)));

    assertThat(address.cutTo(lengthThatMatters(rule)).contains(range))
        .as("%s for %s under %s", range, address, rule)
        .isTrue();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void offersExactlyTheHostPartsAskedFor(long seed) {
    Random random = new Random(seed);
    AddressRule rule = anyRule(random);

    AddressRange range = rule.rangeUnder(rule.prefixIn(answer(anyAddress(random))));

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
        rule.rangeUnder(rule.prefixIn(answer(address)))
            .equals(rule.rangeUnder(rule.prefixIn(answer(other))));

    assertThat(same)
        .as("bit %d of %s flipped under %s", flipped, address, rule)
        .isEqualTo(flipped >= lengthThatMatters(rule));
  }

  private static Ipv6Prefix anyAddress(Random random) {
    return new Ipv6Prefix(new IPv6Address(random.nextLong(), random.nextLong()), 128);
  }

  private static AddressRule anyRule(Random random) {
    long first = random.nextLong() >>> 1;
    HostRange hosts =
        new HostRange(new IPv6Address(0, first), new IPv6Address(0, first + random.nextInt(4096)));
    if (random.nextBoolean()) {
      return new AddressRule(Optional.empty(), OptionalInt.empty(), hosts);
    }
    int length = 1 + random.nextInt(63);
    long id = random.nextLong() & (-1L >>> length);
    return new AddressRule(
        Optional.of(new SubnetId(new IPv6Address(id, 0))), OptionalInt.of(length), hosts);
  }
}
