package io.github.metallbdyn6.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A network of its own (a Linux network namespace) with the programs that run in it: a router, or
 * an ISP. What runs there is ended with it. Making one takes root, or sudo without a password.
 */
public final class NetNamespace implements AutoCloseable {
  private static final String PACKAGES = "iproute2 socat";

  private final String name;
  private final Path folder;
  private final List<Process> processes = new ArrayList<>();

  private NetNamespace(String name, Path folder) {
    this.name = name;
    this.folder = folder;
  }

  /**
   * Makes an empty one.
   *
   * @param role part of its name
   * @param folder for what its programs print
   */
  public static NetNamespace create(String role, Path folder) {
    InstalledProgram.find("ip", PACKAGES);
    NetNamespace made =
        new NetNamespace(
            "dyn6-%s-%s".formatted(role, UUID.randomUUID().toString().substring(0, 8)), folder);
    if (!succeeds("ip", "netns", "add", made.name)) {
      throw InstalledProgram.missing(
          "no network namespace can be made here; it takes root, or sudo without a password");
    }
    made.ip("link set lo up");
    return made;
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private static List<String> asRoot(List<String> command) {
    return isRoot() ? command : Stream.concat(Stream.of("sudo", "-n"), command.stream()).toList();
  }

  private static boolean succeeds(String... command) {
    try {
      Process process =
          new ProcessBuilder(asRoot(List.of(command)))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false; // there is no sudo
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String outputOf(List<String> command) {
    try {
      Process process = new ProcessBuilder(asRoot(command)).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Does something to its links, addresses or routes, as {@code ip} is told. */
  public void ip(String words) {
    List<String> command = new ArrayList<>(List.of("ip", "-n", name));
    command.addAll(List.of(words.split(" ")));
    assertThat(outputOf(command)).as(words).isEmpty();
  }

  /**
   * Lays a cable to another one. This end has no addresses but those that it is given: one that the
   * kernel makes cannot be listened on before it has proved to be unique.
   */
  public void cable(String end, NetNamespace other, String otherEnd) {
    ip("link add %s type veth peer name %s netns %s".formatted(end, otherEnd, other.name));
    ip("link set %s addrgenmode none".formatted(end));
    ip("link set %s up".formatted(end));
    other.ip("link set %s up".formatted(otherEnd));
  }

  /** Gives an interface these addresses, in this order, and no other global ones. */
  public void address(String link, String... addresses) {
    ip("address flush dev %s scope global".formatted(link));
    for (String address : addresses) {
      ip("address add %s dev %s nodad".formatted(address, link));
    }
  }

  /** Has this address and port lead to a port on the machine's loopback. */
  public void lead(String address, int port, int target) throws IOException {
    InstalledProgram.find("socat", PACKAGES);
    Path socket = folder.resolve("leads-to-" + target);
    processes.add(
        new ProcessBuilder(
                "socat", "UNIX-LISTEN:%s,fork".formatted(socket), "TCP4:127.0.0.1:" + target)
            .start());
    start(
        "socat", "TCP4-LISTEN:%d,bind=%s,fork".formatted(port, address), "UNIX-CONNECT:" + socket);
  }

  /** Runs a program to its end and returns what it printed. */
  public String run(String... command) {
    return outputOf(inside(command));
  }

  private List<String> inside(String... command) {
    return Stream.concat(Stream.of("ip", "netns", "exec", name), Stream.of(command)).toList();
  }

  /** Starts a program. */
  public Running start(String... command) throws IOException {
    Path output = Files.createTempFile(folder, name, ".log");
    Process process =
        new ProcessBuilder(asRoot(inside(command)))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    processes.add(process);
    return new Running(process, output);
  }

  /**
   * A program that runs.
   *
   * @param process with sudo, that one's
   * @param printed the file with its output
   */
  public record Running(Process process, Path printed) {
    /** Returns what it has printed so far. */
    public String output() {
      try {
        return Files.readString(printed);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Tells whether it has not ended yet. */
    public boolean isRunning() {
      return process.isAlive();
    }
  }

  /** Sends a signal to every process here with this name. */
  public void signal(String signal, String program) {
    pids().stream()
        .filter(
            pid -> outputOf(List.of("cat", "/proc/%s/comm".formatted(pid))).strip().equals(program))
        .forEach(pid -> outputOf(List.of("kill", "-" + signal, pid)));
  }

  private List<String> pids() {
    return outputOf(List.of("ip", "netns", "pids", name)).lines().toList();
  }

  @Override
  public void close() {
    pids().forEach(pid -> outputOf(List.of("kill", "-KILL", pid)));
    processes.forEach(Process::destroyForcibly);
    outputOf(List.of("ip", "netns", "delete", name));
  }
}
