package io.github.metallbdyn6.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.ipv6.AddressRange;
import io.github.metallbdyn6.ipv6.Ipv6Address;
import io.github.metallbdyn6.pool.EarlierRanges;
import io.github.metallbdyn6.pool.Uptake;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class AddressClaimsTest {
  private static final Instant NOW = Instant.parse("2026-11-22T20:00:00Z");
  private static final Ipv6Address ADDRESS = Ipv6Address.parse("2001:db8:b::1001").orElseThrow();
  private static final String RECORD =
      "%s; pool=metallb-system/public; to=2001:db8:b::1001; from=2001:db8:a::1030;"
          + " pin=metallb.io/loadBalancerIPs; since=2026-11-22T20:00:00Z";

  private final LiveService web = LiveService.at("web");

  private static AddressRange range(String prefix) {
    return AddressRange.parseEntry("%1$s::1000-%1$s::1999".formatted(prefix)).orElseThrow();
  }

  private static HandoverGoal goal(Uptake uptake) {
    return new HandoverGoal(
        new HomePool("metallb-system/public", List.of(), new EarlierRanges(List.of())),
        range("2001:db8:b"),
        List.of(range("2001:db8:a")),
        List.of(),
        uptake,
        Duration.ofMinutes(3),
        NOW,
        NOW);
  }

  private static LiveService other() {
    return LiveService.at("other", "192.0.2.12", "2001:DB8:B::1001");
  }

  /** Its host part is what ADDRESS has. */
  private static LiveService owner() {
    return LiveService.at("owner", "192.0.2.13", "2001:db8:a::1001");
  }

  private static AddressClaims claims(Uptake uptake, LiveService... services) {
    return AddressClaims.of(
        goal(uptake), List.of(services).stream().map(LiveService::state).toList());
  }

  private static String inTheWay(AddressClaims claims, LiveService asking) {
    return claims.inTheWay(ADDRESS, asking.state()).map(ServiceState::name).orElse("nobody");
  }

  private static String inTheWay(LiveService asking, LiveService... others) {
    LiveService[] all = Arrays.copyOf(others, others.length + 1);
    all[others.length] = asking;
    return inTheWay(claims(Uptake.DONE, all), asking);
  }

  @Test
  void areWhatAServiceHasAndWhatOneWithoutAnAddressRequests() {
    assertThat(inTheWay(web, other())).isEqualTo("other");
    for (String key : ServiceAnnotations.PINS) {
      assertThat(inTheWay(web, LiveService.at("pin").annotated(key, "192.0.2.1, 2001:db8:b::1001")))
          .isEqualTo("pin");
    }
    assertThat(inTheWay(web, LiveService.at("field").asking("2001:db8:b::1001")))
        .isEqualTo("field");
    assertThat(inTheWay(web, LiveService.at("else", "2001:db8:b::1002"))).isEqualTo("nobody");
  }

  @Test
  void ofAPinAreOneAddressUnderTheKeyThatMetalLbReadsForAServiceWithoutOne() {
    LiveService pending = LiveService.at("pin");
    String pin = "192.0.2.1,2001:db8:b::1001";

    assertThat(
            inTheWay(
                claims(Uptake.SILENT, pending.annotated(ServiceAnnotations.NEWER_PIN, pin)), web))
        .isEqualTo("nobody");
    LiveService both =
        pending
            .annotated(ServiceAnnotations.PIN, pin)
            .annotated(ServiceAnnotations.NEWER_PIN, "2001:db8:b::1002");
    assertThat(inTheWay(web, both)).isEqualTo("nobody");
    assertThat(
            inTheWay(
                web,
                pending.annotated(
                    ServiceAnnotations.NEWER_PIN, "2001:db8:b::1002,2001:db8:b::1001")))
        .isEqualTo("nobody");
    assertThat(
            inTheWay(
                web,
                pending.given("2001:db8:a::1002").annotated(ServiceAnnotations.NEWER_PIN, pin)))
        .isEqualTo("nobody");
  }

  @Test
  void underTheNextPrefixBelongToTheServiceThatHasTheHostPart() {
    assertThat(inTheWay(web, owner())).isEqualTo("owner");
    for (String stage : List.of("moving", "returning")) {
      LiveService thief =
          LiveService.at("thief", "2001:db8:a::1030")
              .annotated(ServiceAnnotations.RECORD, RECORD.formatted(stage))
              .annotated(ServiceAnnotations.NEWER_PIN, "2001:db8:b::1001");
      assertThat(inTheWay(owner(), thief, LiveService.at("pin").asking("2001:db8:b::1001")))
          .isEqualTo("nobody");
      assertThat(inTheWay(thief, owner())).isEqualTo("owner");
      assertThat(inTheWay(web, thief)).isEqualTo("thief");
    }
    assertThat(inTheWay(owner(), other())).isEqualTo("other");
  }

  @Test
  void ofTwoOwnersAreTheFirstOnesToWhomTheAddressIsGiven() {
    LiveService twin = LiveService.at("twin", "2001:db8:a::1001");
    AddressClaims claims = claims(Uptake.DONE, owner(), twin);
    assertThat(inTheWay(claims, twin)).isEqualTo("nobody");

    claims.add(ADDRESS, owner().state());

    assertThat(inTheWay(claims, twin)).isEqualTo("owner");
    assertThat(inTheWay(claims, owner())).isEqualTo("nobody");
    LiveService underWay =
        owner()
            .annotated(
                ServiceAnnotations.RECORD,
                RECORD.formatted("moving").replace("a::1030", "a::1001"));
    assertThat(inTheWay(twin, underWay)).isEqualTo("owner");
  }

  @Test
  void standInNobodysOwnWayNorInThatOfAServiceThatShares() {
    assertThat(inTheWay(other(), other())).isEqualTo("nobody");
    LiveService sharing = web.annotated(ServiceAnnotations.SHARING, "door");
    assertThat(inTheWay(sharing, other().annotated(ServiceAnnotations.NEWER_SHARING, "door")))
        .isEqualTo("nobody");
    assertThat(inTheWay(sharing, other().annotated(ServiceAnnotations.SHARING, "window")))
        .isEqualTo("other");
  }

  @Test
  void ofAnOwnerWhoIsNotThereYetAreSharedOnlyByThoseWhoShareTheOldAddress() {
    LiveService sharing = owner().annotated(ServiceAnnotations.SHARING, "door");

    assertThat(inTheWay(web.annotated(ServiceAnnotations.SHARING, "door"), sharing))
        .isEqualTo("owner");
    AddressClaims claims = claims(Uptake.DONE, sharing, LiveService.at("twin", "2001:db8:a::1001"));
    claims.add(ADDRESS, sharing.state());
    assertThat(
            inTheWay(
                claims,
                LiveService.at("twin", "2001:db8:a::1001")
                    .annotated(ServiceAnnotations.SHARING, "door")))
        .isEqualTo("nobody");
  }
}
