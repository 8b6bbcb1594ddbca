package io.github.metallbdyn6.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An ISP's DHCPv6 server, Kea, which delegates one prefix to one home, for seconds. */
public final class PrefixServer {
  private final NetNamespace isp;
  private final Path folder;
  private final String link;

  /**
   * A copy, since a profile of AppArmor may let the installed one use only the system's folders.
   */
  private final Path program;

  private NetNamespace.@Nullable Running kea;

  /** Serves at this end of a cable; nothing is delegated yet. */
  public PrefixServer(NetNamespace isp, String link, Path folder) throws IOException {
    this.isp = isp;
    this.link = link;
    this.folder = folder;
    this.program =
        Files.copy(
            InstalledProgram.find("kea-dhcp6", "kea-dhcp6-server"), folder.resolve("kea-dhcp6"));
  }

  /** From now on this is the home's prefix, {@code 2001:db8:b::/56}; the old one is withdrawn. */
  public void delegate(String prefix) throws IOException {
    stop();
    Path config =
        Files.writeString(
            folder.resolve("kea.json"),
            """
            {"Dhcp6": {
              "data-directory": "%1$s",
              "interfaces-config": {"interfaces": ["%2$s"]},
              "lease-database": {"type": "memfile", "name": "%1$s/leases.csv", "lfc-interval": 0},
              "renew-timer": 3, "rebind-timer": 6, "preferred-lifetime": 20, "valid-lifetime": 40,
              "subnet6": [{
                "id": 1, "subnet": "2001:db8:ff::/64", "interface": "%2$s",
                "pools": [{"pool": "2001:db8:ff::100-2001:db8:ff::1ff"}],
                "pd-pools": [{"prefix": "%3$s", "prefix-len": %4$s, "delegated-len": %4$s}]
              }],
              "loggers": [{"name": "kea-dhcp6", "severity": "INFO", "output_options": [{"output": "stdout"}]}]
            }}
            """
                .formatted(
                    folder,
                    link,
                    prefix.substring(0, prefix.indexOf('/')),
                    prefix.substring(prefix.indexOf('/') + 1)));
    NetNamespace.Running started =
        isp.start(
            "env",
            "KEA_PIDFILE_DIR=" + folder,
            "KEA_LOCKFILE_DIR=none",
            program.toString(),
            "-c",
            config.toString());
    kea = started;
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> started.output().contains("DHCP6_STARTED") || !started.isRunning());
    assertThat(started.output()).contains("DHCP6_STARTED");
  }

  /** Answers nobody any more. */
  public void stop() {
    NetNamespace.Running running = kea;
    if (running != null) {
      isp.signal("KILL", "kea-dhcp6");
      await().atMost(Duration.ofSeconds(10)).until(() -> !running.isRunning());
    }
  }
}
