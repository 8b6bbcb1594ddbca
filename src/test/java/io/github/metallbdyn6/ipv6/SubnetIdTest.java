package io.github.metallbdyn6.ipv6;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubnetIdTest {

  @ParameterizedTest
  @CsvSource({
    "0:0:0:cd::,    56, 2001:db8:12:3400::/56, 2001:db8:12:34cd::/64",
    "0:0:0:00cd::,  56, 2001:db8:12:3400::/56, 2001:db8:12:34cd::/64",
    "0:0:0:00CD::0, 56, 2001:db8:12:3400::/56, 2001:db8:12:34cd::/64",
    "0:0:0:ffff::,  48, 2001:db8:12::/48,      2001:db8:12:ffff::/64",
    "0:0:0:1::,     63, 2001:db8:12:34fe::/63, 2001:db8:12:34ff::/64",
    "0:0:0:7::,     61, 2001:db8:12:34f8::/61, 2001:db8:12:34ff::/64",
    "::,            56, 2001:db8:12:3400::/56, 2001:db8:12:3400::/64"
  })
  void selectsASubnetOfTheDelegatedPrefix(
      String text, int length, String delegated, String subnet) {
    assertThat(SubnetId.parse(text, length).under(Ipv6Prefix.parse(delegated))).hasToString(subnet);
  }

  @ParameterizedTest
  @CsvSource({
    "0:0:0:100::, 56",
    "0:0:0:1cd::, 56",
    "0:0:0:2::,   63",
    "0:0:1::,     56",
    "8000::,       1",
    "::1,         56",
    "0:0:0:cd::1, 56",
    "0:0:0:0:8000::, 63"
  })
  void hasBitsOnlyBetweenThePrefixLengthAndSlash64(String text, int length) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SubnetId.parse(text, length))
        .withMessageEndingWith(" has bits outside " + length + " to 64");
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 64, 65, 128, Integer.MAX_VALUE})
  void needsRoomBehindThePrefix(int length) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SubnetId.parse("::", length))
        .withMessageEndingWith("a length of 1 to 63, not " + length);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "cd", "0:0:0:000cd::", "0:0:0:cd::/64", "0:0:0:cd", "192.0.2.1", "0:0:0:c*::"})
  void isAPlainIpv6Address(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SubnetId.parse(text, 56))
        .withMessage(text + " is not an IPv6 address");
  }
}
