package io.github.metallbdyn6.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.ipv6.AddressRange;
import io.github.metallbdyn6.pool.EarlierRanges;
import io.github.metallbdyn6.pool.PoolEntry;
import io.github.metallbdyn6.pool.PoolState;
import io.github.metallbdyn6.pool.Uptake;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody who may edit the services of one namespace, against those of another one. */
class HostileServicesTest {
  private static final AddressRange A = range("2001:db8:a");
  private static final AddressRange B = range("2001:db8:b");
  private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String FORGED =
      "%s; pool=metallb-system/public; to=192.0.2.30,2001:db8:b::%s;"
          + " from=192.0.2.30,2001:db8:a::%s; pin=%s; since=%s";

  private final LiveService victim = LiveService.at("victim", "192.0.2.11", "2001:db8:a::1001");
  private final LiveService evil = LiveService.at("aa/evil", "192.0.2.30", "2001:db8:a::1030");

  private static AddressRange range(String prefix) {
    return AddressRange.parseEntry("%1$s::1000-%1$s::1999".formatted(prefix)).orElseThrow();
  }

  private static Goal goal() {
    return new Goal(
        new HomePool(
            "metallb-system/public",
            Stream.of("192.0.2.10-192.0.2.40", A.toString(), B.toString())
                .map(PoolEntry::of)
                .toList(),
            new EarlierRanges(List.of())),
        B,
        List.of(A),
        List.of(),
        Uptake.DONE,
        PATIENCE,
        NOW,
        NOW);
  }

  private static HandoverPlan plan(LiveService... services) {
    return HandoverPlan.of(goal(), Stream.of(services).map(LiveService::state).toList());
  }

  /** Has everybody do what the plans say, and MetalLB what is requested, until all is settled. */
  private static List<LiveService> settle(LiveService... services) {
    List<LiveService> street = new ArrayList<>(List.of(services));
    for (int round = 0; round < 10; round++) {
      HandoverPlan plan = plan(street.toArray(LiveService[]::new));
      street.replaceAll(
          service ->
              plan.patches().stream()
                  .filter(patch -> patch.service().uid().equals(service.state().uid()))
                  .findFirst()
                  .map(service::patched)
                  .orElse(service)
                  .served());
    }
    return street;
  }

  private static LiveService forged(
      LiveService service, String stage, String to, String from, String pin, Object since) {
    return service.annotated(Annotations.RECORD, FORGED.formatted(stage, to, from, pin, since));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "+1000000000-12-31T23:59:59.999999999Z",
        "9999-12-31T23:59:59Z",
        "2026-11-28T12:01:01Z"
      })
  void aRecordOfTheFutureStopsNobody(String since) {
    for (String stage : List.of("moving", "returning", "given-up")) {
      List<LiveService> street =
          settle(forged(evil, stage, "1030", "1030", "yours", since), victim);

      assertThat(street.get(1).ingress()).containsExactly("192.0.2.11", "2001:db8:b::1001");
      assertThat(plan(street.toArray(LiveService[]::new)).isReadyToRetire()).isTrue();
    }
  }

  @Test
  void aRecordOfTheBeginningOfTimeStopsNobody() {
    for (String stage : List.of("moving", "returning", "given-up")) {
      String since = "-1000000000-01-01T00:00:00Z";

      HandoverPlan plan = plan(forged(evil, stage, "1030", "1030", "yours", since), victim);

      assertThat(plan.moving()).extracting(ServiceState::name).contains("victim");
    }
  }

  @Test
  void aRecordOfTheFutureOnAServiceThatMetalLbDoesNotServeKeepsNoRange() {
    LiveService elsewhere =
        forged(
            LiveService.at("aa/evil"),
            "returning",
            "1030",
            "1031",
            "yours",
            "9999-01-01T00:00:00Z");

    assertThat(plan(elsewhere, victim.given("192.0.2.11", "2001:db8:b::1001")).isReadyToRetire())
        .isTrue();
  }

  /** One that is forged anew whenever it is too old. */
  @Test
  void aRecordThatIsAlwaysFreshKeepsNoRangeForEver() {
    String since = A + "=" + NOW.minus(PATIENCE.multipliedBy(2));
    PoolState pool =
        PoolState.of(
            "1",
            List.of(A.toString(), B.toString()),
            Map.of(PoolState.RECORD, A + "," + B, PoolState.RETIRING, since),
            NOW);
    HandoverRule rule = HandoverRule.of("0", 180).forPool("metallb-system/public");
    LiveService pending = LiveService.at("aa/evil");
    HandoverPlan plan =
        HandoverPlan.of(
            rule.goalUnder(pool, B, Date.from(NOW)),
            List.of(forged(pending, "returning", "1030", "1031", "yours", NOW).state()));

    assertThat(plan.isSettled()).isFalse();
    assertThat(rule.retirement(pool, plan).ranges()).containsExactly(A);
  }

  @Test
  void aRecordThatNamesAnotherPoolKeepsAServiceOnlyWhereItIsAndIsNamed() {
    LiveService foreign =
        evil.annotated(
            Annotations.RECORD,
            FORGED
                .formatted("moving", "1030", "1031", "yours", NOW)
                .replace("metallb-system/public", "metallb-system/other"));

    HandoverPlan plan = plan(foreign, victim);

    assertThat(plan.moving()).extracting(ServiceState::name).containsExactly("victim");
    assertThat(plan.problems())
        .singleElement()
        .asString()
        .contains("aa/evil", Annotations.RECORD, "another pool");
  }
}
