package io.github.metallbdyn6.telling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.metallbdyn6.follower.FollowerFailed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Names that are aliases, as a name server tells. */
class AliasesTest {
  private static final String HOSTS = "nas.example.org=::1:25, vpn.example.org=::1:26";
  private static final String PREFIX = "2001:db8:a::/64";

  private final List<String> asked = new ArrayList<>();
  private final Aliases aliases =
      new Aliases(
          (server, name) -> {
            asked.add(name + " " + server);
            return Optional.of("gw.example.net.").filter(it -> name.startsWith("vpn"));
          });

  @Test
  void areNamedWithTheirTarget() {
    assertThatThrownBy(() -> aliases.requireNone("ns.example.org", HOSTS, PREFIX))
        .isInstanceOf(FollowerFailed.class)
        .hasMessageContaining("vpn.example.org is an alias of gw.example.net.");
    assertThat(asked)
        .containsExactly("nas.example.org ns.example.org", "vpn.example.org ns.example.org");
  }

  @Test
  void areNotLookedForWithoutANameServer() throws IOException {
    aliases.requireNone("", HOSTS, PREFIX);
    assertThat(asked).isEmpty();
  }

  @Test
  void areNoneAmongNamesWithoutCname() {
    assertThatCode(() -> aliases.requireNone("ns.example.org", "nas.example.org=::1:25", PREFIX))
        .doesNotThrowAnyException();
  }
}
