package io.github.metallbdyn6.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.metallbdyn6.push.PushRequest.Credentials;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PushSecretTest {
  private static final String TOKEN = "123456789012";
  private static final String PASSWORD = "abcdefghijkl";

  @Test
  void acceptsTheTokenWithAnyUser() {
    PushSecret secret = new PushSecret(TOKEN, "", "");

    assertThat(secret.accepts(new Credentials("", TOKEN))).isTrue();
    assertThat(secret.accepts(new Credentials("me", TOKEN))).isTrue();
  }

  @Test
  void acceptsUserAndPasswordOnlyTogether() {
    PushSecret secret = new PushSecret("", "me", PASSWORD);

    assertThat(secret.accepts(new Credentials("me", PASSWORD))).isTrue();
    assertThat(secret.accepts(new Credentials("you", PASSWORD))).isFalse();
    assertThat(secret.accepts(new Credentials("", PASSWORD))).isFalse();
    assertThat(secret.accepts(new Credentials("me", ""))).isFalse();
  }

  /** A secret that is not set is no way in. */
  @Test
  void acceptsNothingEmpty() {
    assertThat(new PushSecret(TOKEN, "", "").accepts(new Credentials("", ""))).isFalse();
    assertThat(new PushSecret("", "me", PASSWORD).accepts(new Credentials("", ""))).isFalse();
  }

  @Test
  void acceptsEitherWhereBothAreSet() {
    PushSecret secret = new PushSecret(TOKEN, "me", PASSWORD);

    assertThat(secret.accepts(new Credentials("x", TOKEN))).isTrue();
    assertThat(secret.accepts(new Credentials("me", PASSWORD))).isTrue();
    assertThat(secret.accepts(new Credentials("x", PASSWORD))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "'',            '', '',           takes no calls without a secret: set METALLB_DYN6_PUSH_TOKEN",
    "'',            me, '',           set both or none",
    "'',            '', abcdefghijkl, set both or none",
    "12345678901,   '', '',           METALLB_DYN6_PUSH_TOKEN has fewer than 12 characters",
    "'',            me, short,        METALLB_DYN6_PUSH_PASSWORD has fewer than 12 characters",
    "1234567890&12, '', '',           METALLB_DYN6_PUSH_TOKEN may have letters",
    "'',            me, 1234567890ü1, METALLB_DYN6_PUSH_PASSWORD may have letters"
  })
  void refusesWhatIsNoSecret(String token, String user, String password, String reason) {
    assertThatThrownBy(() -> new PushSecret(token, user, password))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason)
        .message()
        .doesNotContain("12345", "abcdef", "short");
  }
}
