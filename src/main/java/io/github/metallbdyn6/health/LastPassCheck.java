package io.github.metallbdyn6.health;

import io.github.metallbdyn6.report.Journals;
import io.github.metallbdyn6.report.Status;
import java.util.Optional;

/**
 * Camel's health check {@code passes}: down, with the reason in words, while the last pass failed
 * or held the pool. Camel's own checks stay up meanwhile, since its routes run. Only for those who
 * ask for the whole health: a restart would not mend what it says, and neither probe hears of it.
 */
public final class LastPassCheck extends StatusCheck {

  public LastPassCheck(Journals journals) {
    super("passes", journals);
  }

  @Override
  Optional<String> complaint(String pool, Status now) {
    return now.troubleInWords();
  }
}
