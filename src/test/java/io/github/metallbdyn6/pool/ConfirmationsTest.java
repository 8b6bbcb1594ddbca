package io.github.metallbdyn6.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.ipv6.Ipv6Prefix;
import org.junit.jupiter.api.Test;

class ConfirmationsTest {
  private static final Ipv6Prefix A = Ipv6Prefix.parse("2001:db8:a::/64");
  private static final Ipv6Prefix B = Ipv6Prefix.parse("2001:db8:b::/64");
  private final Confirmations confirmations = new Confirmations();

  @Test
  void countsTheSamePrefixInARow() {
    assertThat(confirmations.count(A)).isEqualTo(1);
    assertThat(confirmations.count(Ipv6Prefix.parse("2001:DB8:000a::/64"))).isEqualTo(2);
    assertThat(confirmations.count(A)).isEqualTo(3);
  }

  @Test
  void beginsAnewWithAnotherPrefix() {
    confirmations.count(A);
    confirmations.count(A);
    assertThat(confirmations.count(B)).isEqualTo(1);
    assertThat(confirmations.count(A)).isEqualTo(1);
  }
}
