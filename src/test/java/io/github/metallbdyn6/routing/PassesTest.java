package io.github.metallbdyn6.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PassesTest {
  private final CamelContext context = new DefaultCamelContext();
  private final ConcurrentLinkedQueue<Throwable> unhandled = new ConcurrentLinkedQueue<>();
  private final Passes passes = new Passes("direct:pass", unhandled::add);
  private final Semaphore mayEnd = new Semaphore(0);
  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger mostAtOnce = new AtomicInteger();
  private volatile boolean fails;
  private volatile boolean overflows;

  @BeforeEach
  void start() throws Exception {
    context.getCamelContextExtension().addInterceptStrategy(new ErrorBarrier());
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:pass").to("direct:step");
            from("direct:step").process(exchange -> {}).process(exchange -> pass());
          }
        });
    context.start();
    passes.runIn(context);
  }

  private void pass() throws InterruptedException {
    mostAtOnce.accumulateAndGet(running.incrementAndGet(), Math::max);
    begun.incrementAndGet();
    mayEnd.acquire();
    running.decrementAndGet();
    if (fails) {
      throw new IllegalStateException("test");
    }
    if (overflows) {
      overflow();
    }
  }

  @SuppressWarnings("InfiniteRecursion")
  private static void overflow() {
    overflow();
  }

  @AfterEach
  void stop() {
    mayEnd.release(1000);
    context.stop();
  }

  private void awaitBegun(int number) {
    await().untilAsserted(() -> assertThat(begun).hasValue(number));
  }

  @Test
  void whatKeepsAPassFromBeginningIsTold() {
    passes.askBefore(
        () -> {
          throw new IllegalStateException("gate");
        });
    passes.soon();

    await().untilAsserted(() -> assertThat(unhandled).hasSize(1));
    assertThat(unhandled.peek()).hasMessage("gate");
    assertThat(begun).hasValue(0);
  }

  @Test
  void hundredWhoAskWhileOneIsRunningGetOneMoreAfterIt() {
    passes.soon();
    awaitBegun(1);
    for (int i = 0; i < 100; i++) {
      passes.soon();
    }
    mayEnd.release();
    awaitBegun(2);
    mayEnd.release();
    await().untilAsserted(() -> assertThat(running).hasValue(0));
    passes.soon();
    awaitBegun(3);
    assertThat(mostAtOnce).hasValue(1);
  }

  @Test
  void aPauseStopsAllButWhoInsists() {
    mayEnd.release(100);
    passes.pause();
    passes.soon();
    passes.now();
    awaitBegun(1);
    passes.unpause();
    awaitBegun(2);
    passes.soon();
    awaitBegun(3);
  }

  @Test
  void aFailureIsHandedOnAndEndsNothing() {
    mayEnd.release(100);
    fails = true;
    passes.soon();
    await().untilAsserted(() -> assertThat(unhandled).hasSize(1));
    assertThat(unhandled.peek()).hasMessageContaining("test");
    passes.soon();
    awaitBegun(2);
  }

  /** Otherwise Camel would keep the exchange, and each stop would wait for it. */
  @Test
  void anErrorIsHandedOnAndEndsNothing() {
    mayEnd.release(100);
    overflows = true;
    passes.soon();
    await().untilAsserted(() -> assertThat(unhandled).hasSize(1));
    assertThat(unhandled.peek()).hasCauseInstanceOf(StackOverflowError.class);
    assertThat(context.getInflightRepository().size()).isZero();
    passes.soon();
    awaitBegun(2);
  }

  /** As the timer does, which may fire before the context says of itself that it has started. */
  @Test
  void whoAsksWhileTheContextStartsGetsAPassWhenItHas() throws Exception {
    try (DefaultCamelContext starting = new DefaultCamelContext()) {
      Passes early = new Passes("direct:early", unhandled::add);
      AtomicInteger passed = new AtomicInteger();
      starting.addRoutes(
          new RouteBuilder() {
            @Override
            public void configure() {
              from("direct:early").process(exchange -> passed.incrementAndGet());
            }
          });
      starting.addStartupListener(
          (context, alreadyStarted) -> {
            assertThat(context.isStarted()).isFalse();
            early.runIn(context);
            early.now();
            assertThat(early.<Integer>between(passed::get)).as("passes so far").isZero();
          });
      starting.start();

      await().untilAsserted(() -> assertThat(passed).hasValue(1));
    }
  }
}
