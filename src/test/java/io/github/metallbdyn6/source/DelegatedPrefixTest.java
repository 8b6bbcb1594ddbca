package io.github.metallbdyn6.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.answer.AddressRule;
import io.github.metallbdyn6.answer.Answer;
import io.github.metallbdyn6.answer.Lifetimes;
import io.github.metallbdyn6.ipv6.Ipv6Prefix;
import java.util.List;
import org.junit.jupiter.api.Test;

class DelegatedPrefixTest {
  private static final Ipv6Prefix SAID = Ipv6Prefix.parse("2001:db8:12:3400::/56");

  private static Answer answer(String prefix) {
    return new Answer(List.of(Ipv6Prefix.parse(prefix)), Lifetimes.UNKNOWN);
  }

  @Test
  void isWhatASourceHasSaidWithItsLength() {
    DelegatedPrefix delegated = new DelegatedPrefix(AddressRule.of("::1", "::", ""));
    assertThat(delegated.known()).isEmpty();
    delegated.note(SAID, answer("2001:db8:12:3400::1"));
    assertThat(delegated.known()).as("an address has none").isEmpty();
    delegated.note(SAID, answer("2001:db8:12:3400::/56"));
    assertThat(delegated.known()).contains(SAID);
  }

  @Test
  void isNotNeededWhereTheSettingsSayTheLengthOrTheSlash64IsWanted() {
    for (AddressRule rule :
        List.of(AddressRule.of("::1", "", ""), AddressRule.of("::1", "::", "56"))) {
      DelegatedPrefix delegated = new DelegatedPrefix(rule);
      delegated.note(SAID, answer("2001:db8:12:3400::/56"));
      assertThat(delegated.known()).isEmpty();
    }
  }
}
