package io.github.metallbdyn6.follower;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.metallbdyn6.ipv6.Ipv6Prefix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostAddressTest {
  private static final Ipv6Prefix SUBNET = Ipv6Prefix.parse("2001:db8:0:12cd::/64");

  @Test
  void putsHostPartsUnderTheSubnetPrefix() {
    assertThat(HostAddress.parseAll("NAS.example.org=::1:25, *.example.org = ::26,", SUBNET))
        .extracting(it -> it.host() + " " + it.address())
        .containsExactly(
            "nas.example.org 2001:db8:0:12cd::1:25", "*.example.org 2001:db8:0:12cd::26");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",",
        "nas.example.org",
        "nas=::1",
        "nas.example.org=2001:db8::1",
        "a b.org=::1",
        "=::1"
      })
  void refusesAnythingElse(String text) {
    assertThatThrownBy(() -> HostAddress.parseAll(text, SUBNET))
        .isInstanceOf(FollowerFailed.class)
        .hasMessageContaining("METALLB_DYN6_HOSTS");
  }
}
