package io.github.metallbdyn6;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.BindException;
import org.junit.jupiter.api.Test;

class StartProblemTest {
  @Test
  void theInnermostReasonIsSaid() {
    Exception inner = new BindException("in use");
    assertThat(StartProblem.explain(new IOException("no port", new IllegalStateException(inner))))
        .isEqualTo("no port: in use");
    assertThat(StartProblem.explain(inner)).isEqualTo("in use");
  }

  @Test
  void nothingIsSaidTwice() {
    Exception inner = new BindException("in use");
    assertThat(StartProblem.explain(new IOException("no port (in use); choose another", inner)))
        .isEqualTo("no port (in use); choose another");
  }
}
