package io.github.metallbdyn6.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.follower.FollowerRecord;
import io.github.metallbdyn6.testbed.FakeReceiver;
import io.github.metallbdyn6.testbed.FakeReceiver.Received;
import io.github.metallbdyn6.testbed.Reply;
import io.github.metallbdyn6.testbed.RunningProgram;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The follower dyndns, by the whole program, with a provider that answers as providers do. */
class DynDnsFlowTest extends WholeFlow {
  private final FakeReceiver provider = new FakeReceiver();

  @BeforeEach
  void createPoolUnderA() {
    cluster.createPool(List.of(IPV4, RANGE_A));
    isp.givesAddress(ADDRESS_A);
  }

  @AfterEach
  void stopProvider() {
    provider.close();
  }

  private RunningProgram start() {
    return startProgram(
        Map.of(
            "METALLB_DYN6_RELOAD", "never",
            "METALLB_DYN6_FOLLOWERS", "dyndns",
            "METALLB_DYN6_HOSTS", "nas.example.org=::1:25, vpn.example.org=::1:26",
            "METALLB_DYN6_DYNDNS_URL", provider.uri() + "/{host}/{address}"));
  }

  private void answers(String forNas, String forVpn) {
    provider.answers(
        request -> new Reply(200, Map.of(), request.target().startsWith("/nas") ? forNas : forVpn));
  }

  private List<String> asked() {
    return provider.received().stream().map(Received::target).toList();
  }

  private void awaitTold() {
    eventually(() -> assertThat(cluster.annotations()).containsKey(FollowerRecord.TOLD));
  }

  @Test
  void repeatsOnlyTheNamesThatTheProviderHasNotTaken() {
    answers("good", "911");
    start();
    awaitLog("the provider answers '911' for vpn.example.org");
    answers("good", "nochg");
    awaitTold();
    assertThat(asked())
        .startsWith("/nas.example.org/2001%3Adb8%3Aa%3A%3A1%3A25")
        .filteredOn(target -> target.startsWith("/nas"))
        .hasSize(1);
  }

  @Test
  void stopsForAbuseUntilAPersonActsAlsoAfterARestart() throws Exception {
    answers("abuse", "good");
    RunningProgram program = start();
    awaitLog("WARN Follower dyndns is stopped until you act: the provider answers 'abuse'");
    eventually(
        () -> assertThat(cluster.annotations()).containsEntry(FollowerRecord.STOPPED, "dyndns"));
    awaitPasses(2);
    isp.givesAddress(ADDRESS_B);
    awaitPool(IPV4, RANGE_B);
    awaitPasses(2);
    assertThat(asked()).hasSize(1);
    program.stop();
    start();
    awaitPasses(3);
    assertThat(asked()).hasSize(1);

    answers("good", "good");
    cluster.patchPool(
        "{\"metadata\":{\"annotations\":{\"%s\":null}}}".formatted(FollowerRecord.STOPPED));
    awaitTold();
    assertThat(asked()).hasSize(3).last().isEqualTo("/vpn.example.org/2001%3Adb8%3Ab%3A%3A1%3A26");
  }
}
