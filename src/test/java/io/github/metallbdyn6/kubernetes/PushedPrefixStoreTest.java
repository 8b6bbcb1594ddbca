package io.github.metallbdyn6.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClientException;
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

  private static final Instant NOW = Instant.parse("2026-11-22T20:00:00.123Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final Ipv6Prefix PREFIX = Ipv6Prefix.parse("2001:db8:1::/64");
  private static final String ANNOTATION = "2001:db8:1::/64=2026-11-22T20:00:00Z";

  private final TestCluster cluster = TestCluster.fake();
  private final IpAddressPool pool =
      new IpAddressPool(cluster.client(), cluster.namespace(), TestCluster.POOL);

  /** A pass that is not held. */
  private final PoolPass pass =
      PoolPass.place(pool.toString())
          .with(
              PoolPlan.of(POOL, AddressRange.parseEntry("2001:db8::1-2001:db8::2").orElseThrow()));

  private final PushedPrefixStore memory = new PushedPrefixStore(() -> List.of(pool), CLOCK, false);

  @AfterEach
  void close() throws Exception {
    cluster.close();
  }

  /** As the route of a push does when no pass follows. */
  private static PushedPrefix.Kept keep(PushedPrefixStore memory) throws InterruptedException {
    return memory.keep(memory.note(PREFIX));
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
  void isThePoolsAnnotationAndNothingElseOfIt() throws Exception {
    cluster.createPool(List.of("192.0.2.0/28"));
    Map<?, ?> spec = cluster.spec();

    assertThat(keep(memory)).isEqualTo(new PushedPrefix.Kept(PREFIX, true));
    assertThat(cluster.annotations())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("example.com/owner", "somebody", PushedPrefix.ANNOTATION, ANNOTATION));
    assertThat(cluster.spec()).isEqualTo(spec);
    assertThat(cluster.labels()).containsEntry("example.com/label", "kept");
    assertThat(memory.recall(300)).isEqualTo("2001:db8:1::/64");
    assertThat(new PushedPrefixStore(() -> List.of(pool), CLOCK, false).recall(300))
        .isEqualTo("2001:db8:1::/64");
  }

  @Test
  void isNotWrittenTwice() throws Exception {
    cluster.createPool(List.of("192.0.2.0/28"));
    keep(memory);
    String version = cluster.resourceVersion();

    assertThat(keep(new PushedPrefixStore(() -> List.of(pool), CLOCK, false)).isNew()).isFalse();
    assertThat(cluster.resourceVersion()).isEqualTo(version);
  }

  /** A pool that was made anew has forgotten it; what is told again is written again. */
  @Test
  void comesBackIntoAPoolThatWasMadeAnew() throws Exception {
    cluster.createPool(List.of("192.0.2.0/28"));
    keep(memory);
    cluster.deletePool();
    cluster.createPool(List.of("192.0.2.0/28"));

    assertThat(memory.recall(300)).isEqualTo("2001:db8:1::/64");
    keep(memory);
    assertThat(cluster.annotations()).containsEntry(PushedPrefix.ANNOTATION, ANNOTATION);
  }

  /** Between a pass's read and its patch: the pass sees that it is late, and neither is lost. */
  @Test
  void goesWithAPatchAtTheSameMoment() throws Exception {
    cluster.createPool(List.of("192.0.2.0/28"));
    AddressRange range = AddressRange.parseEntry("2001:db8:1::1-2001:db8:1::2").orElseThrow();
    PoolPlan plan = PoolPlan.of(pool.read(), range);
    pool.patch(plan, Optional.empty());
    keep(memory);

    assertThat(cluster.addresses()).containsExactly("192.0.2.0/28", range.toString());
    assertThat(cluster.annotations())
        .containsKeys(PoolState.RECORD, PushedPrefix.ANNOTATION, "example.com/owner");
  }

  /** The router has its answer when both are in the pool. */
  @Test
  void goesIntoThePoolWithTheAddressesThatFollowIt() throws Exception {
    cluster.createPool(List.of("192.0.2.0/28"));
    AddressRange range = AddressRange.parseEntry("2001:db8:1::1-2001:db8:1::2").orElseThrow();
    PushedPrefix.Kept noted = memory.note(PREFIX);
    pool.patch(PoolPlan.of(pool.read(), range), Optional.empty());
    assertThat(cluster.annotations()).containsEntry(PushedPrefix.ANNOTATION, ANNOTATION);
    assertThat(cluster.addresses()).contains(range.toString());

    String version = cluster.resourceVersion();
    assertThat(memory.keep(noted)).isEqualTo(new PushedPrefix.Kept(PREFIX, true));
    assertThat(cluster.resourceVersion()).isEqualTo(version);
  }

  /** The router hears that it was not kept, and says it again. */
  @Test
  void isForgottenIfItCannotBeKept() throws Exception {
    cluster.createPool(List.of("192.0.2.0/28"));
    keep(memory);
    PushedPrefix.Kept noted = memory.note(Ipv6Prefix.parse("2001:db8:2::/64"));
    cluster.deletePool();
    assertThatThrownBy(() -> memory.keep(noted)).isInstanceOf(KubernetesClientException.class);

    cluster.createPool(List.of("192.0.2.0/28"), Map.of(PushedPrefix.ANNOTATION, ANNOTATION));
    assertThat(memory.recall(300)).isEqualTo(PREFIX.toString());
    AddressRange range = AddressRange.parseEntry("2001:db8:1::1-2001:db8:1::2").orElseThrow();
    pool.patch(PoolPlan.of(pool.read(), range), Optional.empty());
    assertThat(cluster.annotations()).containsEntry(PushedPrefix.ANNOTATION, ANNOTATION);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "x", "2001:db8:1::/64", "2001:db8:1::/64=yesterday", "=2026-11-22T20:00:00Z"})
  void takesWhatItDidNotWriteForNothing(String annotation) throws Exception {
    cluster.createPool(List.of("192.0.2.0/28"), Map.of(PushedPrefix.ANNOTATION, annotation));

    assertThatThrownBy(() -> memory.recall(300)).isInstanceOf(RefusedAnswer.class);
    assertThat(keep(memory).isNew()).isTrue();
    assertThat(cluster.annotations()).containsEntry(PushedPrefix.ANNOTATION, ANNOTATION);
  }

  @Test
  void keepsNothingWithoutAPool() throws Exception {
    assertThatThrownBy(() -> keep(memory))
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
  void isDisputableWhenTheRouterHasNotRepeatedItForAWhile() throws Exception {
    cluster.createPool(List.of("192.0.2.0/28"));
    keep(memory);
    Clock later = Clock.offset(CLOCK, Duration.ofMinutes(5));
    PushedPrefixStore next = new PushedPrefixStore(() -> List.of(pool), later, false);

    memory.recall(300);
    assertThat(memory.isDisputable("push")).isFalse();
    next.recall(300);
    assertThat(next.isDisputable("push")).isTrue();
    assertThat(next.isDisputable("fritzbox")).isFalse();
    next.recall(301);
    assertThat(next.isDisputable("push")).isFalse();
    keep(next);
    next.recall(300);
    assertThat(next.isDisputable("push")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2001:db8:2::/64", "2001:db8:0:100::/56"})
  void isForgottenWhenThePoolFollowsAnotherSourceThatContradictsIt(String prefix) throws Exception {
    cluster.createPool(List.of("192.0.2.0/28"));
    keep(memory);
    memory.recall(300);
    pool.read();
    memory.heard(said("fritzbox", prefix));
    memory.forgetContradicted(pass);

    assertThat(cluster.annotations())
        .containsExactlyEntriesOf(Map.of("example.com/owner", "somebody"));
    assertThatThrownBy(() -> memory.recall(300)).isInstanceOf(RefusedAnswer.class);
    String version = cluster.resourceVersion();
    memory.forgetContradicted(pass);
    assertThat(cluster.resourceVersion()).isEqualTo(version);
  }

  @ParameterizedTest
  @CsvSource({"fritzbox, 2001:db8:1::/56", "my-ip, 2001:db8:1::/64", "push, 2001:db8:9::/64"})
  void staysWhileNobodyElseContradictsIt(String source, String prefix) throws Exception {
    cluster.createPool(List.of("192.0.2.0/28"));
    keep(memory);
    pool.read();
    memory.heard(said(source, prefix));
    memory.forgetContradicted(pass);

    assertThat(cluster.annotations()).containsEntry(PushedPrefix.ANNOTATION, ANNOTATION);
    assertThat(memory.recall(300)).isEqualTo("2001:db8:1::/64");
  }

  /** The pass that follows it decides. */
  @Test
  void staysWhenItCameAfterTheQuestion() throws Exception {
    cluster.createPool(List.of("192.0.2.0/28"));
    pool.read();
    memory.heard(said("fritzbox", "2001:db8:2::/64"));
    keep(memory);
    memory.forgetContradicted(pass);

    assertThat(cluster.annotations()).containsEntry(PushedPrefix.ANNOTATION, ANNOTATION);
  }

  /** A router may push it once: a pass that has asked for it just before must not take it away. */
  @Test
  void staysWhenItCameBetweenTheQuestionAndTheAnswerOfAnotherSource() throws Exception {
    cluster.createPool(List.of("192.0.2.0/28"));
    assertThatThrownBy(() -> memory.recall(300)).isInstanceOf(RefusedAnswer.class);
    keep(memory);
    memory.heard(said("fritzbox", "2001:db8:2::/64"));
    pool.read();
    memory.forgetContradicted(pass);

    assertThat(cluster.annotations()).containsEntry(PushedPrefix.ANNOTATION, ANNOTATION);
    assertThat(memory.recall(300)).isEqualTo("2001:db8:1::/64");
  }

  /** Where another source is asked first, nobody asks for the push. */
  @Test
  void isForgottenByTheSecondPassThatDoesNotAskForIt() throws Exception {
    cluster.createPool(List.of("192.0.2.0/28"));
    keep(memory);
    pool.read();
    memory.heard(said("fritzbox", "2001:db8:2::/64"));
    memory.forgetContradicted(pass);
    assertThat(cluster.annotations()).containsEntry(PushedPrefix.ANNOTATION, ANNOTATION);
    memory.heard(said("fritzbox", "2001:db8:2::/64"));
    memory.forgetContradicted(pass);

    assertThat(cluster.annotations()).doesNotContainKey(PushedPrefix.ANNOTATION);
  }

  @Test
  void writesNothingInADryRun() throws Exception {
    cluster.createPool(List.of("192.0.2.0/28"));
    PushedPrefixStore dry = new PushedPrefixStore(() -> List.of(pool), CLOCK, true);

    assertThat(keep(dry).isNew()).isTrue();
    assertThat(keep(dry).isNew()).isFalse();
    assertThat(dry.recall(300)).isEqualTo("2001:db8:1::/64");
    assertThat(cluster.annotations()).doesNotContainKey(PushedPrefix.ANNOTATION);
    assertThat(cluster.api().calls()).noneMatch(ApiCall::isWrite);
  }
}
