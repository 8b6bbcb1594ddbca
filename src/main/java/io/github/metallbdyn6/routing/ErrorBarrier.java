package io.github.metallbdyn6.routing;

import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/**
 * Makes an {@link Error} in a step a failure of that step, as an exception is. Camel catches
 * exceptions alone: an error would leave the exchange in flight for ever, and with it every stop
 * and every swap of routes that waits for what is in flight.
 */
public final class ErrorBarrier implements InterceptStrategy {

  @Override
  public Processor wrapProcessorInInterceptors(
      CamelContext context, NamedNode definition, Processor target, Processor nextTarget) {
    return new Step(target);
  }

  private static final class Step extends DelegateAsyncProcessor {
    Step(Processor step) {
      super(step);
    }

    /** Some of Camel's processors have told the callback by the time the error is thrown. */
    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
      AtomicBoolean told = new AtomicBoolean();
      try {
        return super.process(
            exchange,
            doneSync -> {
              told.set(true);
              callback.done(doneSync);
            });
      } catch (Error e) {
        exchange.setException(e);
        if (!told.get()) {
          callback.done(true);
        }
        return true;
      }
    }
  }
}
