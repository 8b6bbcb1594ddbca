package io.github.metallbdyn6.routing;

import io.github.metallbdyn6.pass.FailedStep;
import io.github.metallbdyn6.pass.Pass;
import io.github.metallbdyn6.pass.PoolPass;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes in a failure in which step it happened, and makes an {@link Error} in a step a failure of
 * that step, as an exception is. Camel catches exceptions alone: an error would leave the exchange
 * in flight for ever, and with it every stop and every swap of routes that waits for what is in
 * flight.
 */
public final class ErrorBarrier implements InterceptStrategy {

  @Override
  public Processor wrapProcessorInInterceptors(
      CamelContext context, NamedNode definition, Processor target, Processor nextTarget) {
    return new Step(target, definition);
  }

  private static final Logger LOG = LoggerFactory.getLogger("metallb-dyn6");

  private static final class Step extends DelegateAsyncProcessor {
    private final NamedNode definition;

    Step(Processor step, NamedNode definition) {
      super(step);
      this.definition = definition;
    }

    /** Some of Camel's processors have told the callback by the time the error is thrown. */
    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
      AtomicBoolean told = new AtomicBoolean();
      String before = LOG.isDebugEnabled() ? textOf(exchange) : "";
      try {
        return super.process(
            exchange,
            doneSync -> {
              told.set(true);
              noteStep(exchange);
              log(exchange, before);
              callback.done(doneSync);
            });
      } catch (Error e) {
        exchange.setException(e);
        noteStep(exchange);
        if (!told.get()) {
          callback.done(true);
        }
        return true;
      }
    }

    /** For debugging: the steps in their order, and what each has made of the pass. */
    private void log(Exchange exchange, String before) {
      if (LOG.isDebugEnabled()) {
        String after = textOf(exchange);
        String news = after.equals(before) ? "" : ": " + after;
        LOG.debug("Done: {}{}", step().inWords(), news);
      }
    }

    /** The questions to sources, and their answers, may be secret. */
    private static String textOf(Exchange exchange) {
      Object body = exchange.getMessage().getBody();
      return body instanceof Pass || body instanceof PoolPass ? body.toString() : "";
    }

    private void noteStep(Exchange exchange) {
      Exception failure = exchange.getException();
      if (failure != null) {
        step().noteIn(failure);
      }
    }

    private FailedStep step() {
      return new FailedStep(
          definition.getId(),
          Objects.requireNonNullElse(definition.getLocation(), "").replaceFirst("^file:", ""),
          definition.getLineNumber(),
          Objects.requireNonNullElse(definition.getDescriptionText(), ""));
    }
  }
}
