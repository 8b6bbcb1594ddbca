package io.github.metallbdyn6.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.metallbdyn6.testbed.ClientsReport;
import io.github.metallbdyn6.testbed.FreePort;
import io.github.metallbdyn6.testbed.InstalledProgram;
import io.github.metallbdyn6.testbed.Manual;
import io.github.metallbdyn6.testbed.NetNamespace;
import io.github.metallbdyn6.testbed.PrefixServer;
import io.github.metallbdyn6.testbed.ProgramProcess;
import io.github.metallbdyn6.testbed.Pusher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * The jar and the programs that tell it the prefix: real ones, with the configuration that the
 * manual prints, in a network of their own. Leaves {@code target/clients.md}.
 */
@EnabledOnOs(OS.LINUX)
class ClientsIT extends AtHome {
  private static final String TOKEN = "4f1d0c9b8a7e6d5c4b3a";
  private static final String LAN = "br-lan";
  private static final String ULA = "fd00:db8::1/64";
  private static final ClientsReport REPORT = new ClientsReport();

  private final int port = FreePort.find();

  @AfterAll
  static void writeReport() throws IOException {
    REPORT.write();
  }

  private void awaitRange(String prefix) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(home.cluster().addresses())
                    .contains("%1$s:1000-%1$s:1999".formatted(prefix)));
  }

  private static void awaitSaid(ProgramProcess program, String text) {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(program.output()).contains(text));
  }

  private static void awaitSaid(NetNamespace.Running client, String text) {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(client.output()).contains(text));
  }

  // Clients that push

  private ProgramProcess startTold() {
    Pusher self = new Pusher(port);
    environment.putAll(self.variables(TOKEN));
    environment.put("METALLB_DYN6_ALLOWED_PREFIXES", "2001:db8:b::/48,2001:db8:c::/48");
    ProgramProcess program = ProgramProcess.start(environment);
    await().atMost(PATIENCE).until(() -> self.isHeard() || !program.isRunning());
    assertThat(program.isRunning()).as(program.output()).isTrue();
    return program;
  }

  /** A router whose home has the Service's address, and which calls the program there. */
  private void connect(NetNamespace router) throws IOException {
    addLink(router, LAN);
    addLink(router, "service");
    router.ip("address add 192.0.2.20/24 dev service");
    router.lead("192.0.2.20", 8245, port);
  }

  private static void addLink(NetNamespace router, String name) {
    router.ip("link add %s type bridge".formatted(name));
    router.ip("link set %s up".formatted(name));
  }

  private Path config(String file, String token) throws IOException {
    Path config = folder.resolve(Path.of(file).getFileName());
    Files.deleteIfExists(config);
    Files.writeString(config, Manual.block(file).replace("TOKEN", token));
    config.toFile().setReadable(false, false);
    config.toFile().setReadable(true, true);
    return config;
  }

  @Test
  void ddclient() throws Exception {
    InstalledProgram.find("ddclient", "ddclient");
    try (ProgramProcess program = startTold();
        NetNamespace router = NetNamespace.create("router", folder)) {
      connect(router);
      router.address(LAN, ULA, "2001:db8:b::1/64");
      assertThat(ddclient(router, TOKEN)).contains("good: IP address set to 2001:db8:b::1");
      awaitFollowed();
      router.address(LAN, ULA, "2001:db8:c::1/64");
      assertThat(ddclient(router, TOKEN)).contains("good: IP address set to 2001:db8:c::1");
      awaitRange("2001:db8:c:");

      router.address(LAN, "2001:db8:d::1/64");
      assertThat(ddclient(router, TOKEN))
          .contains("FAILED", "911 2001:db8:d::1/128 lies in none of");
      awaitSaid(program, "A push from 127.0.0.1 was not taken: 2001:db8:d::1/128 lies in none of");
      assertThat(ddclient(router, TOKEN + "x")).contains("badauth: Bad authorization");
      awaitSaid(program, "A push from 127.0.0.1 was not taken: wrong token, user or password.");
      awaitRange("2001:db8:c:");
      REPORT.passed(
          "ddclient",
          router.run("ddclient", "-help").replaceAll("(?s).*?ddclient version ([0-9.]+).*", "$1"),
          "push, another prefix, a doubtful prefix, a wrong token",
          "`/etc/ddclient.conf` of the manual");
    }
  }

  /** Once, with an empty cache: otherwise it would wait for 30 s after the last one. */
  private String ddclient(NetNamespace router, String token) throws IOException {
    Path cache = folder.resolve("ddclient.cache");
    Files.deleteIfExists(cache);
    return router.run(
        "ddclient",
        "-foreground",
        "-daemon=0",
        "-file",
        config("/etc/ddclient.conf", token).toString(),
        "-cache",
        cache.toString());
  }

  @Test
  void inadyn() throws Exception {
    InstalledProgram.find("inadyn", "inadyn");
    try (ProgramProcess program = startTold();
        NetNamespace router = NetNamespace.create("router", folder)) {
      connect(router);
      router.address(LAN, ULA, "2001:db8:b::1/64");
      NetNamespace.Running inadyn =
          router.start(
              "inadyn",
              "--foreground",
              "--no-pidfile",
              "--cache-dir=" + folder,
              "--config=" + config("/etc/inadyn.conf", TOKEN));
      awaitSaid(inadyn, "new IP# 2001:db8:b::1");
      awaitFollowed();

      router.address(LAN, ULA, "2001:db8:c::1/64");
      router.signal("USR2", "inadyn"); // look at the address now, and not in five minutes
      awaitRange("2001:db8:c:");
      router.address(LAN, "2001:db8:d::1/64");
      router.signal("USR2", "inadyn");
      awaitSaid(inadyn, "911 2001:db8:d::1/128 lies in none of");
      awaitSaid(program, "A push from 127.0.0.1 was not taken: 2001:db8:d::1/128 lies in none of");
      assertThat(inadyn.output()).contains("Will retry again");

      router.address(LAN, ULA, "2001:db8:b::1/64");
      router.signal("USR2", "inadyn");
      awaitRange("2001:db8:b:");
      assertThat(inadyn.isRunning()).as(inadyn.output()).isTrue();
      REPORT.passed(
          "inadyn",
          router.run("inadyn", "--version").strip(),
          "push, another prefix, a doubtful prefix and what comes after it",
          "`/etc/inadyn.conf` of the manual");
    }
  }

  // Clients that ask for a prefix, and their hooks

  private Path runFolder() throws IOException {
    return Files.createDirectories(folder.resolve("run"));
  }

  private ProgramProcess startWithFile() throws IOException {
    environment.put("METALLB_DYN6_SOURCE", "file");
    environment.put("METALLB_DYN6_FILE_PATH", runFolder().resolve("prefix").toString());
    environment.put("METALLB_DYN6_SUBNET_OVERRIDE", "::");
    return ProgramProcess.start(environment);
  }

  /** A router with the ISP's side, wan0, and the home's. */
  private static void connect(NetNamespace router, NetNamespace isp) {
    isp.cable("up0", router, "wan0");
    isp.address("up0", "fe80::1/64", "2001:db8:ff::1/64");
    addLink(router, LAN);
  }

  private String[] asRouter(Map<String, String> etc, String... command) throws IOException {
    Path files = Files.createDirectories(folder.resolve("etc"));
    for (Map.Entry<String, String> file : etc.entrySet()) {
      Path path = files.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
    String[] words = new String[command.length + 4];
    words[0] = "sh";
    words[1] = Path.of("src/test/resources/clients/as-router.sh").toAbsolutePath().toString();
    words[2] = runFolder().toString();
    words[3] = files.toString();
    System.arraycopy(command, 0, words, 4, command.length);
    return words;
  }

  @Test
  void dhcpcd() throws Exception {
    InstalledProgram.find("dhcpcd", "dhcpcd-base");
    try (NetNamespace isp = NetNamespace.create("isp", folder);
        NetNamespace router = NetNamespace.create("router", folder);
        ProgramProcess program = startWithFile()) {
      connect(router, isp);
      PrefixServer server = new PrefixServer(isp, "up0", folder);
      server.delegate("2001:db8:b::/56");
      NetNamespace.Running dhcpcd =
          router.start(
              asRouter(
                  Map.of(
                      "dhcpcd.conf", Manual.block("/etc/dhcpcd.conf"),
                      "dhcpcd.exit-hook", Files.readString(Path.of("src/hooks/dhcpcd.sh"))),
                  "dhcpcd",
                  "--nobackground",
                  "--nodev")); // no udev knows of this network
      awaitFollowed();
      awaitRenewal();
      server.delegate("2001:db8:c::/56");
      awaitRange("2001:db8:c:");

      server.stop();
      awaitSaid(program, "/prefix (dhcpcd: EXPIRE6 on wan0)");
      server.delegate("2001:db8:e::/56");
      awaitRange("2001:db8:e:");
      router.signal("ALRM", "dhcpcd"); // release, as dhcpcd -k does
      awaitSaid(program, "/prefix (dhcpcd: STOPPED on wan0)");
      awaitRange("2001:db8:e:");
      assertThat(dhcpcd.output()).doesNotContain("dhcpcd.exit-hook:");
      REPORT.passed(
          "dhcpcd",
          router.run("dhcpcd", "--version").replaceAll("(?s)dhcpcd ([0-9.]+).*", "$1"),
          "lease, renewal, another prefix, expiry, release",
          "`/etc/dhcpcd.conf` of the manual, `src/hooks/dhcpcd.sh`, against " + kea(isp));
    }
  }

  private static String kea(NetNamespace isp) {
    return "Kea " + isp.run("kea-dhcp6", "-v").strip();
  }

  /** The same prefix is written again, with its lifetimes. */
  private void awaitRenewal() throws IOException {
    Path file = runFolder().resolve("prefix");
    var before = Files.getLastModifiedTime(file);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(Files.getLastModifiedTime(file)).isGreaterThan(before));
    assertThat(Files.readString(file)).isEqualTo("# wan0\n2001:db8:b::/56 20 40\n");
  }

  @Test
  void systemdNetworkd() throws Exception {
    InstalledProgram.find("systemd-networkd", "systemd");
    try (NetNamespace isp = NetNamespace.create("isp", folder);
        NetNamespace router = NetNamespace.create("router", folder);
        ProgramProcess program = startWithFile()) {
      connect(router, isp);
      PrefixServer server = new PrefixServer(isp, "up0", folder);
      server.delegate("2001:db8:b::/56");
      NetNamespace.Running networkd =
          router.start(
              asRouter(
                  new HashMap<>(
                      Map.of(
                          "systemd/network/wan.network",
                          """
                          [Match]
                          Name=wan0
                          [Network]
                          DHCP=ipv6
                          IPv6AcceptRA=no
                          [DHCPv6]
                          WithoutRA=solicit
                          """,
                          "systemd/network/lan.network",
                          """
                          [Match]
                          Name=br-lan
                          [Network]
                          DHCPPrefixDelegation=yes
                          IPv6AcceptRA=no
                          """)),
                  "env",
                  "SYSTEMD_LOG_TARGET=console",
                  "/lib/systemd/systemd-networkd"));
      awaitHooked(router, "2001:db8:b:");
      awaitFollowed();
      server.delegate("2001:db8:c::/56");
      awaitHooked(router, "2001:db8:c:");
      awaitRange("2001:db8:c:");
      assertThat(router.run("ip", "-6", "route", "show", "type", "unreachable"))
          .as("the route that it keeps")
          .contains("2001:db8:b::/56", "2001:db8:c::/56");
      assertThat(program.output()).doesNotContain("several prefixes");
      assertThat(networkd.isRunning()).as(networkd.output()).isTrue();
      REPORT.passed(
          "systemd-networkd",
          router
              .run("/lib/systemd/systemd-networkd", "--version")
              .replaceAll("(?s)systemd (\\d+).*", "$1"),
          "lease, another prefix beside the route of the old one",
          "`src/hooks/systemd-networkd.sh`, run by the test as the timer does, against "
              + kea(isp));
    }
  }

  /** Runs the hook as the timer does, until it has found this prefix. */
  private void awaitHooked(NetNamespace router, String prefix) throws IOException {
    Path hook = Path.of("src/hooks/systemd-networkd.sh").toAbsolutePath();
    Path file = runFolder().resolve("prefix");
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(router.run("env", "METALLB_DYN6_FOLDER=" + runFolder(), hook.toString()))
                  .isEmpty();
              assertThat(Files.readString(file)).isEqualTo(prefix + ":/56\n");
            });
  }
}
