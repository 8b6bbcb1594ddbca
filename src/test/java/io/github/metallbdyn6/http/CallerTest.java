package io.github.metallbdyn6.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class CallerTest {
  private static Caller of(String address) throws UnknownHostException {
    return Caller.of(InetAddress.getByName(address));
  }

  @Test
  void isAnIpv4AddressOrTheSubnetOfAnIpv6Address() throws Exception {
    assertThat(of("192.0.2.1")).isEqualTo(of("192.0.2.1")).isNotEqualTo(of("192.0.2.2"));
    assertThat(of("2001:db8::1"))
        .isEqualTo(of("2001:db8::ffff:ffff:ffff:ffff"))
        .isNotEqualTo(of("2001:db8:0:1::1"));
    assertThat(of("::ffff:192.0.2.1")).as("IPv4 by way of IPv6").isEqualTo(of("192.0.2.1"));
  }
}
