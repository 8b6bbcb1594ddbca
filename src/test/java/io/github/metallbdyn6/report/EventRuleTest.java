package io.github.metallbdyn6.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.metallbdyn6.answer.CurrentPrefix;
import io.github.metallbdyn6.answer.Lifetimes;
import io.github.metallbdyn6.answer.RefusedAnswer;
import io.github.metallbdyn6.ipv6.Ipv6Prefix;
import io.github.metallbdyn6.pass.KubernetesEvent;
import io.github.metallbdyn6.testbed.Explainers;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Choice of the events of a journal that become Kubernetes Events; how often is another question.
 */
class EventRuleTest {
  private static final CurrentPrefix A = current("2001:db8:a::/64");
  private static final CurrentPrefix B = current("2001:db8:b::/64");

  private final Journal journal =
      new Journal(
          "my-ip",
          Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC),
          Explainers.REAL);
  private final List<KubernetesEvent> events = new ArrayList<>();
  private final List<String> kinds = new ArrayList<>();

  private static CurrentPrefix current(String prefix) {
    return new CurrentPrefix(Ipv6Prefix.parse(prefix), List.of("my-ip"), Lifetimes.UNKNOWN);
  }

  @BeforeEach
  void readJournal() {
    journal.addReader(
        what ->
            EventRule.eventOf(what)
                .ifPresent(
                    event -> {
                      events.add(event);
                      kinds.add(EventRule.kindOf(what));
                    }));
  }

  @Test
  void theFirstPrefixAfterAStartIsNoChange() {
    journal.answered(A);
    assertThat(events).isEmpty();
    journal.answered(B);
    assertThat(events).extracting(KubernetesEvent::reason).containsExactly("PrefixChanged");
  }

  @Test
  void aFailureIsToldWhenItLastsAndSoIsItsEnd() {
    journal.failed(new IOException("no route to host"));
    journal.failed(new IOException("no route to host"));
    journal.succeeded();
    assertThat(events).isEmpty();

    journal.failed(new IOException("no route to host"));
    journal.failed(new IOException("no route to host"));
    journal.failed(new IOException("no route to host"));
    journal.succeeded();
    assertThat(events)
        .extracting(KubernetesEvent::type, KubernetesEvent::reason, KubernetesEvent::note)
        .containsExactly(
            tuple(
                KubernetesEvent.Type.Warning,
                "PassFailed",
                "passes fail: the source cannot be reached: no route to host, since 2026-01-02 03:04 UTC. The program asks again by itself; if it stays so, see whether this machine reaches the source over IPv6, or choose another one (METALLB_DYN6_SOURCE)."),
            tuple(
                KubernetesEvent.Type.Normal,
                "Recovered",
                "passes succeed again, after 3 that did not"));
  }

  @Test
  void thatServicesCannotBeMovedIsToldOnceAndSoIsItsEnd() {
    journal.lacks(List.of());
    assertThat(events).isEmpty();
    journal.lacks(List.of("watch", "patch"));
    journal.lacks(List.of("patch"));
    journal.lacks(List.of());
    journal.lacks(List.of());
    assertThat(events)
        .extracting(KubernetesEvent::type, KubernetesEvent::reason, KubernetesEvent::note)
        .containsExactly(
            tuple(
                KubernetesEvent.Type.Warning,
                "HandoverForbidden",
                "the next change is no handover, and services may lose their IPv4 addresses: the account may not watch, patch services. "
                    + Advice.GRANT_SERVICES),
            tuple(
                KubernetesEvent.Type.Normal,
                "HandoverAllowed",
                "the account has all rights on services: the next change is a handover"));
  }

  @Test
  void anEditThatIsRefusedIsTold() {
    journal.edited(true, "edited routes are refused: a.camel.yaml, line 3: no such step");
    journal.edited(false, "new routes are in use");
    assertThat(events)
        .extracting(KubernetesEvent::type, KubernetesEvent::reason, KubernetesEvent::note)
        .containsExactly(
            tuple(
                KubernetesEvent.Type.Warning,
                "RoutesRefused",
                "edited routes are refused: a.camel.yaml, line 3: no such step. "
                    + Advice.CORRECT_ROUTES));
  }

  @Test
  void refusalsOfOneKindAreARepetitionWhateverTheAddress() {
    journal.failed(new RefusedAnswer(RefusedAnswer.Reason.IPV4, "192.0.2.1 is IPv4"));
    journal.failed(new RefusedAnswer(RefusedAnswer.Reason.IPV4, "192.0.2.2 is IPv4"));
    journal.failed(new RefusedAnswer(RefusedAnswer.Reason.EMPTY, "nothing"));

    assertThat(events).extracting(KubernetesEvent::reason).containsOnly("AnswerRefused").hasSize(3);
    assertThat(kinds.get(0)).isEqualTo(kinds.get(1)).isNotEqualTo(kinds.get(2));
  }

  @Test
  void aPrefixThatComesBackIsNoRepetitionOfTheOtherWay() {
    journal.answered(A);
    journal.answered(B);
    journal.answered(A);
    journal.answered(B);

    assertThat(kinds).hasSize(3);
    assertThat(kinds.get(0)).isNotEqualTo(kinds.get(1)).isEqualTo(kinds.get(2));
  }
}
