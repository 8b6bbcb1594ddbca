package io.github.metallbdyn6.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.metallbdyn6.answer.RefusedAnswer;
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
import org.junit.jupiter.params.provider.CsvSource;
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

  /** Variables of dhcpcd 9.4.1 when the delegation has changed; either may come first. */
  @ParameterizedTest
  @CsvSource({"1, 2", "2, 1"})
  void dhcpcdTellsTheNewPrefixBesideTheOneThatIsWithdrawn(
      int withdrawn, int current, @TempDir Path folder) throws Exception {
    Map<String, String> variables = new HashMap<>(Map.of("interface", "eth0", "reason", "REBIND6"));
    variables.putAll(delegation("ia_pd1_prefix" + withdrawn, "2001:db8:9:9900::", 0, 0));
    variables.putAll(delegation("ia_pd1_prefix" + current, "2001:db8:0:1200::", 3600, 7200));
    Map<String, Object> headers = new HashMap<>();

    sourced(folder, "dhcpcd.sh", variables);
    assertThat(source(folder, headers)).isEqualTo("2001:db8:0:1200::/56");
    assertLifetimes(headers);
  }

  @Test
  void dhcpcdTellsThePrefixesOfEveryAssociation(@TempDir Path folder) throws Exception {
    Map<String, String> variables = new HashMap<>(Map.of("interface", "eth0", "reason", "BOUND6"));
    variables.putAll(delegation("ia_pd1_prefix1", "fd00:db8::", 3600, 7200));
    variables.putAll(delegation("ia_pd12_prefix1", "2001:db8:0:1200::", 3600, 7200));

    sourced(folder, "dhcpcd.sh", variables);
    assertThat(source(folder, new HashMap<>())).isEqualTo("fd00:db8::/56\n2001:db8:0:1200::/56");
  }

  private static Map<String, String> delegation(
      String association, String prefix, int preferred, int valid) {
    String name = "new_dhcp6_" + association;
    return Map.of(
        name,
        prefix,
        name + "_length",
        "56",
        name + "_pltime",
        String.valueOf(preferred),
        name + "_vltime",
        String.valueOf(valid));
  }

  @ParameterizedTest
  @ValueSource(strings = {"RELEASE6", "EXPIRE6", "STOP6", "STOPPED"})
  void dhcpcdTellsThatThePrefixIsGone(String reason, @TempDir Path folder) throws Exception {
    sourced(folder, "dhcpcd.sh", DHCPCD);
    assertThat(sourced(folder, "dhcpcd.sh", Map.of("interface", "br-lan", "reason", reason)))
        .isEqualTo("goes on\n");
    assertThat(source(folder, new HashMap<>()))
        .as("another interface's end says nothing of it")
        .isEqualTo("2001:db8:0:1200::/56");

    sourced(folder, "dhcpcd.sh", Map.of("interface", "eth0", "reason", reason));
    assertNoPrefix(folder, "dhcpcd: " + reason + " on eth0");
  }

  private static void assertNoPrefix(Path folder, String reason) {
    assertThatThrownBy(() -> source(folder, new HashMap<>()))
        .isInstanceOf(RefusedAnswer.class)
        .hasMessage(
            "there is no prefix in %s (%s)".formatted(folder.resolve("run/prefix"), reason));
  }

  @Test
  void dhcpcdThatEndsWithoutAPrefixWritesNothing(@TempDir Path folder) throws Exception {
    sourced(folder, "dhcpcd.sh", Map.of("interface", "eth0", "reason", "STOPPED"));
    assertThat(folder.resolve("run")).doesNotExist();
  }

  @Test
  void odhcp6cTellsThePrefixes(@TempDir Path folder) throws Exception {
    Map<String, Object> headers = new HashMap<>();
    String old = "2001:db8:9:9900::/56,0,600";
    String current = "2001:db8:0:1200::/56,3600,7200,excluded=2001:db8:0:1200::/64,class=1";

    odhcp6c(folder, "bound", Map.of("PREFIXES", old + " " + current));
    assertThat(source(folder, headers)).isEqualTo("2001:db8:0:1200::/56");
    assertLifetimes(headers);
  }

  @Test
  void odhcp6cWithoutAPrefixLeavesTheFileAlone(@TempDir Path folder) throws Exception {
    odhcp6c(folder, "bound", Map.of("PREFIXES", "2001:db8:0:1200::/56,3600,7200"));
    odhcp6c(folder, "informed", Map.of("PREFIXES", ""));
    odhcp6c(folder, "ra-updated", Map.of());
    assertThat(source(folder, new HashMap<>())).isEqualTo("2001:db8:0:1200::/56");
  }

  @ParameterizedTest
  @ValueSource(strings = {"unbound", "stopped"})
  void odhcp6cTellsThatThePrefixIsGone(String state, @TempDir Path folder) throws Exception {
    Map<String, String> last = Map.of("PREFIXES", "2001:db8:0:1200::/56,3600,7200");
    odhcp6c(folder, "bound", last);
    run(folder, last, "sh", "-euc", ". ./src/hooks/odhcp6c.sh", "sh", "eth9", state);
    assertThat(source(folder, new HashMap<>())).isEqualTo("2001:db8:0:1200::/56");

    odhcp6c(folder, state, last);
    assertNoPrefix(folder, "odhcp6c: " + state + " on wan6");
  }

  /** OpenWrt's script sources it with its own arguments, interface and state. */
  private static void odhcp6c(Path folder, String state, Map<String, String> variables)
      throws Exception {
    String script = ". ./src/hooks/odhcp6c.sh; echo goes on";
    assertThat(run(folder, variables, "sh", "-euc", script, "sh", "wan6", state))
        .isEqualTo("goes on\n");
  }

  @Test
  void systemdNetworkdHasARouteForThePrefix(@TempDir Path folder) throws Exception {
    Map<String, Object> headers = new HashMap<>();

    run(folder, withRoutes(folder, ROUTES, ""), "src/hooks/systemd-networkd.sh");
    assertThat(source(folder, headers)).isEqualTo("2001:db8:0:1200::/56");
    assertThat(headers).isEmpty();

    run(folder, withRoutes(folder, "", ""), "src/hooks/systemd-networkd.sh");
    assertNoPrefix(folder, "systemd-networkd: no prefix is delegated");
  }

  /** After a change systemd-networkd 252 keeps the old route for hours. */
  @ParameterizedTest
  @CsvSource({
    "2001:db8:0:1200::/56, 2001:db8:0:1200::/56",
    "2001:db8:9:9900::/56, 2001:db8:9:9900::/56",
    "none,                 2001:db8:9:9900::/56 2001:db8:0:1200::/56"
  })
  void systemdNetworkdHasAnAddressOnlyUnderThePrefixThatItUses(
      String used, String told, @TempDir Path folder) throws Exception {
    String both = ROUTES.replace("0:1200", "9:9900") + ROUTES;

    run(folder, withRoutes(folder, both, used), "src/hooks/systemd-networkd.sh");
    assertThat(source(folder, new HashMap<>())).isEqualTo(told.replace(' ', '\n'));
  }

  /** Puts a program named ip before the real one, which would need such routes and addresses. */
  private static Map<String, String> withRoutes(Path folder, String routes, String used)
      throws IOException {
    Path programs = Files.createDirectories(folder.resolve("bin"));
    Files.writeString(folder.resolve("routes"), routes);
    Path ip =
        Files.writeString(
            programs.resolve("ip"),
            """
            #!/bin/sh
            case "$*" in
            "-6 route show type unreachable proto dhcp") cat %s ;;
            "-6 -o address show to %s scope global -deprecated") echo an address ;;
            esac
            """
                .formatted(folder.resolve("routes"), used));
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
