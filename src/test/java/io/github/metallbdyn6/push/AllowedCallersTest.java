package io.github.metallbdyn6.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedCallersTest {

  @ParameterizedTest
  @CsvSource({
    "'',                            192.0.2.1,      true",
    "'',                            2001:db8::1,    true",
    "192.0.2.1,                     192.0.2.1,      true",
    "192.0.2.1,                     192.0.2.2,      false",
    "192.0.2.0/25,                  192.0.2.127,    true",
    "192.0.2.0/25,                  192.0.2.128,    false",
    "0.0.0.0/0,                     198.51.100.1,   true",
    "0.0.0.0/0,                     2001:db8::1,    false",
    "'192.0.2.1 , fd00:db8::/32 ',  fd00:db8:1::1,  true",
    "'192.0.2.1,fd00:db8::/32',     fd00:db9::1,    false",
    "2001:db8::/63,                 2001:db8:0:1::, true",
    "2001:db8::/63,                 2001:db8:0:2::, false",
    "192.0.2.0/24,                  ::ffff:192.0.2.7, true"
  })
  void containWhoLiesInOneOfThem(String allowed, String caller, boolean contained)
      throws UnknownHostException {
    assertThat(AllowedCallers.parse(allowed).contain(InetAddress.getByName(caller)))
        .isEqualTo(contained);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fritz.box",
        "192.0.2.1/33",
        "192.0.2.300",
        "192.0.2.1/",
        "::1/129",
        "2001:db8",
        "192.0.2.1/-1"
      })
  void refuseWhatIsNoAddress(String text) {
    assertThatThrownBy(() -> AllowedCallers.parse("192.0.2.1," + text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(text + " is neither an address nor a CIDR prefix");
  }
}
