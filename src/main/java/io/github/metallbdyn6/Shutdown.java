package io.github.metallbdyn6;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The end of the process. A stop that was asked for by a signal is no failure, though the JVM would
 * report it as one; a thread that dies of an error is, and must not leave a process behind that
 * looks alive.
 */
final class Shutdown {

  /** Longer than Camel's own shutdown time-out, shorter than Kubernetes' 30 s of grace. */
  private static final int STOP_SECONDS = 10;

  private static final int FAILURE = 1;

  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile @Nullable Application running;

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
      Runtime.getRuntime().halt(0);
      return;
    }
    application.stop();
    try {
      boolean clean = ended.await(STOP_SECONDS, TimeUnit.SECONDS);
      Runtime.getRuntime().halt(clean ? 0 : FAILURE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void halt(Thread thread, Throwable failure) {
    System.err.println("metallb-dyn6: cannot go on, " + thread.getName() + " died of " + failure);
    Runtime.getRuntime().halt(FAILURE);
  }
}
