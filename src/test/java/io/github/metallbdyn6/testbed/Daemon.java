package io.github.metallbdyn6.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A real program of somebody else in a process of its own, which can be killed and started again.
 */
final class Daemon implements AutoCloseable {
  private static final int STOP_SECONDS = 10;

  private final List<String> command;
  private final Map<String, String> environment;
  private final Path log;
  private Process process;

  /** Starts it; what it prints is appended to the log. */
  Daemon(List<String> command, Map<String, String> environment, Path log) {
    this.command = List.copyOf(command);
    this.environment = Map.copyOf(environment);
    this.log = log;
    this.process = launch();
  }

  private Process launch() {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    try {
      Process started = builder.start();
      Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Kills it without any warning, with SIGKILL, and waits until it is gone. */
  synchronized void kill() {
    process.destroyForcibly();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("cannot be killed: " + command.get(0));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Starts it again, with the same command. */
  synchronized void start() {
    if (process.isAlive()) {
      throw new IllegalStateException("still running: " + command.get(0));
    }
    process = launch();
  }

  /** Stops its threads where they are, with SIGSTOP. */
  synchronized void freeze() {
    signal("STOP");
  }

  /** Lets them go on, with SIGCONT. */
  synchronized void thaw() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      int status =
          new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
              .inheritIO()
              .start()
              .waitFor();
      if (status != 0) {
        throw new IllegalStateException("kill -" + name + ": " + status);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    kill();
  }
}
