package io.github.metallbdyn6.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The program in a process of its own. */
public final class ProgramProcess implements AutoCloseable {
  private static final Duration EXIT = Duration.ofSeconds(30);

  private final Process process;
  private final Path output;

  private ProgramProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Starts the jar with these environment variables, and none of ours from outside. */
  public static ProgramProcess start(Map<String, String> environment, String... arguments) {
    return start(environment, List.of(), arguments);
  }

  /** Starts the jar with options for the JVM, too. */
  public static ProgramProcess start(
      Map<String, String> environment, List<String> jvmOptions, String... arguments) {
    return start(Launch.ofJarSoon().with(jvmOptions), environment, arguments);
  }

  /** Starts the program in another way. */
  public static ProgramProcess start(
      Launch launch, Map<String, String> environment, String... arguments) {
    try {
      Path output = Files.createTempFile("metallb-dyn6", ".log");
      ProcessBuilder builder =
          new ProcessBuilder(launch.command(arguments))
              .directory(launch.directory().toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      builder
          .environment()
          .keySet()
          .removeIf(
              name ->
                  name.startsWith("METALLB_DYN6_")
                      || name.startsWith("KUBE")
                      || name.equals("HOME"));
      builder.environment().putAll(environment);
      return new ProgramProcess(builder.start(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns what it has printed so far. */
  public String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns its process id. */
  public long pid() {
    return process.pid();
  }

  /** Tells whether it has not ended yet. */
  public boolean isRunning() {
    return process.isAlive();
  }

  /** Asks it to stop, as Kubernetes does, with SIGTERM. */
  public void terminate() {
    process.destroy();
  }

  /** Kills it without any warning, with SIGKILL. */
  public void kill() {
    process.destroyForcibly();
  }

  /** Waits for its end and returns the exit status. */
  public int exitStatus() throws InterruptedException {
    return exitStatus(EXIT);
  }

  /** The same of a program that has something to do at its end. */
  public int exitStatus(Duration longest) throws InterruptedException {
    if (!process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException(
          "still running after %d s:%n%s".formatted(longest.toSeconds(), output()));
    }
    return process.exitValue();
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    Files.deleteIfExists(output);
  }
}
