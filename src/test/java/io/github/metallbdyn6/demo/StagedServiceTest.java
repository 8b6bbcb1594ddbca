package io.github.metallbdyn6.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StagedServiceTest {
  private final StagedService web = web("192.0.2.11", "2001:db8:a::1001");

  private static StagedService web(String... addresses) {
    return StagedService.of("web", List.of(addresses));
  }

  @Test
  void keepsAddressAndHostPartUnderAnotherPrefixInAnyOrder() {
    assertThat(web("2001:db8:b::1001", "192.0.2.11").keepsWhatHas(web)).isTrue();
  }

  @Test
  void hasLostSomethingWithAnotherAddressOrNone() {
    assertThat(web("192.0.2.10", "2001:db8:b::1001").keepsWhatHas(web)).isFalse();
    assertThat(web("192.0.2.11", "2001:db8:b::1000").keepsWhatHas(web)).isFalse();
    assertThat(web("2001:db8:b::1001").keepsWhatHas(web)).isFalse();
    assertThat(web("192.0.2.11").keepsWhatHas(web)).isFalse();
    assertThat(web().keepsWhatHas(web)).isFalse();
  }
}
