package io.github.metallbdyn6.report;

import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.spi.ExceptionHandler;
import org.jspecify.annotations.Nullable;

/**
 * Takes what no route could handle, so that it is said like any other failure of a pass. While the
 * program stops, Camel drops retries in this way; that is not worth a line.
 */
public final class StrayFailures implements ExceptionHandler {
  private final Journal journal;

  /** Reports to this journal. */
  public StrayFailures(Journal journal) {
    this.journal = journal;
  }

  @Override
  public void handleException(Throwable failure) {
    if (!(failure instanceof RejectedExecutionException)) {
      journal.failed(failure);
    }
  }

  @Override
  public void handleException(String message, Throwable failure) {
    handleException(failure);
  }

  @Override
  public void handleException(String message, @Nullable Exchange exchange, Throwable failure) {
    handleException(failure);
  }
}
