package io.github.metallbdyn6.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * An interface in a network namespace of its own. The jar stays outside and reads the kernel's
 * table of that namespace, as a pod reads its host's by {@code /host/proc/1/net/if_inet6}.
 */
final class InterfaceRig extends SourceRig {
  private static final String GOOD = "2001:db8:b::5c1e/64";
  private static final String OTHER = "2001:db8:a::5c1e/64";

  /** This machine does not let us make one. */
  static final class NoNamespace extends IOException {
    private static final long serialVersionUID = 1L;

    NoNamespace(String message) {
      super(message);
    }
  }

  private final Process holder;

  private InterfaceRig(Process holder) {
    this.holder = holder;
  }

  /** Makes the namespace, and in it a pair of interfaces, as dummies are not in every kernel. */
  static InterfaceRig make() throws Exception {
    Process holder;
    try {
      holder =
          new ProcessBuilder("unshare", "--user", "--map-root-user", "--net", "cat")
              .redirectErrorStream(true)
              .start();
    } catch (IOException e) {
      throw new NoNamespace(String.valueOf(e.getMessage()));
    }
    InterfaceRig rig = new InterfaceRig(holder);
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> !holder.isAlive() || rig.isInItsOwn());
    if (!holder.isAlive()) {
      throw new NoNamespace(
          "no network namespace here: "
              + new String(holder.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    }
    rig.ip("link", "add", "lan0", "type", "veth", "peer", "name", "lan1");
    rig.ip("link", "set", "lan0", "up");
    rig.ip("link", "set", "lan1", "up");
    return rig;
  }

  private boolean isInItsOwn() throws IOException {
    Path own = Path.of("/proc/self/ns/net");
    return !Files.readSymbolicLink(Path.of("/proc/%d/ns/net".formatted(holder.pid())))
        .equals(Files.readSymbolicLink(own));
  }

  private void ip(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "nsenter",
                "--user",
                "--net",
                "--preserve-credentials",
                "--target",
                String.valueOf(holder.pid()),
                "ip"));
    Stream.of(arguments).forEach(command::add);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + ": " + output);
    }
  }

  private void have(String... addresses) throws IOException, InterruptedException {
    ip("-6", "addr", "flush", "dev", "lan0", "scope", "global");
    for (String address : addresses) {
      ip("-6", "addr", "add", address, "dev", "lan0", "nodad");
    }
  }

  @Override
  String source() {
    return "interface";
  }

  @Override
  String shape() {
    return "a veth interface in a network namespace";
  }

  @Override
  Map<String, String> environment() {
    return Map.of(
        "METALLB_DYN6_INTERFACE_NAME",
        "lan0",
        "METALLB_DYN6_INTERFACE_TABLE",
        "/proc/%d/net/if_inet6".formatted(holder.pid()));
  }

  @Override
  void beGood() throws Exception {
    have(GOOD);
  }

  @Override
  List<Failure> failures() {
    return List.of(
        new Failure(
            "only a deprecated address",
            Map.of(),
            () -> {
              have(OTHER);
              ip(
                  "-6",
                  "addr",
                  "change",
                  OTHER,
                  "dev",
                  "lan0",
                  "preferred_lft",
                  "0",
                  "valid_lft",
                  "3600");
            },
            HELD
                + "(empty): no lasting global IPv6 address on interface lan0; interfaces with IPv6: lan0, lan1"),
        new Failure(
            "two prefixes after a router's restart",
            Map.of(),
            () -> have(OTHER, GOOD),
            HELD + "(several): several prefixes: "));
  }

  @Override
  public void close() {
    holder.destroyForcibly();
  }
}
