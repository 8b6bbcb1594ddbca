package io.github.metallbdyn6.ipv6;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Ipv6OrIpv4Test {

  @ParameterizedTest
  @CsvSource({
    "192.0.2.10, 192.0.2.10-192.0.2.40, true",
    "192.0.2.40, 192.0.2.10 - 192.0.2.40, true",
    "192.0.2.41, 192.0.2.10-192.0.2.40, false",
    "192.0.2.9, 192.0.2.10-192.0.2.40, false",
    "192.0.2.9, 192.0.2.0/28, true",
    "192.0.2.16, 192.0.2.0/28, false",
    "2001:DB8::1001, 2001:db8::1000-2001:db8::1999, true",
    "2001:db8::1, 2001:db8::1000-2001:db8::1999, false",
    "2001:db8::1, 192.0.2.0/28, false",
    "192.0.2.1, 2001:db8::/64, false",
    "home.example, 192.0.2.0/28, false",
    "192.0.2.1, junk, false",
    "192.0.2.1, 192.0.2.1-junk, false"
  })
  void saysWhetherAnAddressLiesInAnEntry(String address, String entry, boolean expected) {
    assertThat(Ipv6OrIpv4.isIn(address, entry)).isEqualTo(expected);
  }
}
