package io.github.metallbdyn6.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.pool.PoolState;
import io.github.metallbdyn6.testbed.ApiCall;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** When MetalLB's pods are restarted, and what happens when that is interrupted. */
class ReloadTest extends WholeFlow {

  @Test
  void alwaysRestartsEvenNewMetalLb() {
    cluster.createPool(List.of(RANGE_A));
    cluster.pods().run(NEW_METALLB);
    Map<String, String> before = cluster.pods().uids();
    isp.givesAddress(ADDRESS_B);
    startProgram(Map.of("METALLB_DYN6_RELOAD", "always"));

    awaitPool(RANGE_B);
    assertThat(cluster.pods().uids().values()).doesNotContainAnyElementsOf(before.values());
  }

  @Test
  void neverLooksAtPodsWhenTheyAreNeverRestarted() {
    cluster.createPool(List.of(RANGE_A));
    cluster.pods().run(OLD_METALLB);
    isp.givesAddress(ADDRESS_B);
    startProgram(Map.of("METALLB_DYN6_RELOAD", "never"));

    awaitPool(RANGE_B);
    assertNothingIsWritten();
    assertThat(cluster.api().calls())
        .extracting(ApiCall::path)
        .noneMatch(path -> path.contains("/pods"));
  }

  @Test
  void resumesAReloadThatAnEarlierPassOwes() {
    cluster.createPool(
        List.of(RANGE_A), Map.of(PoolState.RECORD, RANGE_A, PoolState.RELOAD_MARK, "yes"));
    cluster.pods().run(OLD_METALLB);
    Map<String, String> before = cluster.pods().uids();
    isp.givesAddress(ADDRESS_A);
    startProgram();

    awaitPool(RANGE_A);
    assertThat(cluster.pods().uids().values()).doesNotContainAnyElementsOf(before.values());
    assertNothingIsWritten();
  }

  @Test
  void doesNotRestartPodsThatAlreadyRunOnTheNewAddresses() {
    cluster.createPool(
        List.of(RANGE_A),
        Map.of(
            PoolState.RECORD,
            RANGE_A,
            PoolState.RELOAD_MARK,
            "11111111-2222-3333-4444-555555555555,11111111-2222-3333-4444-666666666666"));
    cluster.pods().run(OLD_METALLB);
    Map<String, String> before = cluster.pods().uids();
    isp.givesAddress(ADDRESS_A);
    startProgram();

    awaitPool(RANGE_A);
    assertThat(cluster.api().writes()).extracting(ApiCall::method).containsExactly("PATCH");
    assertThat(cluster.pods().uids()).isEqualTo(before);
  }

  @Test
  void saysThatNothingMatchesTheLabelSelectorAndKeepsOwingTheReload() {
    cluster.createPool(List.of(RANGE_A));
    cluster.pods().run(OLD_METALLB);
    isp.givesAddress(ADDRESS_B);
    startProgram(Map.of("METALLB_DYN6_METALLB_LABEL_SELECTOR", "app=metallb"));

    awaitLog("no pod matches METALLB_DYN6_METALLB_LABEL_SELECTOR=app=metallb");
    assertThat(cluster.addresses()).containsExactly(RANGE_B);
    assertThat(cluster.annotations()).containsKey(PoolState.RELOAD_MARK);
    assertThat(cluster.api().writes()).extracting(ApiCall::method).containsExactly("PATCH");
  }

  @Test
  void understandsASetBasedLabelSelector() {
    cluster.createPool(List.of(RANGE_A));
    cluster.pods().run(OLD_METALLB);
    isp.givesAddress(ADDRESS_B);
    startProgram(
        Map.of(
            "METALLB_DYN6_METALLB_LABEL_SELECTOR",
            "app.kubernetes.io/component in (controller,speaker)"));

    awaitPool(RANGE_B);
    assertThat(cluster.api().calls())
        .extracting(ApiCall::path)
        .anyMatch(
            path ->
                path.endsWith("labelSelector=app.kubernetes.io/component in (controller,speaker)"));
  }

  /** A list of the newest state would have the deletion wait for a tenth of a second. */
  @Test
  void listsPodsFromTheApiServersMemoryBeforeAChangeAndInTheirNewestStateAfterIt() {
    cluster.createPool(List.of(RANGE_A));
    cluster.pods().run(OLD_METALLB);
    isp.givesAddress(ADDRESS_B);
    startProgram(Map.of());

    awaitPool(RANGE_B);
    List<ApiCall> calls = cluster.api().calls().stream().filter(ReloadTest::isListOrWrite).toList();
    List<String> methods = calls.stream().map(ApiCall::method).toList();
    ApiCall before = calls.get(methods.indexOf("PATCH") - 1);
    List<ApiCall> after = calls.subList(methods.indexOf("DELETE") + 1, calls.size());
    assertThat(before.path()).contains("/pods?").endsWith("&resourceVersion=0");
    assertThat(after)
        .filteredOn(call -> call.method().equals("GET"))
        .isNotEmpty()
        .extracting(ApiCall::path)
        .noneMatch(path -> path.contains("resourceVersion"));
  }

  private static boolean isListOrWrite(ApiCall call) {
    boolean list = call.path().contains("/pods?") && !call.isWatch();
    return call.isWrite() || list;
  }

  @Test
  void saysWhatIsMissingWhenThePodsDoNotComeBack() {
    cluster.createPool(List.of(RANGE_A));
    cluster.pods().run(OLD_METALLB);
    cluster.pods().comeBack(false);
    isp.givesAddress(ADDRESS_B);
    startProgram(Map.of("METALLB_DYN6_RELOAD_TIMEOUT", "2"));

    awaitLog("MetalLB is not back: 0 of 2 old pods are still there, 0 of 2 are Ready");
    assertThat(cluster.annotations()).containsKey(PoolState.RELOAD_MARK);
    cluster.pods().comeBack(true);
    awaitPool(RANGE_B);
    assertThat(cluster.api().writes())
        .as("pods that are gone are not deleted once more")
        .extracting(ApiCall::method)
        .containsExactly("PATCH", "DELETE", "PATCH");
  }
}
