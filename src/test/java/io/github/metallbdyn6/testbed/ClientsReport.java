package io.github.metallbdyn6.testbed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Says which client programs were run for real, and what stands for those that cannot be. */
public final class ClientsReport {
  private static final Path FILE = Path.of("target", "clients.md");

  private static final String NOT_RUN =
      """

      ## Not run here

      | client | why | what stands for it |
      |---|---|---|
      | FRITZ!Box | it is a device | its calls byte for byte, with nothing escaped, and with the Basic header that it adds: `PushTest`, `PushGateTest`, `PushIT` |
      | OPNsense (os-ddclient, native) | it is a system of its own | its call, which is ddclient's but for the status that it reads: `PushTest`, `PushPortTest` |
      | ddclient 3.11 and later | not in Debian 12 | the configuration and the answers are those of 3.10 |
      | odhcp6c | not in Debian | `src/hooks/odhcp6c.sh` with the variables and arguments that it passes: `HooksTest` |
      | networkd-dispatcher | needs systemd as the first process | `src/hooks/systemd-networkd.sh` is run by the test, in the network of a real systemd-networkd |
      """;

  private final Map<String, String> rows = new LinkedHashMap<>();

  /** Notes that a client has done all of this. */
  public synchronized void passed(String client, String version, String what, String with) {
    rows.put(client, "| %s | %s | %s | %s |".formatted(client, version, what, with));
  }

  /** Writes it. */
  public synchronized void write() throws IOException {
    Files.createDirectories(FILE.getParent());
    Files.writeString(
        FILE,
        "# Real clients\n\nEach told the program, until the pool had the range.\n\n"
            + "| client | version | what | with |\n|---|---|---|---|\n"
            + String.join("\n", rows.values())
            + "\n"
            + NOT_RUN);
  }
}
