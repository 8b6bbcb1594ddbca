package io.github.metallbdyn6.handover;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.handover.ServicePatch.Kind;
import io.github.metallbdyn6.ipv6.AddressRange;
import io.github.metallbdyn6.pool.EarlierRanges;
import io.github.metallbdyn6.pool.Uptake;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CanaryTest {
  private static final Instant NOW = Instant.parse("2026-11-22T20:00:00Z");
  private static final AddressRange A = range("2001:db8:a");
  private static final AddressRange B = range("2001:db8:b");
  private static final AddressRange C = range("2001:db8:c");
  private static final String RECORD =
      "%s; pool=metallb-system/public; to=192.0.2.11,%s::1001; from=192.0.2.11,2001:db8:a::1001;"
          + " pin=yours; since=%s";

  private final Canary canary = new Canary();
  private final LiveService one = LiveService.at("one", "192.0.2.11", "2001:db8:a::1001");
  private final LiveService two = LiveService.at("two", "192.0.2.12", "2001:db8:a::1002");
  private final LiveService six = LiveService.at("six", "2001:db8:a::1003");
  private final LiveService evil = LiveService.at("evil/six", "2001:db8:a::1004");

  private static AddressRange range(String prefix) {
    return AddressRange.parseEntry("%1$s::1000-%1$s::1999".formatted(prefix)).orElseThrow();
  }

  private static HandoverGoal goal(AddressRange range, Uptake uptake, Instant now) {
    return new HandoverGoal(
        new HomePool("metallb-system/public", List.of(), new EarlierRanges(List.of())),
        range,
        List.of(A),
        List.of(),
        uptake,
        Duration.ofMinutes(3),
        NOW,
        now);
  }

  private static LiveService recorded(LiveService service, String stage, Instant since) {
    return service.annotated(
        ServiceAnnotations.RECORD, RECORD.formatted(stage, "2001:db8:b", since));
  }

  /** Returns who passes, of services of which all are to move. */
  private List<String> passing(HandoverGoal goal, LiveService... services) {
    Map<ServiceState, Step> steps = new LinkedHashMap<>();
    for (LiveService service : services) {
      ServiceState state = service.state();
      String record =
          requireNonNull(
              recorded(service, "moving", goal.now()).annotations().get(ServiceAnnotations.RECORD));
      PatchDraft draft = new PatchDraft(state).record(HandoverRecord.parse(record).orElseThrow());
      steps.put(state, Step.patch(draft.as(Kind.MOVE)));
    }
    return canary.hold(goal, steps.keySet(), steps).entrySet().stream()
        .filter(entry -> entry.getValue().isMove())
        .map(entry -> entry.getKey().name())
        .toList();
  }

  private List<String> passing(int seconds, LiveService... services) {
    return passing(goal(B, Uptake.SILENT, NOW.plusSeconds(seconds)), services);
  }

  @Test
  void holdsNobodyWhereMetalLbKnowsTheRange() {
    assertThat(passing(goal(B, Uptake.DONE, NOW), one, two)).containsExactly("one", "two");
    LiveService there = LiveService.at("there", "192.0.2.13", "2001:db8:b::1004");
    assertThat(passing(0, one, two, there)).hasSize(3);
  }

  @Test
  void sendsOneAheadThatHasTheLeastToLose() {
    assertThat(passing(0, one, two, six)).containsExactly("six");
    assertThat(new CanaryTest().passing(goal(B, Uptake.UNCERTAIN, NOW), one, two))
        .containsExactly("one");
  }

  @Test
  void sendsNobodyWhileTheOneThatItSentIsAwayHoweverLong() {
    assertThat(passing(0, one, two)).containsExactly("one");

    assertThat(passing(999, recorded(one, "moving", NOW), two)).isEmpty();
  }

  /** It may have been sent by this program before a restart. */
  @Test
  void sendsNobodyWhileOneIsAwayThatWasSoAtTheStart() {
    for (String stage : List.of("moving", "returning")) {
      CanaryTest started = new CanaryTest();
      assertThat(started.passing(0, recorded(one, stage, NOW), two)).isEmpty();
      assertThat(started.passing(999, recorded(one, stage, NOW), two)).isEmpty();
    }
  }

  @Test
  void sendsAnotherOneAfterAPause() {
    assertThat(passing(0, one, two)).containsExactly("one");
    LiveService refused = recorded(one, "given-up", NOW);

    assertThat(passing(3, refused, two)).isEmpty();
    assertThat(passing(4, refused, two)).containsExactly("two");
    assertThat(passing(11, refused, two)).isEmpty();
  }

  @Test
  void sendsTheSameOneAgainWhereThatCostsNoIpv4AddressButNotForEver() {
    List<String> sent = new ArrayList<>();
    for (int second = 0; sent.size() < 4; second++) {
      sent.addAll(passing(second, six, two));
    }

    assertThat(sent).containsExactly("six", "six", "six", "two");
  }

  @Test
  void isNotHeldUpByARecordThatItDidNotWrite() {
    assertThat(passing(0, one, two)).containsExactly("one");

    LiveService moving = recorded(evil, "moving", NOW.plusSeconds(3));
    assertThat(passing(100, moving, one)).containsExactly("one");
    LiveService returning = recorded(evil, "returning", NOW.plusSeconds(3));
    assertThat(passing(200, returning, one)).containsExactly("one");
  }

  @Test
  void sendsNoServiceAheadThatRequestsSomethingElseWhileThereIsAnotherOne() {
    LiveService odd = evil.annotated(ServiceAnnotations.PIN, "2001:db8:a::1004,nonsense");
    LiveService twice =
        evil.annotated(ServiceAnnotations.PIN, "2001:db8:a::1004").asking("2001:db8:a::1004");

    for (LiveService hostile : List.of(odd, twice)) {
      assertThat(new CanaryTest().passing(0, hostile, one)).containsExactly("one");
    }
    assertThat(passing(0, evil.annotated(ServiceAnnotations.PIN, "2001:db8:a::1004"), one))
        .as("a pin of what it has is nothing odd")
        .containsExactly("six");
  }

  /** It takes its record away as soon as it has one, so that it seems never to have been sent. */
  @Test
  void isHeldUpByAHostileNamespaceForAFewTriesOnly() {
    List<String> sent = new ArrayList<>();
    int second = 0;
    for (; !sent.contains("one"); second++) {
      sent.addAll(passing(second, evil, LiveService.at("evil/seven", "2001:db8:a::1007"), one));
    }

    assertThat(sent).hasSize(4);
    assertThat(second).isLessThan(30);
  }

  @Test
  void triesAnewUnderTheNextPrefix() {
    assertThat(passing(0, one, two)).containsExactly("one");

    assertThat(passing(goal(C, Uptake.SILENT, NOW), recorded(one, "moving", NOW), two)).hasSize(1);
  }

  @Test
  void doesNotCareForServicesOfAnotherPool() {
    LiveService foreign =
        one.annotated(
            ServiceAnnotations.RECORD,
            RECORD.formatted("moving", "2001:db8:b", NOW).replace("/public", "/other"));

    assertThat(passing(0, foreign, two)).hasSize(1);
  }
}
