package io.github.metallbdyn6.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.handover.ServicePatch.Kind;
import io.github.metallbdyn6.ipv6.AddressRange;
import io.github.metallbdyn6.pool.EarlierRanges;
import io.github.metallbdyn6.pool.PoolEntry;
import io.github.metallbdyn6.pool.Uptake;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PinRepairTest {
  private static final String OURS = "2001:db8:b::1000-2001:db8:b::1999";
  private static final AddressRange EARLIER =
      AddressRange.parseEntry("2001:db8:0:1::1000-2001:db8:0:1::1999").orElseThrow();
  private static final Instant NOW = Instant.parse("2026-11-28T10:00:00Z");
  private static final HandoverGoal GOAL =
      new HandoverGoal(
          new HomePool(
              "metallb-system/public",
              Stream.of("192.0.2.10-192.0.2.40", OURS, "fd00:db8::1000-fd00:db8::1999")
                  .map(PoolEntry::of)
                  .toList(),
              new EarlierRanges(List.of(EARLIER))),
          AddressRange.parseEntry(OURS).orElseThrow(),
          List.of(),
          List.of(),
          Uptake.DONE,
          Duration.ofMinutes(3),
          NOW,
          NOW);

  private static HandoverPlan plan(LiveService... services) {
    return HandoverPlan.of(GOAL, Stream.of(services).map(LiveService::state).toList());
  }

  private static LiveService requesting(String pin) {
    return LiveService.at("web").annotated(ServiceAnnotations.NEWER_PIN, pin);
  }

  @ParameterizedTest
  @ValueSource(strings = {ServiceAnnotations.PIN, ServiceAnnotations.NEWER_PIN})
  void rewritesAPinThatWasAppliedAgainAndSaysWhoShouldChangeIt(String key) {
    LiveService stray = LiveService.at("web").annotated(key, "192.0.2.25, 2001:DB8:A::1500");

    HandoverPlan plan = plan(stray);

    LiveService repaired = stray.patched(plan.patches().get(0));
    assertThat(repaired.annotations())
        .containsOnlyKeys(key)
        .containsEntry(key, "192.0.2.25, 2001:db8:b::1500");
    assertThat(plan.patches()).extracting(ServicePatch::kind).containsExactly(Kind.REPAIR);
    assertThat(plan.repairs()).singleElement().asString().contains("Git", "Helm", "Gateway", key);
    assertThat(plan(repaired.served()).isSettled()).isTrue();
  }

  @Test
  void rewritesAPinOfIpv6AloneWhereTheServiceNamesThePool() {
    for (String key :
        List.of(ServiceAnnotations.ADDRESS_POOL, ServiceAnnotations.NEWER_ADDRESS_POOL)) {
      LiveService stray = requesting("2001:db8:a::1500");
      assertThat(plan(stray).isSettled()).as("it may be another pool's").isTrue();
      assertThat(plan(stray.annotated(key, "other")).isSettled()).isTrue();
      assertThat(plan(stray.annotated(key, "public")).repairs()).hasSize(1);
    }
    LiveService byField =
        LiveService.at("web")
            .asking("2001:db8:a::1500")
            .annotated(ServiceAnnotations.ADDRESS_POOL, "public");
    assertThat(byField.patched(plan(byField).patches().get(0)).loadBalancerIp())
        .isEqualTo("2001:db8:b::1500");
  }

  @Test
  void rewritesAPinOfIpv6AloneUnderAPrefixThatThePoolHasHad() {
    LiveService stray = requesting("2001:db8:0:1::1500");

    LiveService repaired = stray.patched(plan(stray).patches().get(0));

    assertThat(repaired.annotations())
        .containsEntry(ServiceAnnotations.NEWER_PIN, "2001:db8:b::1500");
    assertThat(plan(repaired.served()).isSettled()).isTrue();
  }

  @Test
  void leavesAloneWhatIsNotOurs() {
    for (LiveService service :
        List.of(
            requesting("2001:db8:0:2::1500"),
            requesting("2001:db8:0:1::2500"),
            requesting("198.51.100.25,2001:db8:0:1::1500"),
            requesting("192.0.2.25,2001:db8:a::2500"),
            requesting("198.51.100.25,2001:db8:a::1500"),
            requesting("192.0.2.25,2001:db8:b::1500"),
            requesting("192.0.2.25,fd00:db8::1500"),
            requesting("192.0.2.25"),
            requesting("192.0.2.25,2001:db8:a::1500").given("192.0.2.25", "2001:db8:f::1"),
            requesting("192.0.2.25,2001:db8:a::1500")
                .annotated(ServiceAnnotations.REPAIR_PIN, "false"))) {
      assertThat(plan(service).patches()).as(service.toString()).isEmpty();
    }
  }

  @Test
  void requestsNoAddressThatAnotherServiceHas() {
    HandoverPlan plan =
        plan(
            requesting("192.0.2.25,2001:db8:a::1500"),
            LiveService.at("other", "192.0.2.26", "2001:db8:b::1500"));

    assertThat(plan.patches()).isEmpty();
    assertThat(plan.problems()).singleElement().asString().contains("home/other");
  }

  @Test
  void completesAPinOfIpv4AloneByTheDeclaredHostPart() {
    LiveService ipv4Alone =
        requesting("192.0.2.25").annotated(ServiceAnnotations.HOST_PART, "::1525");

    LiveService completed = ipv4Alone.patched(plan(ipv4Alone).patches().get(0));

    assertThat(completed.annotations())
        .containsEntry(ServiceAnnotations.NEWER_PIN, "192.0.2.25,2001:db8:b::1525")
        .doesNotContainKey(ServiceAnnotations.RECORD);
    assertThat(plan(completed.served()).isSettled()).isTrue();
  }

  @Test
  void completesNoPinOfAServiceWithOneFamilyOrOfAnotherPool() {
    ServiceState six =
        requesting("192.0.2.25").annotated(ServiceAnnotations.HOST_PART, "::1525").state();
    ServiceState oneFamily =
        new ServiceState(
            six.namespace(),
            six.name(),
            six.uid(),
            six.resourceVersion(),
            six.annotations(),
            false,
            "",
            List.of(),
            six.hindrance());

    assertThat(HandoverPlan.of(GOAL, List.of(oneFamily)).patches()).isEmpty();
    assertThat(
            plan(requesting("198.51.100.25").annotated(ServiceAnnotations.HOST_PART, "::1525"))
                .patches())
        .isEmpty();
  }

  @Test
  void saysWhyADeclaredHostPartCannotComplete() {
    HandoverPlan plan =
        plan(requesting("192.0.2.25").annotated(ServiceAnnotations.HOST_PART, "::2525"));

    assertThat(plan.patches()).isEmpty();
    assertThat(plan.problems()).singleElement().asString().contains("::2525");
  }
}
