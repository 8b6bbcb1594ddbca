package io.github.metallbdyn6.kustomize;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.github.metallbdyn6.ipv6.AddressRange;
import io.github.metallbdyn6.ipv6.HostRange;
import io.github.metallbdyn6.pool.PoolPlan;
import io.github.metallbdyn6.pool.PoolState;
import io.github.metallbdyn6.pool.Transition;
import io.github.metallbdyn6.settings.Setting;
import io.github.metallbdyn6.settings.Settings;
import io.github.metallbdyn6.testbed.Manual;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands and files on the pages for people who come from another program work here. */
class ComingFromElsewhereTest {
  private static final String IPV4 = "192.0.2.10-192.0.2.20";
  private static final String A = "2001:db8:a::1000-2001:db8:a::1999";
  private static final String B = "2001:db8:b::1000-2001:db8:b::1999";
  private static final String C = "2001:db8:c::1000-2001:db8:c::1999";

  private static AddressRange range(String text) {
    return AddressRange.parseEntry(text).orElseThrow();
  }

  /** Returns the cells of each row whose first one is in code, by what that says. */
  private static Map<String, List<String>> rows(String page) throws IOException {
    return Manual.page(page)
        .lines()
        .filter(line -> line.startsWith("| `"))
        .map(line -> List.of(line.substring(2).split(" \\| ?", 0)))
        .collect(
            Collectors.toMap(
                cells -> cells.get(0).replaceAll("`(.*?)`.*", "$1"),
                cells -> cells,
                (one, another) -> one));
  }

  private static List<String> blocks(String page, String language) throws IOException {
    return Pattern.compile("(?ms)^ *```" + language + "\n(.*?)^ *```$")
        .matcher(Manual.page(page))
        .results()
        .map(match -> match.group(1))
        .toList();
  }

  @Nested
  class FromRust {
    private static final String PAGE = "from-metallb-dyn6-rust";

    /** All that the chart's values.yaml has. */
    private static final String VALUES =
        """
        image.repository image.pullPolicy image.tag imagePullSecrets nameOverride fullnameOverride
        loglevel dyn6.source dyn6.subnetOverride.enabled dyn6.subnetOverride.override
        dyn6.subnetOverride.prefixLength dyn6.updateInterval metallb.hostRange metallb.pool
        metallb.podsLabelSelector serviceAccount.annotations serviceAccount.name role.annotations
        role.name roleBinding.annotations roleBinding.name podAnnotations podSecurityContext
        securityContext labels resources nodeSelector tolerations affinity
        """;

    @Test
    void everyValueOfTheChartHasARow() throws IOException {
      assertThat(rows(PAGE)).containsKeys(VALUES.strip().split("\\s+"));
    }

    @Test
    void theSettingsAreRightAndMeanTheSame() throws IOException {
      Properties lines = new Properties();
      lines.load(new StringReader(blocks(PAGE, "sh").get(0)));
      Map<String, String> environment = new HashMap<>();
      lines.stringPropertyNames().forEach(it -> environment.put(it, lines.getProperty(it)));
      Settings settings = Settings.read(environment, new Properties());
      assertThat(settings.problems()).isEmpty();
      assertThat(settings.misspelled()).isEmpty();
      assertThat(settings.get(Setting.SUBNET_OVERRIDE)).isEqualTo("0:0:0:00cd::");
      assertThat(settings.number(Setting.UPDATE_INTERVAL)).isEqualTo(30);
    }

    @Test
    void thePatchPutsThePodWhereTheChartHasPutIt() throws IOException {
      Path overlay =
          Kubectl.writeOverlay(
              "from-the-chart",
              "resources: [\"{repo}/kustomize/base\"]\n" + blocks(PAGE, "yaml").get(1));
      Manifests built = Kubectl.build(overlay);
      assertThat(built.podSpec().getNodeSelector()).containsEntry("kubernetes.io/arch", "arm64");
      assertThat(built.podSpec().getTolerations())
          .extracting(Toleration::getKey)
          .containsExactly("home"); // the whole list, as the page says
    }

    @ParameterizedTest
    @ValueSource(strings = {"error", "warning", "info", "debug", "trace"})
    void everyLogLevelMeansWhatThePageSays(String level) throws IOException {
      Map<String, String> environment = new HashMap<>();
      environment.put("RUST_LOG", level);
      assertThat(rows(PAGE).get(level).get(1).replace("`", "").replaceAll("[ |]", ""))
          .isEqualTo(Settings.read(environment, new Properties()).get(Setting.LOG_LEVEL));
    }

    @ParameterizedTest
    @CsvSource({"ipaddresspools", "pods", "events"})
    void theVerbsAreThoseOfTheRole(String resource) throws IOException {
      List<String> verbs =
          Kubectl.build(Path.of("kustomize", "base")).the(Role.class).getRules().stream()
              .filter(rule -> rule.getResources().contains(resource))
              .map(PolicyRule::getVerbs)
              .flatMap(List::stream)
              .toList();
      String here = rows(PAGE).get(resource).get(2).replaceAll("[;|].*| of the one.*", "");
      assertThat(Arrays.stream(here.split(", ")).map(it -> it.replaceAll("[` ,]", "")))
          .filteredOn(it -> !it.isEmpty())
          .containsExactlyInAnyOrderElementsOf(verbs);
    }

    @Test
    void theDefaultsAreTheSame() {
      Settings settings = Settings.read(Map.of(), new Properties());
      assertThat(settings.get(Setting.SOURCE)).isEqualTo("my-ip");
      assertThat(settings.number(Setting.UPDATE_INTERVAL)).isEqualTo(60);
      assertThat(settings.get(Setting.METALLB_LABEL_SELECTOR))
          .isEqualTo("app.kubernetes.io/name=metallb,app.kubernetes.io/instance=metallb");
    }
  }

  @Nested
  class FromDynamicPrefixOperator {
    private static final String PAGE = "from-dynamic-prefix-operator";

    /** All that the CRD's spec has, and all annotations that users set on Services. */
    private static final String FIELDS =
        """
        acquisition.dhcpv6pd.interface acquisition.dhcpv6pd.requestedPrefixLength
        acquisition.routerAdvertisement.interface acquisition.routerAdvertisement.enabled
        acquisition.prefixFilter.requireGlobalUnicast addressRanges[].name addressRanges[].start
        addressRanges[].end subnets[].name subnets[].offset subnets[].prefixLength
        subnets[].bgp.advertise subnets[].bgp.community transition.mode
        transition.maxPrefixHistory status dynamic-prefix.io/name dynamic-prefix.io/suffix
        dynamic-prefix.io/service-address-range dynamic-prefix.io/service-subnet
        dynamic-prefix.io/skip-external-dns-update
        """;

    @Test
    void everyFieldHasARow() throws IOException {
      assertThat(rows(PAGE)).containsKeys(FIELDS.strip().split("\\s+"));
    }

    @Test
    void itsAddressRangeIsAHostRange() {
      String last = HostRange.parse("::f000:0:0:0-::ffff:ffff:ffff:ffff").last().toString();
      assertThat(last).isEqualTo(HostRange.parse("::/64").last().toString());
    }

    /** The command of the page copies the operator's record, which has the same form. */
    private static PoolState handedOn(String... written) {
      List<String> entries = new ArrayList<>(List.of(IPV4));
      entries.addAll(List.of(written));
      return PoolState.of(
          "7", entries, Map.of(PoolState.RECORD, String.join(",", written)), Instant.now());
    }

    @Test
    void theRangeThatServesStaysAndIsOurs() {
      for (Transition transition : Transition.values()) {
        PoolPlan plan = transition.plan(handedOn(B), range(B));
        assertThat(plan.isChanged()).isFalse();
        assertThat(transition.plan(handedOn(B), range(C)).summary()).contains(C);
      }
    }

    @Test
    void oldRangesGoAtOnceWithoutAHandover() {
      PoolPlan plan = Transition.REPLACE.plan(handedOn(B, A), range(B));
      assertThat(plan.addresses()).containsExactly(IPV4, B);
      assertThat(plan.record()).containsExactly(range(B));
    }

    @Test
    void oldRangesStayUntilServicesHaveLeftThemWithAHandover() {
      PoolPlan plan = Transition.HANDOVER.plan(handedOn(B, A), range(B));
      assertThat(plan.addresses()).containsExactly(IPV4, B, A);
      assertThat(plan.record()).containsExactly(range(B), range(A));
    }

    @Test
    void itsAnnotationsAreAllTakenOff() throws IOException {
      assertThat(blocks(PAGE, "sh").get(0))
          .contains(
              PoolState.RECORD + "=",
              "dynamic-prefix.io/name-",
              "dynamic-prefix.io/address-range-",
              "dynamic-prefix.io/subnet-",
              "dynamic-prefix.io/managed-addresses-",
              "dynamic-prefix.io/last-sync-");
    }
  }

  /** A script's merge patch leaves the two ranges, and no record. */
  @Test
  void aScriptsRangeIsTakenForOurs() throws IOException {
    String script = Manual.page("from-kubectl-patch");
    assertThat(script).contains("METALLB_DYN6_HOST_RANGE=::1000-::1999", "$prefix::1000-");
    PoolState pool = PoolState.of("7", List.of(IPV4, A), Map.of(), Instant.now());
    for (Transition transition : Transition.values()) {
      assertThat(transition.plan(pool, range(A)).isChanged()).isFalse();
      assertThat(transition.plan(pool, range(B)).addresses()).contains(IPV4, B);
    }
    assertThat(Transition.REPLACE.plan(pool, range(B)).addresses()).containsExactly(IPV4, B);
  }

  /** The shell commands are of a shell's grammar. */
  @ParameterizedTest
  @ValueSource(
      strings = {"from-metallb-dyn6-rust", "from-dynamic-prefix-operator", "from-kubectl-patch"})
  void theCommandsCanBeParsed(String page) throws Exception {
    for (String block : blocks(page, "sh")) {
      Path script = Files.writeString(Files.createTempFile("block", ".sh"), block);
      Process shell = new ProcessBuilder("sh", "-n", script.toString()).inheritIO().start();
      assertThat(shell.waitFor()).as(block).isZero();
      Files.delete(script);
    }
  }
}
