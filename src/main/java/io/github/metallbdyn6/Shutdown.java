package io.github.metallbdyn6;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The end of the process. A stop that was asked for by a signal is no failure, though the JVM would
 * report it as one, and though something may hang: the next start goes on from what the cluster
 * says. A thread that dies of an error is a failure, and must not leave a process behind that looks
 * alive.
 */
final class Shutdown {

  /** Longer than Camel's own shutdown time-out, and so short that all ends within 10 s. */
  private static final int STOP_SECONDS = 9;

  private static final int FAILURE = 1;

  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile @Nullable Application running;
  private volatile int statusWhenStopped;

  private Shutdown() {}

  /** Takes over signals and the death of threads. */
  static Shutdown install() {
    Shutdown shutdown = new Shutdown();
    Runtime.getRuntime().addShutdownHook(new Thread(shutdown::stopAndHalt, "stop"));
    Thread.setDefaultUncaughtExceptionHandler(Shutdown::halt);
    return shutdown;
  }

  /** Names what a signal has to stop. */
  void stops(Application application) {
    running = application;
  }

  /** Has a stop count as a failure, where something is begun that has to be ended. */
  void failsWhenStopped() {
    statusWhenStopped = FAILURE;
  }

  /** Ends the process in the ordinary way. */
  void exit(int status) {
    ended.countDown();
    System.exit(status);
  }

  private void stopAndHalt() {
    if (ended.getCount() == 0) {
      return;
    }
    Application application = running;
    if (application == null) {
      Runtime.getRuntime().halt(statusWhenStopped);
      return;
    }
    application.stop();
    try {
      if (!ended.await(STOP_SECONDS, TimeUnit.SECONDS)) {
        // No logger before: the first one fixes the level and the format, and arguments set these.
        LoggerFactory.getLogger("metallb-dyn6")
            .warn(
                "Stopped without waiting any longer for a step that does not end; the next start goes on from what the cluster says.");
      }
      Runtime.getRuntime().halt(0);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void halt(Thread thread, Throwable failure) {
    System.err.println("metallb-dyn6: cannot go on, " + thread.getName() + " died of " + failure);
    Runtime.getRuntime().halt(FAILURE);
  }
}
