package io.github.metallbdyn6.push;

import io.github.metallbdyn6.http.HttpPort;
import java.io.IOException;
import java.net.InetAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.builder.ThreadPoolProfileBuilder;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.spi.ExecutorServiceManager;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Where the route of pushes begins. The body is what the caller says the prefix is; nothing else of
 * the request gets into the route, so that no log, trace or console can show what is secret in it.
 */
final class PushConsumer extends DefaultConsumer
    implements PlatformHttpConsumer, Suspendable, PushPort.Calls {
  /** One push at a time, and as many more as can be answered before their callers give up. */
  private static final int MOST_WAITING = 10;

  /** Opens the port when the route starts, and not before. */
  interface Opening {
    HttpPort open(PushPort.Calls calls) throws IOException;
  }

  private final Opening opening;
  private final PushServer server;
  private final PushLog log;
  private @Nullable PushGate gate;
  private @Nullable HttpPort port;
  private @Nullable ExecutorService worker;

  PushConsumer(PlatformHttpEndpoint endpoint, Processor route, PushServer server, Opening opening) {
    super(endpoint, route);
    this.server = server;
    this.opening = opening;
    this.log = server.log();
  }

  @Override
  public PlatformHttpEndpoint getEndpoint() {
    return (PlatformHttpEndpoint) super.getEndpoint();
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    gate = server.gate();
    worker = newWorker();
    port = opening.open(this);
  }

  private ExecutorService newWorker() {
    ExecutorServiceManager threads = getEndpoint().getCamelContext().getExecutorServiceManager();
    return threads.newThreadPool(
        this,
        "push",
        new ThreadPoolProfileBuilder("push")
            .poolSize(1)
            .maxPoolSize(1)
            .maxQueueSize(MOST_WAITING)
            .rejectedPolicy(ThreadPoolRejectedPolicy.Abort)
            .build());
  }

  @Override
  protected void doStop() throws Exception {
    if (port != null) {
      port.close();
    }
    if (worker != null) {
      getEndpoint().getCamelContext().getExecutorServiceManager().shutdownNow(worker);
    }
    super.doStop();
  }

  @Override
  public boolean admits(InetAddress caller) {
    PushGate now = gate;
    boolean admitted = now == null || now.admits(caller);
    if (!admitted) {
      log.answered(caller, PushAnswer.NOT_FROM_THERE);
    }
    return admitted;
  }

  @Override
  public CompletableFuture<PushAnswer> take(InetAddress caller, PushRequest request) {
    PushGate now = gate;
    ExecutorService thread = worker;
    if (now == null || thread == null || isSuspended()) {
      return CompletableFuture.completedFuture(PushAnswer.BUSY);
    }
    return now.refusal(caller, request)
        .map(refusal -> refused(caller, refusal))
        .orElseGet(() -> runLater(thread, caller, request.answer()));
  }

  private CompletableFuture<PushAnswer> refused(InetAddress caller, PushAnswer refusal) {
    log.answered(caller, refusal);
    return CompletableFuture.completedFuture(refusal);
  }

  private CompletableFuture<PushAnswer> runLater(
      ExecutorService thread, InetAddress caller, String pushed) {
    try {
      return CompletableFuture.supplyAsync(() -> run(caller, pushed), thread);
    } catch (RejectedExecutionException e) {
      return refused(caller, PushAnswer.BUSY);
    }
  }

  /** Runs the route and returns what its last step left. */
  private PushAnswer run(InetAddress caller, String pushed) {
    Exchange exchange = createExchange(false);
    exchange.setPattern(ExchangePattern.InOut);
    exchange.getIn().setBody(pushed);
    try {
      createUoW(exchange);
      getProcessor().process(exchange);
      @Nullable Exception failure = exchange.getException();
      if (failure != null) {
        return explain(caller, failure);
      }
      PushAnswer taken = exchange.getMessage().getMandatoryBody(PushAnswer.class);
      log.answered(caller, taken);
      return taken;
    } catch (Exception e) {
      return explain(caller, e);
    } finally {
      doneUoW(exchange);
      releaseExchange(exchange, false);
    }
  }

  private PushAnswer explain(InetAddress caller, Exception failure) {
    PushAnswer answer = PushAnswer.of(failure);
    if (answer.equals(PushAnswer.NOT_KEPT)) {
      log.failed(caller, answer, failure);
    } else {
      log.answered(caller, answer);
    }
    return answer;
  }
}
