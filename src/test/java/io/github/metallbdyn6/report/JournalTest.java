package io.github.metallbdyn6.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.github.metallbdyn6.answer.CurrentPrefix;
import io.github.metallbdyn6.answer.Lifetimes;
import io.github.metallbdyn6.answer.RefusedAnswer;
import io.github.metallbdyn6.handover.HandoverPlan;
import io.github.metallbdyn6.handover.ServiceState;
import io.github.metallbdyn6.ipv6.AddressRange;
import io.github.metallbdyn6.ipv6.Ipv6Prefix;
import io.github.metallbdyn6.metallb.RestartFailed;
import io.github.metallbdyn6.pass.FailedStep;
import io.github.metallbdyn6.pass.PoolPass;
import io.github.metallbdyn6.pass.SourceBackingOff;
import io.github.metallbdyn6.pool.ChangeHeld;
import io.github.metallbdyn6.pool.PauseOrder;
import io.github.metallbdyn6.pool.PoolPlan;
import io.github.metallbdyn6.pool.PoolState;
import io.github.metallbdyn6.pool.Retirement;
import io.github.metallbdyn6.testbed.Explainers;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JournalTest {
  private static final Instant START = Instant.parse("2026-01-02T10:14:00Z");

  /** A clock that the test sets. */
  private static final class Hand extends Clock {
    private Instant now = START;

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  private static final String RANGE_A = "2001:db8:a::1000-2001:db8:a::1999";
  private static final String RANGE_B = "2001:db8:b::1000-2001:db8:b::1999";

  private final Hand clock = new Hand();
  private static final CurrentPrefix A = from("my-ip", "2001:db8:a::/64");

  private final Journal journal = new Journal("my-ip", clock, Explainers.REAL);

  private static CurrentPrefix from(String source, String prefix) {
    return new CurrentPrefix(Ipv6Prefix.parse(prefix), List.of(source), Lifetimes.UNKNOWN);
  }

  private static RefusedAnswer refusal(RefusedAnswer.Reason reason) {
    return new RefusedAnswer(reason, "test");
  }

  @Test
  void aTroubleLastsSinceItsOwnBegin() {
    journal.failed(refusal(RefusedAnswer.Reason.MALFORMED));
    clock.now = START.plusSeconds(60);
    journal.failed(refusal(RefusedAnswer.Reason.UNIQUE_LOCAL));
    clock.now = START.plusSeconds(120);
    journal.failed(refusal(RefusedAnswer.Reason.UNIQUE_LOCAL));

    Trouble trouble = journal.situation().trouble().orElseThrow();
    assertThat(trouble.since()).isEqualTo(START.plusSeconds(60));
    assertThat(trouble.passes()).isEqualTo(2);
    assertThat(trouble.inWords()).contains("unique_local", "since 2026-01-02 10:15 UTC");
  }

  /** The same failure of two passes; what identifies a request, a socket or an object differs. */
  static Stream<Arguments> sameFailures() {
    return Stream.of(
        failures(
            pass ->
                new CamelExecutionException(
                    "Error during execution", new DefaultExchange(new DefaultCamelContext()))),
        failures(pass -> new IllegalStateException("no reader for Stream@2645798" + pass)),
        failures(
            pass ->
                new KubernetesClientException(
                    "failed",
                    new IOException("/127.0.0.1:5341%d: GOAWAY received".formatted(pass)))),
        failures(pass -> new IOException("/127.0.0.1:5341%d: connection reset".formatted(pass))),
        failures(pass -> new IOException(pass == 1 ? "reset by peer" : "broken pipe")),
        // whichever of the two limits of a slow answer ends it first
        failures(
            pass ->
                pass == 1
                    ? new SocketTimeoutException("Read timed out")
                    : new SocketException("Socket closed")),
        failures(pass -> refusedByCluster(500, pass == 1 ? "etcd timed out" : "leader changed")),
        failures(pass -> new IllegalStateException(pass == 1 ? "no reader" : "reader is closed")),
        failures(
            pass -> refusedByCluster(422, "Event \"public-x7k2%d\" is invalid".formatted(pass))),
        failures(pass -> refusedByCluster(500, "etcd timed out, request id 12%d".formatted(pass))),
        failures(
            pass ->
                new HttpOperationFailedException(
                    "http://192.0.2.1/ip",
                    302,
                    "Found",
                    "http://192.0.2.1/login?session=" + pass,
                    Map.of(),
                    "")),
        failures(
            pass -> new RestartFailed("MetalLB is not back: %d of 2 are Ready".formatted(pass))));
  }

  private static Arguments failures(IntFunction<Throwable> ofPass) {
    return Arguments.of(ofPass.apply(1), ofPass.apply(2));
  }

  private static KubernetesClientException refusedByCluster(int code, String message) {
    return new KubernetesClientException(
        message, code, new StatusBuilder().withCode(code).withMessage(message).build());
  }

  @ParameterizedTest
  @MethodSource("sameFailures")
  void aFailureIsTheSameWhateverNumbersItsTextHas(Throwable first, Throwable second) {
    journal.failed(first);
    journal.failed(second);

    assertThat(journal.situation().trouble().orElseThrow().passes()).isEqualTo(2);
  }

  private static Throwable in(String step, Throwable failure) {
    new FailedStep(step, "0-run-pass.camel.yaml", 7, "Do it.").noteIn(failure);
    return failure;
  }

  @Test
  void theSameInAnotherStepIsAnotherTroubleAndNamesIt() {
    journal.failed(in("read-pool", new IllegalStateException("test")));
    journal.failed(in("read-pool", new IllegalStateException("test")));
    assertThat(journal.situation().trouble().orElseThrow().passes()).isEqualTo(2);
    journal.failed(in("patch", new IllegalStateException("test")));

    Trouble trouble = journal.situation().trouble().orElseThrow();
    assertThat(trouble.passes()).isEqualTo(1);
    assertThat(trouble.inWords())
        .startsWith(
            "IllegalStateException: test, in step patch (0-run-pass.camel.yaml, line 7: Do it), since ");
  }

  @Test
  void namesWhatHappenedAndNotHowCamelWrapsIt() {
    journal.failed(
        new CamelExecutionException(
            "Error during execution",
            new DefaultExchange(new DefaultCamelContext()),
            new IllegalStateException("no reader for java.io.StringReader@26457986")));

    assertThat(journal.situation().trouble().orElseThrow().text())
        .isEqualTo("IllegalStateException: no reader for java.io.StringReader");
  }

  /** The advice would otherwise be that every pass asks again. */
  @Test
  void saysUntilWhenASourceIsLeftAlone() {
    Exception refusal =
        new HttpOperationFailedException("http://192.0.2.1/", 429, "", "", Map.of(), "");
    journal.failed(new SourceBackingOff(START.plusSeconds(1800), refusal));

    assertThat(journal.situation().trouble().orElseThrow().inWords())
        .contains("it is left alone until 2026-01-02 10:44:00 UTC", "Nothing to do until then")
        .doesNotContain("asks again");
  }

  /** The source has done its part: its answer says nothing about MetalLB. */
  @Test
  void sendsPeopleToMetalLbWhileServicesWaitForIt() {
    journal.failed(new ChangeHeld("services stay on their addresses", ChangeHeld.Reason.METALLB));

    assertThat(journal.situation().trouble().orElseThrow().toTell())
        .startsWith("The handover waits for MetalLB: services stay on their addresses. Look at")
        .contains("Look at MetalLB's controller")
        .doesNotContain("source", "held as it is");
    assertThat(journal.situation().troubleInWords().orElseThrow())
        .startsWith("the handover waits for MetalLB: services stay on their addresses, since ");
  }

  /** A time that is cut to the minute could be over before it begins. */
  @Test
  void saysUntilWhenASlowSourceIsNotWaitedFor() {
    Exception slow = new SocketTimeoutException("Read timed out");
    journal.failed(new SourceBackingOff(START.plusSeconds(30), slow));

    assertThat(journal.situation().trouble().orElseThrow().inWords())
        .contains(
            "it is left alone until 2026-01-02 10:14:30 UTC", "Nothing to do if it answers by then")
        .doesNotContain("asks again", "ask less often");
  }

  @Test
  void anotherStatusIsAnotherTrouble() {
    List<Integer> passes = new ArrayList<>();
    for (int status : new int[] {401, 403, 500, 503}) {
      journal.failed(refusedByCluster(status, "no"));
      passes.add(journal.situation().trouble().orElseThrow().passes());
    }
    for (int status : new int[] {403, 429, 500, 302}) {
      journal.failed(
          new HttpOperationFailedException("http://192.0.2.1/", status, "", "", Map.of(), ""));
      passes.add(journal.situation().trouble().orElseThrow().passes());
    }
    assertThat(passes).containsOnly(1);
  }

  private static PoolPass plan(String entry) {
    AddressRange desired = AddressRange.parseEntry(RANGE_B).orElseThrow();
    Map<String, String> record = Map.of(PoolState.RECORD, RANGE_B);
    PoolState pool = PoolState.of("1", List.of(entry), record, START);
    return PoolPass.place("home/public").with(pool).with(PoolPlan.of(pool, desired));
  }

  @Test
  void tellsOnceThatSomebodyHasUndoneAChangeUntilItIsPutRight() {
    List<PassEvent> told = new ArrayList<>();
    journal.addReader(told::add);
    journal.planned(plan(RANGE_B));
    assertThat(told).isEmpty();

    journal.planned(plan(RANGE_A));
    journal.planned(plan(RANGE_A));
    assertThat(told).singleElement().isInstanceOf(PassEvent.PoolReverted.class);
    journal.patched(plan(RANGE_A).with(plan(RANGE_B).state()));
    journal.planned(plan(RANGE_B));
    clock.now = START.plusSeconds(1800);
    journal.planned(plan(RANGE_A));
    clock.now = START.plusSeconds(3700);
    journal.planned(plan(RANGE_B));
    journal.planned(plan(RANGE_A));

    assertThat(told.stream().filter(PassEvent.PoolReverted.class::isInstance))
        .extracting(what -> ((PassEvent.PoolReverted) what).times())
        .as("times within the last hour")
        .containsExactly(1, 2, 2);
  }

  @Test
  void remembersWhatIsNewAndNothingOfIdlePasses() {
    journal.answered(A);
    for (int pass = 0; pass < 100; pass++) {
      journal.answered(A);
      journal.succeeded();
      journal.failed(refusal(RefusedAnswer.Reason.EMPTY));
      journal.failed(refusal(RefusedAnswer.Reason.EMPTY));
    }
    List<PastHappening> history = journal.situation().history();
    assertThat(history).hasSize(50);
    assertThat(history).extracting(PastHappening::kind).containsOnly("passSucceeded", "held");
  }

  private static HandoverPlan.Problem problem(String service, String text) {
    ServiceState state =
        new ServiceState(
            "home", service, "uid", "1", Map.of(), true, "", List.of(), Optional.empty());
    return new HandoverPlan.Problem(state, text, false, false);
  }

  @Test
  void remembersALineAndNotTheServicesThatItIsAbout() {
    HandoverPlan.Problem problem = problem("web", "its host part is taken");
    WeakReference<ServiceState> service = new WeakReference<>(problem.service());
    journal.note(new HandoverEvent.ServicesLeft(START, List.of(problem)));
    problem = null;

    await()
        .until(
            () -> {
              System.gc();
              return service.get() == null;
            });
    assertThat(journal.situation().history())
        .containsExactly(
            new PastHappening(
                START,
                "servicesLeft",
                "a service does not have the address that it should have: home/web: its host part is taken"));
  }

  @Test
  void cutsALineThatOthersHaveMadeLong() {
    List<HandoverPlan.Problem> several =
        IntStream.range(0, 9).mapToObj(i -> problem("web-" + i, "x".repeat(100_000))).toList();
    journal.note(new HandoverEvent.ServicesLeft(START, several));

    assertThat(journal.situation().history())
        .singleElement()
        .satisfies(what -> assertThat(what.text()).hasSize(1001).endsWith("x…"));
  }

  @Test
  void saysWhatBecomesOfAServiceWhoseRangeGoes() {
    AddressRange old = AddressRange.parseEntry("2001:db8:b::1000-2001:db8:b::1999").orElseThrow();
    PoolState pool = PoolState.of("1", List.of(), Map.of(), START);
    assertThat(
            new HandoverEvent.RangesRetired(
                    START,
                    new Retirement(pool, List.of(old)),
                    List.of(problem("web", "").service()))
                .text())
        .endsWith(
            "have not moved: home/web; MetalLB gives them what is free, IPv4 included, and nothing to those that are pinned");
  }

  @Test
  void namesSomeOfManyServices() {
    List<HandoverPlan.Problem> repairs =
        IntStream.range(0, 1000).mapToObj(i -> problem("web-" + i, "asks for more")).toList();

    assertThat(new HandoverEvent.PinsRepaired(START, repairs).text())
        .startsWith("1000 services had no address: home/web-0: asks for more")
        .endsWith(" and 990 more")
        .hasSizeLessThan(1000);
  }

  @Test
  void aPauseIsAHoldUntilItEnds() {
    journal.paused(true);
    assertThat(journal.situation().troubleInWords())
        .hasValueSatisfying(
            text ->
                assertThat(text)
                    .startsWith("holding the pool: passes are paused, since 2026-01-02 10:14 UTC.")
                    .contains("resume"));
    journal.paused(false);
    assertThat(journal.situation().troubleInWords()).isEmpty();
  }

  @Test
  void aPauseThatThePoolOrdersShowsItsEndAndHowToEndIt() {
    journal.pausedByPool(PauseOrder.parse("until 18:00", START));

    assertThat(journal.situation().pausedSince()).contains(START);
    assertThat(journal.situation().troubleInWords())
        .contains(
            "holding the pool: passes are paused until 2026-01-02 18:00 UTC, since 2026-01-02 10:14 UTC. Remove the annotation metallb-dyn6/pause from the pool to end the pause.");
    journal.resumedByPool("test");
    assertThat(journal.situation().pausedSince()).isEmpty();
  }

  @Test
  void tellsThatAnotherSourceGivesTheSamePrefix() {
    List<String> told = new ArrayList<>();
    journal.addReader(what -> told.add(what.text()));
    journal.answered(A);
    clock.now = START.plusSeconds(60);
    journal.answered(from("ipify", "2001:db8:a::/64"));

    assertThat(told)
        .containsExactly(
            "source my-ip answers the prefix 2001:db8:a::/64",
            "source ipify answers now, before it was my-ip; the prefix is the same");
    assertThat(journal.situation().prefixSince()).contains(START);
  }
}
