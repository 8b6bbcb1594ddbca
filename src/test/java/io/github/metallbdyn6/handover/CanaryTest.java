package io.github.metallbdyn6.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.handover.ServicePatch.Kind;
import io.github.metallbdyn6.ipv6.AddressRange;
import io.github.metallbdyn6.pool.EarlierRanges;
import io.github.metallbdyn6.pool.Uptake;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CanaryTest {
  private static final Instant NOW = Instant.parse("2026-11-22T20:00:00Z");
  private static final AddressRange A = range("2001:db8:a");
  private static final AddressRange B = range("2001:db8:b");
  private static final String RECORD =
      "%s; pool=metallb-system/public; to=192.0.2.11,2001:db8:b::1001;"
          + " from=192.0.2.11,2001:db8:a::1001; pin=yours; refusals=%d; since=%s";

  private final LiveService one = LiveService.at("one", "192.0.2.11", "2001:db8:a::1001");
  private final LiveService two = LiveService.at("two", "192.0.2.12", "2001:db8:a::1002");
  private final LiveService six = LiveService.at("six", "2001:db8:a::1003");

  private static AddressRange range(String prefix) {
    return AddressRange.parseEntry("%1$s::1000-%1$s::1999".formatted(prefix)).orElseThrow();
  }

  /** Returns who passes, of services of which all are to move. */
  private static List<String> passing(Uptake uptake, Instant now, LiveService... services) {
    Goal goal =
        new Goal(
            new HomePool("metallb-system/public", List.of(), new EarlierRanges(List.of())),
            B,
            List.of(A),
            List.of(),
            uptake,
            Duration.ofMinutes(3),
            NOW,
            now);
    Map<ServiceState, Step> steps = new LinkedHashMap<>();
    for (LiveService service : services) {
      ServiceState state = service.state();
      steps.put(state, Step.patch(new PatchDraft(state).as(Kind.MOVE)));
    }
    return Canary.of(goal, steps.keySet()).hold(steps).entrySet().stream()
        .filter(entry -> entry.getValue().isMove())
        .map(entry -> entry.getKey().name())
        .toList();
  }

  private static LiveService with(LiveService service, String stage, int refusals) {
    return service.annotated(
        Annotations.RECORD, RECORD.formatted(stage, refusals, NOW).replace(" refusals=0;", ""));
  }

  @Test
  void holdsNobodyWhereMetalLbKnowsTheRange() {
    assertThat(passing(Uptake.DONE, NOW, one, two)).containsExactly("one", "two");
    LiveService there = LiveService.at("there", "192.0.2.13", "2001:db8:b::1004");
    assertThat(passing(Uptake.SILENT, NOW, one, two, there)).hasSize(3);
  }

  @Test
  void sendsOneAheadThatHasTheLeastToLose() {
    for (Uptake uptake : List.of(Uptake.SILENT, Uptake.UNCERTAIN)) {
      assertThat(passing(uptake, NOW, one, two)).containsExactly("one");
      assertThat(passing(uptake, NOW, one, two, six)).containsExactly("six");
    }
  }

  @Test
  void sendsNobodyWhileOneIsAwayHoweverLong() {
    for (String stage : List.of("moving", "returning")) {
      assertThat(passing(Uptake.SILENT, NOW.plusSeconds(999), with(one, stage, 0), two)).isEmpty();
    }
  }

  @Test
  void sendsAnotherOneAfterARefusalAndAPause() {
    LiveService refused = with(one, "given-up", 1);

    assertThat(passing(Uptake.SILENT, NOW.plusMillis(3999), refused, two)).isEmpty();
    assertThat(passing(Uptake.SILENT, NOW.plusSeconds(4), refused, two)).containsExactly("two");
  }

  @Test
  void sendsTheSameOneAgainWhereThatCostsNoIpv4AddressButNotForEver() {
    Instant later = NOW.plusSeconds(60);

    assertThat(passing(Uptake.SILENT, later, with(six, "given-up", 5), two)).containsExactly("six");
    assertThat(passing(Uptake.SILENT, later, with(six, "given-up", 6), two)).containsExactly("two");
  }

  @Test
  void doesNotCareForServicesOfAnotherPool() {
    LiveService foreign =
        one.annotated(
            Annotations.RECORD, RECORD.formatted("moving", 0, NOW).replace("/public", "/other"));

    assertThat(passing(Uptake.SILENT, NOW, foreign, two)).hasSize(1);
  }
}
