package io.github.metallbdyn6.handover;

import static io.github.metallbdyn6.handover.HandoverGoals.A;
import static io.github.metallbdyn6.handover.HandoverGoals.B;
import static io.github.metallbdyn6.handover.HandoverGoals.address;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.handover.HandoverRecord.Stage;
import io.github.metallbdyn6.handover.ServicePatch.Kind;
import io.github.metallbdyn6.ipv6.Ipv6Address;
import io.github.metallbdyn6.pool.Uptake;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatchDraftTest {
  private static final HandoverGoal GOAL = HandoverGoals.to(B, Uptake.DONE, A);
  private static final HandoverRecord RECORD =
      HandoverGoals.record(
          Stage.MOVING,
          "192.0.2.11,2001:db8:b::1025",
          "192.0.2.11,2001:db8:a::1001",
          Optional.of(ServiceAnnotations.NEWER_PIN),
          0);

  private final LiveService web = LiveService.at("web", "192.0.2.11", "2001:db8:a::1001");

  private static PatchDraft draft(LiveService service) {
    return new PatchDraft(service.state());
  }

  private static Ipv6Address moved(Ipv6Address it) {
    return it.equals(address("2001:db8:a::1001")) ? address("2001:db8:b::1001") : it;
  }

  @Test
  void rewritesEveryPinInItsPlaceAndNothingBesideIt() {
    PatchDraft draft =
        draft(
                web.annotated(ServiceAnnotations.PIN, " 192.0.2.11 ,2001:DB8:A:0::1001")
                    .annotated(ServiceAnnotations.NEWER_PIN, "2001:db8:a::1001,fd00:DB8::1")
                    .asking("2001:db8:a::1001"))
            .pins(PatchDraftTest::moved);

    ServicePatch patch = draft.as(Kind.MOVE);
    assertThat(patch.annotations())
        .isEqualTo(
            Map.of(
                ServiceAnnotations.PIN, " 192.0.2.11 ,2001:db8:b::1001",
                ServiceAnnotations.NEWER_PIN, "2001:db8:b::1001,fd00:DB8::1"));
    assertThat(patch.loadBalancerIp()).isEqualTo("2001:db8:b::1001");
    assertThat(draft.asksForAnotherLoadBalancerIp()).isTrue();
  }

  @Test
  void isEmptyWhereNothingDiffers() {
    PatchDraft draft =
        draft(
                web.annotated(ServiceAnnotations.PIN, "192.0.2.11,2001:DB8:F::1")
                    .annotated(ServiceAnnotations.DNS_TARGET, "2001:DB8:F::1")
                    .asking("2001:DB8:F::1"))
            .pins(PatchDraftTest::moved)
            .dns(GOAL, Optional.empty());

    assertThat(draft.isEmpty()).isTrue();
    assertThat(draft.asksForAnotherLoadBalancerIp()).isFalse();
  }

  @Test
  void knowsWhatTheServiceWillRequest() {
    PatchDraft draft =
        draft(web.annotated(ServiceAnnotations.PIN, "192.0.2.11"))
            .ownPin(ServiceAnnotations.NEWER_PIN, new AddressList("2001:db8:b::1001"));

    assertThat(draft.pinAfter(ServiceAnnotations.PIN)).hasToString("192.0.2.11");
    assertThat(draft.pinAfter(ServiceAnnotations.NEWER_PIN)).hasToString("2001:db8:b::1001");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "192.0.2.11,2001:db8:b::1025",
        "2001:DB8:B:0::1025, 192.0.2.11",
        "192.0.2.11,2001:db8:a::1001"
      })
  void takesThePinAwayThatIsTheProgramsHoweverItIsSpelled(String pin) {
    ServicePatch patch =
        draft(web.annotated(ServiceAnnotations.NEWER_PIN, pin))
            .withoutOwnPin(RECORD)
            .as(Kind.RELEASE);

    assertThat(patch.annotations())
        .containsOnlyKeys(ServiceAnnotations.NEWER_PIN)
        .containsEntry(ServiceAnnotations.NEWER_PIN, null);
  }

  @Test
  void leavesAPinThatTheUserHasMadeItsOwn() {
    for (LiveService users :
        new LiveService[] {
          web.annotated(ServiceAnnotations.NEWER_PIN, "192.0.2.11,2001:db8:b::1026"),
          web.annotated(ServiceAnnotations.PIN, "192.0.2.11,2001:db8:b::1025"),
          web
        }) {
      assertThat(draft(users).withoutOwnPin(RECORD).isEmpty()).isTrue();
    }
  }

  /** The service has got another host part; an address beside it keeps its own. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        ServiceAnnotations.DNS_TARGET,
        ServiceAnnotations.NEWER_DNS_TARGET,
        "dns.example.com/target"
      })
  void publishesTheServicesNewAddressAndOthersUnderTheNewPrefix(String key) {
    LiveService published =
        web.annotated(key, "home.example, 2001:db8:a::1001,2001:db8:a::beef,2001:db8:f::1")
            .annotated("example.com/other", "2001:db8:a::1001");

    ServicePatch patch = draft(published).dns(GOAL, Optional.of(RECORD)).as(Kind.RELEASE);

    assertThat(patch.annotations())
        .isEqualTo(Map.of(key, "home.example, 2001:db8:b::1025,2001:db8:b::beef,2001:db8:f::1"));
  }

  @Test
  void publishesNothingThatTheUserForbids() {
    LiveService published =
        web.annotated(ServiceAnnotations.DNS_TARGET, "2001:db8:a::1001")
            .annotated(ServiceAnnotations.MOVE_DNS_TARGET, "false");

    assertThat(draft(published).dns(GOAL, Optional.of(RECORD)).isEmpty()).isTrue();
  }
}
