package io.github.metallbdyn6.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class Ipv6FirstTest {
  private static InetAddress address(String text) throws UnknownHostException {
    return InetAddress.getAllByName(text)[0];
  }

  @Test
  void putsIpv6ToTheFrontAndKeepsTheOrderOtherwise() throws UnknownHostException {
    assertThat(
            Ipv6First.sorted(
                address("192.0.2.1"),
                address("2001:db8::1"),
                address("192.0.2.2"),
                address("2001:db8::2")))
        .extracting(InetAddress::getHostAddress)
        .containsExactly("2001:db8:0:0:0:0:0:1", "2001:db8:0:0:0:0:0:2", "192.0.2.1", "192.0.2.2");
  }

  @Test
  void takesIpv4WhereThereIsNothingElse() throws UnknownHostException {
    assertThat(new Ipv6First().resolve("192.0.2.1")).containsExactly(address("192.0.2.1"));
  }
}
