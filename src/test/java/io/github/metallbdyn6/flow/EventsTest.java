package io.github.metallbdyn6.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.github.metallbdyn6.testbed.ApiCall;
import io.github.metallbdyn6.testbed.ApiProxy;
import io.github.metallbdyn6.testbed.Fault;
import io.github.metallbdyn6.testbed.RunningProgram;
import io.github.metallbdyn6.testbed.TestCluster;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events below the pool, as {@code kubectl describe} shows them. */
class EventsTest extends WholeFlow {
  private static final ResourceDefinitionContext EVENTS =
      new ResourceDefinitionContext.Builder()
          .withGroup("events.k8s.io")
          .withVersion("v1")
          .withKind("Event")
          .withPlural("events")
          .withNamespaced(true)
          .build();
  private static final String ULA_ADDRESS = "fd00:db8::5c1e";

  @BeforeEach
  void createPool() {
    cluster.createPool(List.of(RANGE_A));
    isp.givesAddress(ADDRESS_A);
  }

  /** Returns the Events that kubectl would show with the pool, the oldest first. */
  private List<GenericKubernetesResource> events() {
    String uid = cluster.pool().getMetadata().getUid();
    return cluster
        .client()
        .genericKubernetesResources(EVENTS)
        .inNamespace(cluster.namespace())
        .list()
        .getItems()
        .stream()
        .filter(event -> uid.equals(event.get("regarding", "uid")))
        .sorted(Comparator.comparing(event -> text(event, "eventTime")))
        .toList();
  }

  private static String text(GenericKubernetesResource event, String field) {
    return event.<String>get(field);
  }

  private void awaitEvents(String... typesAndReasons) {
    eventually(
        () ->
            assertThat(events())
                .extracting(event -> text(event, "type") + " " + text(event, "reason"))
                .containsExactly(typesAndReasons));
  }

  private String note(int index) {
    return text(events().get(index), "note");
  }

  @Test
  void tellTheStoryOfAChange() {
    cluster.pods().run(OLD_METALLB);
    startProgram();
    awaitPasses(1);
    isp.givesAddress(ADDRESS_B);

    awaitEvents("Normal PrefixChanged", "Normal PoolPatched", "Normal MetalLBReloaded");
    assertThat(note(0))
        .isEqualTo(
            "source my-ip answers the prefix 2001:db8:b::/64, before it was 2001:db8:a::/64");
    assertThat(note(1))
        .isEqualTo("the pool was patched: %s replaced by %s".formatted(RANGE_A, RANGE_B));
    assertThat(note(2)).startsWith("MetalLB was restarted and runs on the new addresses, after ");
    Map<String, String> pool =
        Map.of(
            "apiVersion",
            "metallb.io/v1beta1",
            "kind",
            "IPAddressPool",
            "namespace",
            cluster.namespace(),
            "name",
            TestCluster.POOL,
            "uid",
            cluster.pool().getMetadata().getUid());
    assertThat(events())
        .allSatisfy(
            event -> {
              assertThat(event.<Map<String, String>>get("regarding")).isEqualTo(pool);
              assertThat(text(event, "reportingController")).isEqualTo("metallb-dyn6");
            });
  }

  @Test
  void tellARefusedAnswerOnceAndItsEnd() {
    cluster.pods().run(NEW_METALLB);
    isp.givesAddress(ULA_ADDRESS);
    startProgram();

    awaitEvents("Warning AnswerRefused");
    awaitPasses(3);
    isp.givesAddress(ADDRESS_A);
    awaitEvents("Warning AnswerRefused", "Normal Recovered");
    assertThat(note(0))
        .startsWith(
            "the pool is held as it is: the source's answer is refused (unique_local): "
                + ULA_ADDRESS);
    assertThat(cluster.api().events()).hasSize(2);
  }

  @Test
  void tellThatAChangeIsHeld() {
    cluster.pods().run(NEW_METALLB);
    startProgram(Map.of("METALLB_DYN6_MAX_CHANGES_PER_HOUR", "1"));
    awaitPasses(1);
    isp.givesAddress(ADDRESS_B);
    awaitPool(RANGE_B);
    isp.givesAddress(ADDRESS_A);

    awaitEvents(
        "Normal PrefixChanged", "Normal PoolPatched", "Normal PrefixChanged", "Warning Holding");
    assertThat(note(3)).contains("METALLB_DYN6_MAX_CHANGES_PER_HOUR=1 changes already");
    awaitPasses(3);
    assertThat(cluster.api().events()).hasSize(4);
  }

  @Test
  void areGivenUpForAnHourWhenThePermissionIsMissing() {
    cluster.pods().run(NEW_METALLB);
    ApiProxy.Detour forbidden =
        ApiProxy.status(
            403,
            "Forbidden",
            "events.events.k8s.io is forbidden: User \"system:serviceaccount:metallb-system:default\" cannot create resource \"events\" in API group \"events.k8s.io\" in the namespace \"metallb-system\"");
    cluster.api().detour(call -> call.isEvent() ? Optional.of(forbidden) : Optional.empty());
    isp.givesAddress(ADDRESS_B);
    startProgram();

    awaitPool(RANGE_B);
    awaitLog(
        "a Role must allow verb \"create\" on resource \"events\" in apiGroup \"events.k8s.io\", namespace \"metallb-system\"");
    isp.givesAddress(ADDRESS_A);
    awaitPool(RANGE_A);
    awaitPasses(1);
    assertThat(cluster.api().events()).hasSize(1);
    assertThat(log.lines()).filteredOn(line -> line.startsWith("WARN")).hasSize(1);
  }

  @Test
  void areMissedAloudWhenTheApiServerRefusesThem() {
    cluster.pods().run(NEW_METALLB);
    ApiProxy.Detour invalid =
        ApiProxy.status(422, "Invalid", "Event \"public-x7k2p\" is invalid: note: too long");
    cluster.api().detour(call -> call.isEvent() ? Optional.of(invalid) : Optional.empty());
    isp.givesAddress(ADDRESS_B);
    startProgram();

    awaitPool(RANGE_B);
    awaitLog(
        "WARN A Kubernetes Event (PoolPatched) is lost, all else goes on: the Kubernetes API server calls the request invalid (422): Event \"public-x7k2p\" is invalid: note: too long");
    isp.givesAddress(ADDRESS_A);
    awaitPool(RANGE_A);
    awaitPasses(1);
    eventually(() -> assertThat(cluster.api().events()).hasSize(3));
    assertThat(log.lines())
        .filteredOn(line -> line.startsWith("WARN"))
        .satisfiesExactlyInAnyOrder(
            line -> assertThat(line).contains("(PoolPatched) is lost"),
            line -> assertThat(line).contains("(PrefixChanged) is lost"));
  }

  @Test
  void delayNeitherPassNorStopWhenTheApiDoesNotAnswer() throws Exception {
    cluster.pods().run(NEW_METALLB);
    cluster.api().strike(ApiCall::isEvent, Fault.TIMEOUT);
    isp.givesAddress(ADDRESS_B);
    RunningProgram program = startProgram(Map.of("METALLB_DYN6_REQUEST_TIMEOUT", "60"));

    awaitPool(RANGE_B);
    await().until(() -> cluster.api().struck() == 1);
    isp.givesAddress(ADDRESS_A);
    awaitPool(RANGE_A);
    awaitPasses(2);
    long asked = System.nanoTime();
    program.stop();
    assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(8));
    assertThat(cluster.api().events()).as("one is stuck, the others wait").hasSize(1);
  }

  @Test
  void areNotSentInADryRun() {
    isp.givesAddress(ULA_ADDRESS);
    startProgram(Map.of("METALLB_DYN6_DRY_RUN", "true"));

    awaitLog("The pool is held as it is");
    awaitPasses(2);
    assertThat(cluster.api().events()).isEmpty();
  }

  @Test
  void canBeTurnedOff() {
    isp.givesAddress(ULA_ADDRESS);
    startProgram(Map.of("METALLB_DYN6_EVENTS", "False"));

    awaitLog("The pool is held as it is");
    awaitPasses(2);
    assertThat(cluster.api().events()).isEmpty();
  }
}
