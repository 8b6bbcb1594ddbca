package io.github.metallbdyn6.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class RedactionTest {
  @Test
  void takesUsersAndQueriesOutOfUrls() {
    assertThat(Redaction.of("GET https://me:hush@example.com/ip?key=hush refused"))
        .isEqualTo("GET https://example.com/ip?... refused");
  }

  @Test
  void takesThemOutOfEveryMessageInAStackTrace() {
    Exception failure =
        new IllegalStateException(
            "http://me:hush@example.com", new IOException("http://example.com/?key=hush"));

    assertThat(Redaction.ofTrace(failure))
        .contains("IllegalStateException: http://example.com", "Caused by: ", "/?...", "\tat ")
        .doesNotContain("hush");
  }
}
