package io.github.metallbdyn6.ipv6;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostRangeTest {

  @ParameterizedTest
  @CsvSource({
    "::1000-::1999,                       ::1000-::1999",
    "::1000 - ::1999,                     ::1000-::1999",
    "'  ::1000 -::1999 ',                 ::1000-::1999",
    "0:0:0:0:0:0:0:1000-::ABCD,           ::1000-::abcd",
    "::1000-::1000,                       ::1000-::1000",
    "::-::ffff:ffff:ffff:ffff,            ::-::ffff:ffff:ffff:ffff",
    "::1000,                              ::1000-::1000",
    "' ::1000 ',                          ::1000-::1000",
    "::1000/116,                          ::1000-::1fff",
    "' ::1000/116 ',                      ::1000-::1fff",
    "::1000/128,                          ::1000-::1000",
    "::/64,                               ::-::ffff:ffff:ffff:ffff"
  })
  void readsRangesSinglesAndPrefixes(String text, String expected) {
    assertThat(HostRange.parse(text)).hasToString(expected);
  }

  @Test
  void equalsItselfInAnotherSpelling() {
    assertThat(HostRange.parse("::1000/116")).isEqualTo(HostRange.parse("0::1000 - ::1FFF"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "::1000/116-::1999",
        "::1000-::1999/116",
        "::1000/116-::1999/116",
        "::1000-1999",
        "::1000--::1999",
        "::1000-::1999-::2000",
        "1000-1999",
        "192.0.2.1-192.0.2.9",
        "::10*-::1999"
      })
  void refusesWhatIsNoAddressInEitherEnd(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HostRange.parse(text))
        .withMessageEndingWith(" is not an IPv6 address");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "-", "::1000-", "-::1999", "::1000 - "})
  void refusesAMissingEnd(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HostRange.parse(text))
        .withMessage("one end is missing");
  }

  @Test
  void refusesAStartAboveTheEnd() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HostRange.parse("::1999-::1000"))
        .withMessage("the start ::1999 lies above the end ::1000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2001:db8::1000-2001:db8::1999",
        "::1000-2001:db8::1999",
        "::1000-0:0:0:1::",
        "0:0:0:1::-::1000",
        "2001:db8::1000",
        "2001:db8::/64",
        "::/63",
        "::/0"
      })
  void refusesBitsInTheHigh64(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HostRange.parse(text))
        .withMessageEndingWith(" has bits in the high 64, which belong to the prefix");
  }

  @Test
  void refusesAPrefixWithHostBits() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HostRange.parse("::1001/116"))
        .withMessageContaining("bits behind its prefix length");
  }

  @Test
  void liesUnderASubnet() {
    assertThat(HostRange.parse("::1000-::1999").under(Ipv6Prefix.parse("2001:db8:0:cd::/64")))
        .hasToString("2001:db8:0:cd::1000-2001:db8:0:cd::1999");
  }
}
