package io.github.metallbdyn6.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.metallbdyn6.answer.CurrentPrefix;
import io.github.metallbdyn6.answer.Lifetimes;
import io.github.metallbdyn6.answer.RefusedAnswer;
import io.github.metallbdyn6.ipv6.AddressRange;
import io.github.metallbdyn6.ipv6.Ipv6Prefix;
import io.github.metallbdyn6.pass.PoolPass;
import io.github.metallbdyn6.pool.PoolPlan;
import io.github.metallbdyn6.pool.PoolState;
import io.github.metallbdyn6.pool.PushedPrefix;
import io.github.metallbdyn6.testbed.ApiCall;
import io.github.metallbdyn6.testbed.TestCluster;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PushedPrefixStoreTest {
  private static final PoolState POOL = PoolState.of("1", List.of(), Map.of(), Instant.EPOCH);

  /** A pass that is not held. */
  private static final PoolPass PASS =
      PoolPass.place("home/public")
          .with(
              PoolPlan.of(POOL, AddressRange.parseEntry("2001:db8::1-2001:db8::2").orElseThrow()));

  private static final Instant NOW = Instant.parse("2026-11-22T20:00:00.123Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final Ipv6Prefix PREFIX = Ipv6Prefix.parse("2001:db8:1::/64");
  private static final String ANNOTATION = "2001:db8:1::/64=2026-11-22T20:00:00Z";

  private final TestCluster cluster = TestCluster.fake();
  private final IpAddressPool pool =
      new IpAddressPool(cluster.client(), cluster.namespace(), TestCluster.POOL);
  private final PushedPrefixStore memory = new PushedPrefixStore(pool, CLOCK, false);

  @AfterEach
  void close() throws Exception {
    cluster.close();
  }

  @Test
  void hasNothingBeforeTheFirstPush() {
    cluster.createPool(List.of("192.0.2.0/28"));

    assertThatThrownBy(() -> memory.recall(300))
        .isInstanceOfSatisfying(
            RefusedAnswer.class,
            refused -> assertThat(refused.reason()).isEqualTo(RefusedAnswer.Reason.NOT_YET));
  }

  @Test
  void isThePoolsAnnotationAndNothingElseOfIt() {
    cluster.createPool(List.of("192.0.2.0/28"));
    Map<?, ?> spec = cluster.spec();

    assertThat(memory.keep(PREFIX)).isEqualTo(new PushedPrefix.Kept(PREFIX, true));
    assertThat(cluster.annotations())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("example.com/owner", "somebody", PushedPrefix.ANNOTATION, ANNOTATION));
    assertThat(cluster.spec()).isEqualTo(spec);
    assertThat(cluster.labels()).containsEntry("example.com/label", "kept");
    assertThat(memory.recall(300)).isEqualTo("2001:db8:1::/64");
    assertThat(new PushedPrefixStore(pool, CLOCK, false).recall(300)).isEqualTo("2001:db8:1::/64");
  }

  @Test
  void isNotWrittenTwice() {
    cluster.createPool(List.of("192.0.2.0/28"));
    memory.keep(PREFIX);
    String version = cluster.resourceVersion();

    assertThat(new PushedPrefixStore(pool, CLOCK, false).keep(PREFIX).isNew()).isFalse();
    assertThat(cluster.resourceVersion()).isEqualTo(version);
  }

  /** A pool that was made anew has forgotten it; what is told again is written again. */
  @Test
  void comesBackIntoAPoolThatWasMadeAnew() {
    cluster.createPool(List.of("192.0.2.0/28"));
    memory.keep(PREFIX);
    cluster.deletePool();
    cluster.createPool(List.of("192.0.2.0/28"));

    assertThat(memory.recall(300)).isEqualTo("2001:db8:1::/64");
    memory.keep(PREFIX);
    assertThat(cluster.annotations()).containsEntry(PushedPrefix.ANNOTATION, ANNOTATION);
  }

  /** Between a pass's read and its patch: the pass sees that it is late, and neither is lost. */
  @Test
  void goesWithAPatchAtTheSameMoment() {
    cluster.createPool(List.of("192.0.2.0/28"));
    AddressRange range = AddressRange.parseEntry("2001:db8:1::1-2001:db8:1::2").orElseThrow();
    PoolPlan plan = PoolPlan.of(pool.read(), range);
    pool.patch(plan, Optional.empty());
    memory.keep(PREFIX);

    assertThat(cluster.addresses()).containsExactly("192.0.2.0/28", range.toString());
    assertThat(cluster.annotations())
        .containsKeys(PoolState.RECORD, PushedPrefix.ANNOTATION, "example.com/owner");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "x", "2001:db8:1::/64", "2001:db8:1::/64=yesterday", "=2026-11-22T20:00:00Z"})
  void takesWhatItDidNotWriteForNothing(String annotation) {
    cluster.createPool(List.of("192.0.2.0/28"), Map.of(PushedPrefix.ANNOTATION, annotation));

    assertThatThrownBy(() -> memory.recall(300)).isInstanceOf(RefusedAnswer.class);
    assertThat(memory.keep(PREFIX).isNew()).isTrue();
    assertThat(cluster.annotations()).containsEntry(PushedPrefix.ANNOTATION, ANNOTATION);
  }

  @Test
  void keepsNothingWithoutAPool() {
    assertThatThrownBy(() -> memory.keep(PREFIX))
        .isInstanceOf(PoolUnusable.class)
        .hasMessageContaining("there is no IPAddressPool public");
    cluster.createPool(List.of("192.0.2.0/28"));
    assertThatThrownBy(() -> memory.recall(300)).isInstanceOf(RefusedAnswer.class);
  }

  private static CurrentPrefix said(String source, String prefix) {
    return new CurrentPrefix(Ipv6Prefix.parse(prefix), List.of(source), Lifetimes.UNKNOWN);
  }

  /** After a restart only the annotation knows when that was. */
  @Test
  void isDisputableWhenTheRouterHasNotRepeatedItForAWhile() {
    cluster.createPool(List.of("192.0.2.0/28"));
    memory.keep(PREFIX);
    Clock later = Clock.offset(CLOCK, Duration.ofMinutes(5));
    PushedPrefixStore next = new PushedPrefixStore(pool, later, false);

    memory.recall(300);
    assertThat(memory.isDisputable("push")).isFalse();
    next.recall(300);
    assertThat(next.isDisputable("push")).isTrue();
    assertThat(next.isDisputable("fritzbox")).isFalse();
    next.recall(301);
    assertThat(next.isDisputable("push")).isFalse();
    next.keep(PREFIX);
    next.recall(300);
    assertThat(next.isDisputable("push")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2001:db8:2::/64", "2001:db8:0:100::/56"})
  void isForgottenWhenThePoolFollowsAnotherSourceThatContradictsIt(String prefix) {
    cluster.createPool(List.of("192.0.2.0/28"));
    memory.keep(PREFIX);
    memory.recall(300);
    pool.read();
    memory.heard(said("fritzbox", prefix));
    memory.forgetContradicted(PASS);

    assertThat(cluster.annotations())
        .containsExactlyEntriesOf(Map.of("example.com/owner", "somebody"));
    assertThatThrownBy(() -> memory.recall(300)).isInstanceOf(RefusedAnswer.class);
    String version = cluster.resourceVersion();
    memory.forgetContradicted(PASS);
    assertThat(cluster.resourceVersion()).isEqualTo(version);
  }

  @ParameterizedTest
  @CsvSource({"fritzbox, 2001:db8:1::/56", "my-ip, 2001:db8:1::/64", "push, 2001:db8:9::/64"})
  void staysWhileNobodyElseContradictsIt(String source, String prefix) {
    cluster.createPool(List.of("192.0.2.0/28"));
    memory.keep(PREFIX);
    pool.read();
    memory.heard(said(source, prefix));
    memory.forgetContradicted(PASS);

    assertThat(cluster.annotations()).containsEntry(PushedPrefix.ANNOTATION, ANNOTATION);
    assertThat(memory.recall(300)).isEqualTo("2001:db8:1::/64");
  }

  /** The pass that follows it decides. */
  @Test
  void staysWhenItCameAfterTheQuestion() {
    cluster.createPool(List.of("192.0.2.0/28"));
    pool.read();
    memory.heard(said("fritzbox", "2001:db8:2::/64"));
    memory.keep(PREFIX);
    memory.forgetContradicted(PASS);

    assertThat(cluster.annotations()).containsEntry(PushedPrefix.ANNOTATION, ANNOTATION);
  }

  /** A router may push it once: a pass that has asked for it just before must not take it away. */
  @Test
  void staysWhenItCameBetweenTheQuestionAndTheAnswerOfAnotherSource() {
    cluster.createPool(List.of("192.0.2.0/28"));
    assertThatThrownBy(() -> memory.recall(300)).isInstanceOf(RefusedAnswer.class);
    memory.keep(PREFIX);
    memory.heard(said("fritzbox", "2001:db8:2::/64"));
    pool.read();
    memory.forgetContradicted(PASS);

    assertThat(cluster.annotations()).containsEntry(PushedPrefix.ANNOTATION, ANNOTATION);
    assertThat(memory.recall(300)).isEqualTo("2001:db8:1::/64");
  }

  /** Where another source is asked first, nobody asks for the push. */
  @Test
  void isForgottenByTheSecondPassThatDoesNotAskForIt() {
    cluster.createPool(List.of("192.0.2.0/28"));
    memory.keep(PREFIX);
    pool.read();
    memory.heard(said("fritzbox", "2001:db8:2::/64"));
    memory.forgetContradicted(PASS);
    assertThat(cluster.annotations()).containsEntry(PushedPrefix.ANNOTATION, ANNOTATION);
    memory.heard(said("fritzbox", "2001:db8:2::/64"));
    memory.forgetContradicted(PASS);

    assertThat(cluster.annotations()).doesNotContainKey(PushedPrefix.ANNOTATION);
  }

  @Test
  void writesNothingInADryRun() {
    cluster.createPool(List.of("192.0.2.0/28"));
    PushedPrefixStore dry = new PushedPrefixStore(pool, CLOCK, true);

    assertThat(dry.keep(PREFIX).isNew()).isTrue();
    assertThat(dry.keep(PREFIX).isNew()).isFalse();
    assertThat(dry.recall(300)).isEqualTo("2001:db8:1::/64");
    assertThat(cluster.annotations()).doesNotContainKey(PushedPrefix.ANNOTATION);
    assertThat(cluster.api().calls()).noneMatch(ApiCall::isWrite);
  }
}
