package io.github.metallbdyn6.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.metallbdyn6.testbed.HomeWithServices;
import io.github.metallbdyn6.testbed.Insider;
import io.github.metallbdyn6.testbed.Installation;
import io.github.metallbdyn6.testbed.ProgramProcess;
import io.github.metallbdyn6.testbed.RealApiServer;
import io.github.metallbdyn6.testbed.RealMetalLbRelease;
import io.github.metallbdyn6.testbed.RealParts;
import io.github.metallbdyn6.testbed.TestServices;
import io.github.metallbdyn6.testbed.TestServices.Wanted;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The whole program as it runs in its pod, with a real API server and a real MetalLB, the services
 * of a peaceful namespace, and somebody who may edit the services of another one.
 */
final class Neighbourhood implements AutoCloseable {
  /** Two cores run four programs. */
  private static final Duration SOON = Duration.ofSeconds(20);

  private static final Duration START = Duration.ofSeconds(90);

  final RealApiServer api;
  final Insider insider;
  final ProgramProcess program;
  private final Duration patience;
  private final HomeWithServices home;
  private final Installation installation;
  private final Map<String, List<String>> hostPartsAndIpv4 = new TreeMap<>();
  private int prefixes = 1;

  /**
   * Starts everything, and waits for nothing: what does not start can be closed.
   *
   * @param patience how long MetalLB may take for a service; an old range stays twice as long at
   *     most
   */
  Neighbourhood(RealMetalLbRelease release, Duration patience) {
    RealParts.require();
    this.api = release.server();
    this.patience = patience;
    home = HomeWithServices.real(release, prefix());
    TestServices services = home.services();
    services.create(Wanted.dualStack("web"));
    services.create(Wanted.dualStack("mail"));
    services.create(
        Wanted.dualStack("pinned")
            .annotated("metallb.universe.tf/loadBalancerIPs", "192.0.2.25," + prefix() + "::1500"));
    services.create(Wanted.ipv6Only("six"));
    insider = new Insider(api);
    installation =
        new Installation(api, home.cluster().namespace(), List.of("handover", "handover-policy"));
    program =
        installation.start(
            home.isp(),
            Map.of(
                "METALLB_DYN6_RELOAD_TIMEOUT",
                String.valueOf(patience.toSeconds()),
                "METALLB_DYN6_MAX_CHANGES_PER_HOUR",
                "0"));
  }

  /** Waits until everybody has addresses, and passes follow one another. */
  void awaitStart() {
    for (String name : services().names()) {
      soon(() -> assertThat(services().addresses(name)).isNotEmpty());
      hostPartsAndIpv4.put(name, withoutPrefix(services().addresses(name)));
    }
    awaitPasses(2);
  }

  private List<String> withoutPrefix(List<String> addresses) {
    return addresses.stream().map(it -> it.replace(prefix(), "")).sorted().toList();
  }

  /** Returns the present prefix, written like {@code 2001:db8:1}. */
  String prefix() {
    return "2001:db8:" + prefixes;
  }

  /** Returns the peaceful services. */
  TestServices services() {
    return home.services();
  }

  String pool() {
    return home.cluster().namespace() + "/public";
  }

  /** Returns how the pool's entries are. */
  List<String> entries() {
    return home.cluster().addresses();
  }

  /** Creates a service of the insider's, and returns its addresses when it has some. */
  List<String> create(Wanted wanted) {
    insider.services().create(wanted);
    soon(() -> assertThat(insider.services().addresses(wanted.name())).isNotEmpty());
    return insider.services().addresses(wanted.name());
  }

  static void soon(Runnable assertion) {
    await().atMost(SOON).untilAsserted(assertion::run);
  }

  void awaitPasses(int passes) {
    int asked = home.isp().timesAsked();
    await().atMost(START).until(() -> home.isp().timesAsked() > asked + passes);
  }

  /** The ISP gives another prefix. */
  void changePrefix() {
    prefixes++;
    home.changePrefix(prefix());
  }

  /** Every peaceful service gets under the present prefix, with its IPv4 address and host part. */
  void awaitEverybodyUnderThePrefix() {
    awaitEverybodyUnderThePrefix(SOON);
  }

  /** The same, where others make the cluster slow. */
  void awaitEverybodyUnderThePrefix(Duration atMost) {
    hostPartsAndIpv4.forEach(
        (name, parts) ->
            await()
                .atMost(atMost)
                .untilAsserted(
                    () ->
                        assertThat(withoutPrefix(services().addresses(name)))
                            .as(() -> name + "\n" + program.output())
                            .isEqualTo(parts)));
    assertThat(program.isRunning()).isTrue();
  }

  /** The range of no older prefix stays in the pool. */
  void awaitOnlyThePrefix() {
    await()
        .atMost(SOON.plus(patience.multipliedBy(2)))
        .untilAsserted(
            () ->
                assertThat(entries())
                    .as(program::output)
                    .containsExactly(HomeWithServices.pool(prefix())));
  }

  @Override
  public void close() throws Exception {
    program.close();
    insider.close();
    installation.close();
    home.close();
  }
}
