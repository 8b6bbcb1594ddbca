package io.github.metallbdyn6.handover;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StepTest {
  @Test
  void isAProblemOfTheServiceWherePlanningFails() {
    ServiceState service = LiveService.at("web").state();

    Step step =
        Step.orProblem(
            service,
            it -> {
              throw new ArithmeticException("a time that no clock shows");
            });

    assertThat(step.problem().orElse("")).contains("a time that no clock shows");
    assertThat(step.patch()).isEmpty();
    assertThat(step.waiting()).isFalse();
    assertThat(Step.orProblem(service, it -> Step.WAIT)).isEqualTo(Step.WAIT);
  }
}
