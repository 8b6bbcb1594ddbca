package io.github.metallbdyn6.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The hooks in {@code src/hooks/}, called as their daemons call them, write what the source reads.
 */
@EnabledOnOs(OS.LINUX)
class HooksTest {
  private static final Map<String, String> DHCPCD =
      Map.of(
          "interface", "eth0",
          "reason", "BOUND6",
          "new_dhcp6_ia_pd1_prefix1", "2001:db8:0:1200::",
          "new_dhcp6_ia_pd1_prefix1_length", "56",
          "new_dhcp6_ia_pd1_prefix1_pltime", "3600",
          "new_dhcp6_ia_pd1_prefix1_vltime", "7200");

  private static final String ROUTES =
      """
      unreachable 2001:db8:0:1200::/56 dev lo proto dhcp metric 1024 pref medium
      """;

  /** Runs a hook in an empty environment but for these, and returns what it printed. */
  private static String run(Path folder, Map<String, String> variables, String... command)
      throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().retainAll(Set.of("PATH"));
    builder.environment().putAll(variables);
    builder.environment().put("METALLB_DYN6_FOLDER", folder.resolve("run").toString());
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  private static String sourced(Path folder, String hook, Map<String, String> variables)
      throws Exception {
    return run(folder, variables, "sh", "-euc", ". ./src/hooks/" + hook + "; echo goes on");
  }

  private static String source(Path folder, Map<String, Object> headers) throws IOException {
    assertThat(folder.resolve("run")).isDirectoryContaining(it -> it.endsWith("prefix"));
    try (var files = Files.list(folder.resolve("run"))) {
      assertThat(files).as("nothing half-written stays").hasSize(1);
    }
    return new PrefixFile().read(folder.resolve("run/prefix").toString(), headers);
  }

  private static void assertLifetimes(Map<String, Object> headers) {
    assertThat((Long) headers.get("preferredLifetime")).isBetween(3000L, 3600L);
    assertThat((Long) headers.get("validLifetime")).isBetween(6600L, 7200L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"BOUND6", "RENEW6", "REBIND6", "REBOOT6"})
  void dhcpcdTellsThePrefix(String reason, @TempDir Path folder) throws Exception {
    Map<String, String> variables = new HashMap<>(DHCPCD);
    variables.put("reason", reason);
    Map<String, Object> headers = new HashMap<>();

    assertThat(sourced(folder, "dhcpcd.sh", variables)).isEqualTo("goes on\n");
    assertThat(source(folder, headers)).isEqualTo("2001:db8:0:1200::/56");
    assertLifetimes(headers);
  }

  @Test
  void dhcpcdWithoutAPrefixLeavesTheFileAlone(@TempDir Path folder) throws Exception {
    sourced(folder, "dhcpcd.sh", DHCPCD);
    run(
        folder,
        Map.of("reason", "BOUND", "interface", "eth0", "new_ip_address", "192.0.2.7"),
        "sh",
        "-c",
        ". ./src/hooks/dhcpcd.sh");
    run(folder, Map.of("reason", "BOUND6"), "sh", "-c", ". ./src/hooks/dhcpcd.sh");
    assertThat(source(folder, new HashMap<>())).isEqualTo("2001:db8:0:1200::/56");
  }

  @Test
  void odhcp6cTellsThePrefixes(@TempDir Path folder) throws Exception {
    Map<String, Object> headers = new HashMap<>();
    String old = "2001:db8:9:9900::/56,0,600";
    String current = "2001:db8:0:1200::/56,3600,7200,excluded=2001:db8:0:1200::/64,class=1";

    sourced(folder, "odhcp6c.sh", Map.of("PREFIXES", old + " " + current));
    assertThat(source(folder, headers)).isEqualTo("2001:db8:0:1200::/56");
    assertLifetimes(headers);
  }

  @Test
  void odhcp6cWithoutAPrefixLeavesTheFileAlone(@TempDir Path folder) throws Exception {
    sourced(folder, "odhcp6c.sh", Map.of("PREFIXES", "2001:db8:0:1200::/56,3600,7200"));
    sourced(folder, "odhcp6c.sh", Map.of("PREFIXES", ""));
    assertThat(source(folder, new HashMap<>())).isEqualTo("2001:db8:0:1200::/56");
  }

  @Test
  void systemdNetworkdHasARouteForThePrefix(@TempDir Path folder) throws Exception {
    Map<String, Object> headers = new HashMap<>();
    Map<String, String> path = withRoutes(folder, ROUTES);

    run(folder, path, "src/hooks/systemd-networkd.sh");
    assertThat(source(folder, headers)).isEqualTo("2001:db8:0:1200::/56");
    assertThat(headers).isEmpty();

    run(folder, withRoutes(folder, ""), "src/hooks/systemd-networkd.sh");
    assertThat(source(folder, headers)).isEqualTo("2001:db8:0:1200::/56");
  }

  /** Puts a program named ip before the real one, which would need such a route. */
  private static Map<String, String> withRoutes(Path folder, String routes) throws IOException {
    Path programs = Files.createDirectories(folder.resolve("bin"));
    Files.writeString(folder.resolve("routes"), routes);
    Path ip =
        Files.writeString(
            programs.resolve("ip"),
            """
            #!/bin/sh
            [ "$*" = "-6 route show type unreachable proto dhcp" ] && cat %s
            """
                .formatted(folder.resolve("routes")));
    assertThat(ip.toFile().setExecutable(true)).isTrue();
    return Map.of("PATH", programs + ":" + System.getenv("PATH"));
  }

  @Test
  void areAllThereAre() throws IOException {
    try (var files = Files.list(Path.of("src", "hooks"))) {
      assertThat(files.map(it -> String.valueOf(it.getFileName())))
          .containsExactlyInAnyOrderElementsOf(
              List.of("dhcpcd.sh", "odhcp6c.sh", "systemd-networkd.sh"));
    }
  }
}
