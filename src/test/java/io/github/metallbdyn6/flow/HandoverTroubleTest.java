package io.github.metallbdyn6.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.metallbdyn6.testbed.ApiProxy;
import io.github.metallbdyn6.testbed.HomeWithServices;
import io.github.metallbdyn6.testbed.MetalLbRelease;
import io.github.metallbdyn6.testbed.TestServices.Wanted;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Handovers in which a service cannot move, or the program may not do what it has to. */
class HandoverTroubleTest extends HandoverFlow {
  private static final String RANGE_A = HomeWithServices.range(A);
  private static final Map<String, String> IMPATIENT = Map.of("METALLB_DYN6_RELOAD_TIMEOUT", "3");

  @BeforeEach
  void createServices() {
    startHome(MetalLbRelease.V0_15_2);
    services.create(Wanted.dualStack("gone"));
    awaitAddresses("gone", "192.0.2.10", A + "::1000");
    services.create(Wanted.dualStack("one"));
    awaitAddresses("one", "192.0.2.11", A + "::1001");
    services.create(Wanted.dualStack("pinned").annotated(OLDER_PIN, "192.0.2.25," + A + "::1500"));
    awaitAddresses("pinned", "192.0.2.25", A + "::1500");
    services.delete("gone");
  }

  private void refuse(String service, ApiProxy.Detour answer) {
    home.cluster()
        .api()
        .detour(
            call ->
                "PATCH".equals(call.method()) && call.path().contains("/services/" + service)
                    ? Optional.of(answer)
                    : Optional.empty());
  }

  @Test
  void finishesTheOthersWhenAWebhookRefusesOne() {
    refuse(
        "one",
        ApiProxy.status(
            403, "Forbidden", "admission webhook \"policy.example.com\" denied the request: no"));
    startHandover(IMPATIENT);
    awaitPasses(1);
    home.changePrefix(B);

    awaitAddresses("pinned", "192.0.2.25", B + "::1500");
    assertThat(awaitWarning("one")).contains("denied the request");
    eventually(() -> assertThat(services.annotations("pinned")).doesNotContainKey(RECORD));
    // kept for it for a while, then taken out with a warning: MetalLB clears what is left there
    assertThat(home.cluster().addresses()).contains(RANGE_A);
    awaitOnly(B);
    assertThat(log.lines()).anySatisfy(line -> assertThat(line).startsWith("WARN").contains("one"));
    eventually(history::assertComplete);
    history.assertIpv4Kept(services.key("pinned"));
    history.assertHostPartKept(services.key("pinned"));
  }

  @Test
  void movesAServiceAfterAllWhenItsWebhookHasComeToItsSenses() {
    refuse(
        "one",
        ApiProxy.status(
            403, "Forbidden", "admission webhook \"policy.example.com\" denied the request: no"));
    startHandover(Map.of("METALLB_DYN6_RELOAD_TIMEOUT", "30"));
    awaitPasses(1);
    home.changePrefix(B);
    awaitWarning("one");
    home.cluster().api().heal();

    awaitOnly(B);
    awaitAddresses("one", "192.0.2.11", B + "::1001");
    assertNobodyLostAnything();
  }

  private static final Map<String, String> SELDOM = Map.of("METALLB_DYN6_UPDATE_INTERVAL", "3600");

  /** A web of seconds, not of intervals: no pass comes for an hour. */
  private void awaitMovedWithinSeconds() {
    awaitThereWithinSeconds();
    eventually(history::assertComplete);
    history.assertIpv4Kept(services.key("one"));
  }

  private void awaitThereWithinSeconds() {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(services.addresses("one"))
                    .containsExactlyInAnyOrder("192.0.2.11", B + "::1001"));
    awaitOnly(B);
  }

  @Test
  void triesAgainWithinSecondsWhenAWebhookDoesNotRefuseAnyMore() {
    refuse(
        "one",
        ApiProxy.status(
            403, "Forbidden", "admission webhook \"policy.example.com\" denied the request: no"));
    startHandover(SELDOM);
    awaitPasses(0);
    changePrefixAtOnce(B);
    awaitWarning("one");
    home.cluster().api().heal();

    awaitMovedWithinSeconds();
  }

  @Test
  void triesAgainWithinSecondsWhenAnotherServiceGivesTheAddressUp() {
    services.create(
        Wanted.dualStack("squatter").annotated(OLDER_PIN, "192.0.2.30," + B + "::1001"));
    startHandover(SELDOM);
    awaitPasses(0);
    changePrefixAtOnce(B);
    // named as the one that has it, or, where MetalLB was slow, as an address that it did not give
    String warning = awaitWarning("one");
    assertThat(warning).contains(B + "::1001");
    services.annotate("squatter", OLDER_PIN, "192.0.2.30," + B + "::1777");

    if (warning.contains("squatter")) {
      awaitMovedWithinSeconds();
    } else {
      awaitThereWithinSeconds(); // MetalLB has taken all its addresses away for a moment
    }
  }

  @Test
  void triesAgainWithinSecondsWhenMetalLbHasComeBack() {
    startHandover(
        Map.of("METALLB_DYN6_UPDATE_INTERVAL", "3600", "METALLB_DYN6_RELOAD_TIMEOUT", "15"));
    awaitPasses(0);
    metalLb().holdServices();
    changePrefixAtOnce(B);
    assertThat(awaitWarning("one")).contains("did not give");
    metalLb().release();

    awaitMovedWithinSeconds();
  }

  @Test
  void doesNotAskForAnAddressThatAnotherServiceHas() {
    services.create(
        Wanted.dualStack("squatter").annotated(OLDER_PIN, "192.0.2.30," + B + "::1001"));
    startHandover(IMPATIENT);
    awaitPasses(1);
    home.changePrefix(B);

    awaitAddresses("squatter", "192.0.2.30", B + "::1001");
    awaitAddresses("pinned", "192.0.2.25", B + "::1500");
    eventually( // the first may say only that MetalLB did not give it
        () ->
            assertThat(warnings("one"))
                .anySatisfy(text -> assertThat(text).contains(B + "::1001", "squatter")));
    assertThat(services.addresses("one")).contains("192.0.2.11");
    awaitOnly(B);
    eventually(() -> assertThat(services.addresses("one")).hasSize(2));
    eventually(history::assertComplete);
    history.assertIpv4Kept(services.key("pinned"));
    assertThat(history.addresses(services.key("one")))
        .as("one was given new addresses when the old range went, never none for long")
        .first()
        .satisfies(first -> assertThat(first).isEmpty());
  }

  @Test
  void waitsForAMetalLbThatIsDown() {
    startHandover(Map.of("METALLB_DYN6_RELOAD_TIMEOUT", "60"));
    awaitPasses(1);
    metalLb().hold();
    home.changePrefix(B);
    awaitLog("MetalLB counts 4916 IPv6 addresses in the pool, which has 7374");
    assertThat(home.cluster().addresses()).contains(RANGE_A);
    assertThat(servicePatches()).isEmpty();
    metalLb().release();

    awaitOnly(B);
    awaitAddresses("one", "192.0.2.11", B + "::1001");
    awaitAddresses("pinned", "192.0.2.25", B + "::1500");
  }

  @Test
  void readsAServiceAgainThatSomebodyElseIsWriting() {
    AtomicInteger edits = new AtomicInteger();
    home.cluster()
        .api()
        .detour(
            call -> {
              if ("PATCH".equals(call.method())
                  && call.path().contains("/services/one")
                  && edits.incrementAndGet() < 4) {
                services.annotate("one", "example.com/edit", String.valueOf(edits.get()));
              }
              return Optional.empty();
            });
    startHandover();
    awaitPasses(1);
    home.changePrefix(B);

    awaitOnly(B);
    awaitAddresses("one", "192.0.2.11", B + "::1001");
    assertThat(services.annotations("one")).containsEntry("example.com/edit", "3");
    assertNobodyLostAnything();
  }

  @Test
  void worksAsReplaceWithoutTheClusterRoleAndSaysSo() {
    home.cluster().api().allowServices(false);
    startHandover();
    awaitLog("ClusterRole");
    home.changePrefix(B);

    eventually(
        () -> assertThat(home.cluster().addresses()).containsExactly(HomeWithServices.pool(B)));
    assertThat(home.cluster().annotations()).doesNotContainKey(RETIRING);
    assertThat(poolPatches()).hasSize(1);
    assertThat(servicePatches()).isEmpty();
  }

  @Test
  void showsInADryRunAndTouchesNothing() {
    home.changePrefix(B);
    startHandover(Map.of("METALLB_DYN6_DRY_RUN", "true"));
    awaitPasses(3);

    assertThat(home.cluster().api().writes()).isEmpty();
    assertThat(home.cluster().addresses()).contains(RANGE_A);
    awaitAddresses("one", "192.0.2.11", A + "::1001");
  }

  @Test
  void leavesTheRangeInThePoolWhileServicesAreInItHoweverOftenItFails() {
    refuse("one", ApiProxy.status(500, "InternalError", "etcdserver: request timed out"));
    startHandover(Map.of("METALLB_DYN6_RELOAD_TIMEOUT", "60"));
    awaitPasses(1);
    home.changePrefix(B);
    awaitPasses(2);
    assertThat(home.cluster().addresses()).contains(RANGE_A);
    home.cluster().api().heal();

    awaitOnly(B);
    awaitAddresses("one", "192.0.2.11", B + "::1001");
    assertNobodyLostAnything();
  }

  @Test
  void waitsForServicesNoLongerThanItsLimit() {
    startHandover(IMPATIENT);
    awaitPasses(1);
    metalLb().holdServices();
    home.changePrefix(B);
    long held = System.nanoTime();

    eventually(
        () -> assertThat(home.cluster().addresses()).containsExactly(HomeWithServices.pool(B)));
    assertThat(Duration.ofNanos(System.nanoTime() - held)).isGreaterThan(Duration.ofSeconds(3));
    assertThat(awaitWarning("one")).isNotEmpty();
    metalLb().release();
  }
}
