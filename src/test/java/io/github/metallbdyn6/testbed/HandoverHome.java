package io.github.metallbdyn6.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.metallbdyn6.testbed.TestServices.Wanted;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A home whose ISP has just changed the prefix, with two services that would lose addresses if the
 * range were replaced: one is automatic and the first free address is another one, one is pinned.
 */
public final class HandoverHome implements ChangedHome {
  private static final String BEFORE = "2001:db8:a";

  /** The range that services leave. */
  static final String OLD_RANGE = HomeWithServices.range(BEFORE);

  private static final String AFTER = "2001:db8:b";
  private static final String PIN = "metallb.universe.tf/loadBalancerIPs";

  private final HomeWithServices home;
  private final Map<String, String> podsBefore;

  /** Sets everything up; the program is not running yet. */
  public HandoverHome(MetalLbRelease release) {
    home = HomeWithServices.fake(release, BEFORE);
    create(Wanted.dualStack("gone"));
    create(Wanted.dualStack("automatic"));
    create(Wanted.dualStack("pinned").annotated(PIN, "192.0.2.25," + BEFORE + "::1500"));
    home.services().delete("gone");
    podsBefore = home.cluster().pods().uids();
    home.changePrefix(AFTER);
  }

  private void create(Wanted wanted) {
    home.services().create(wanted);
    await().until(() -> home.services().addresses(wanted.name()).size() == 2);
  }

  @Override
  public TestCluster cluster() {
    return home.cluster();
  }

  @Override
  public FakeIsp isp() {
    return home.isp();
  }

  @Override
  public Map<String, String> environment() {
    Map<String, String> environment =
        new HashMap<>(RunningProgram.environment(home.cluster(), home.isp()));
    environment.put("METALLB_DYN6_TRANSITION", "handover");
    return environment;
  }

  @Override
  public void assertFollowed() {
    assertThat(cluster().addresses()).containsExactly(HomeWithServices.pool(AFTER));
    assertThat(cluster().annotations())
        .containsEntry("example.com/owner", "somebody")
        .doesNotContainKeys("metallb-dyn6/retiring", "metallb-dyn6/reload-pending");
    assertService("automatic", "192.0.2.11", AFTER + "::1001", Map.of());
    assertService(
        "pinned", "192.0.2.25", AFTER + "::1500", Map.of(PIN, "192.0.2.25," + AFTER + "::1500"));
    assertThat(cluster().pods().uids()).isEqualTo(podsBefore);
  }

  private void assertService(
      String name, String ipv4, String ipv6, Map<String, String> annotations) {
    assertThat(home.services().addresses(name)).containsExactlyInAnyOrder(ipv4, ipv6);
    assertThat(home.services().annotations(name)).isEqualTo(annotations);
  }

  /** At no instant a service was without its IPv4 address or its host part. */
  @Override
  public void assertNobodyLostAnything() {
    await().untilAsserted(home.history()::assertComplete);
    home.history().assertNobodyLostAnything();
    assertThat(home.model())
        .hasValueSatisfying(
            metalLb -> {
              assertThat(metalLb.failures()).isEmpty();
              assertThat(metalLb.rejections()).isEmpty();
            });
  }

  @Override
  public void assertForeignEntriesUntouched() {
    assertThat(cluster().addresses())
        .startsWith(HomeWithServices.IPV4)
        .endsWith(HomeWithServices.ULA);
    cluster().api().writes().stream()
        .map(ApiCall::body)
        .filter(body -> body.contains("\"addresses\"") || body.contains("/spec/addresses"))
        .forEach(
            body ->
                assertThat(body)
                    .contains(
                        List.of("[\"" + HomeWithServices.IPV4, HomeWithServices.ULA + "\"]")));
  }

  @Override
  public void close() throws Exception {
    home.close();
  }
}
