package io.github.metallbdyn6.pass;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class FailedStepTest {
  private static FailedStep step(String id) {
    return new FailedStep(id, "2-plan-pool.camel.yaml", 12, "Read the live pool. It may be new.");
  }

  @Test
  void saysWhereItStandsAndWhatItDoes() {
    assertThat(step("read-pool").inWords())
        .isEqualTo("step read-pool (2-plan-pool.camel.yaml, line 12: Read the live pool)");
    assertThat(new FailedStep("to1", "source-mine.camel.yaml", -1, "").inWords())
        .isEqualTo("step to1 (source-mine.camel.yaml)");
    assertThat(new FailedStep("to1", "", -1, "").inWords()).isEqualTo("step to1");
  }

  @Test
  void isTheStepThatFailedAndNotOneThatCalledIt() {
    IOException inner = new IOException("inner");
    step("inner").noteIn(inner);
    step("outer").noteIn(inner);
    IllegalStateException outer = new IllegalStateException("outer", inner);
    step("outermost").noteIn(outer);

    assertThat(FailedStep.of(outer)).map(FailedStep::id).contains("inner");
    assertThat(FailedStep.of(new IOException("no step"))).isEmpty();
  }
}
