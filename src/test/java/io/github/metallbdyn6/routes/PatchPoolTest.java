package io.github.metallbdyn6.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.github.metallbdyn6.ipv6.AddressRange;
import io.github.metallbdyn6.pass.PoolPass;
import io.github.metallbdyn6.pool.PoolPlan;
import io.github.metallbdyn6.pool.PoolState;
import io.github.metallbdyn6.testbed.ApiCall;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Message;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PatchPoolTest extends RouteAlone {
  private static final String RANGE_A = "2001:db8:a::1000-2001:db8:a::1999";
  private static final String RANGE_B = "2001:db8:b::1000-2001:db8:b::1999";
  private MockEndpoint mark;

  @BeforeEach
  void loadRoute() throws Exception {
    load("3-patch-pool");
    mark = mockStep("patch-pool", "find-restart-mark");
    context.start();
    cluster.createPool(List.of(RANGE_A), Map.of());
  }

  private PoolPass plan(String resourceVersion) {
    PoolState state = PoolState.of(resourceVersion, List.of(RANGE_A), Map.of(), Instant.EPOCH);
    return PoolPass.place(pool)
        .with(state)
        .with(PoolPlan.of(state, AddressRange.parseEntry(RANGE_B).orElseThrow()));
  }

  private static void mark(Message message, Optional<String> mark) {
    PoolPass pass = message.getBody(PoolPass.class);
    message.setBody(pass.with(pass.restart().marked(mark)));
  }

  @Test
  void writesAddressesRecordAndMarkTogether() {
    mark.whenAnyExchangeReceived(exchange -> mark(exchange.getMessage(), Optional.of("some-pods")));
    PoolState patched = call("patch-pool", plan(cluster.resourceVersion()), PoolPass.class).state();

    assertThat(cluster.addresses()).containsExactly(RANGE_B);
    assertThat(cluster.annotations())
        .containsEntry(PoolState.RECORD, RANGE_B)
        .containsEntry(PoolState.RELOAD_MARK, "some-pods");
    assertThat(cluster.api().calls()).extracting(ApiCall::method).containsExactly("PATCH");
    assertThat(patched.reloadMark()).contains("some-pods");
    assertThat(patched.resourceVersion()).isEqualTo(cluster.resourceVersion());
  }

  @Test
  void leavesNoMarkWhenNoReloadIsOwed() {
    mark.whenAnyExchangeReceived(exchange -> mark(exchange.getMessage(), Optional.empty()));
    PoolState patched = call("patch-pool", plan(cluster.resourceVersion()), PoolPass.class).state();

    assertThat(patched.isReloadPending()).isFalse();
    assertThat(cluster.annotations()).doesNotContainKey(PoolState.RELOAD_MARK);
  }

  @Test
  void isRefusedWhenThePoolHasMovedOn() {
    PoolPass stale = plan(cluster.resourceVersion());
    cluster.patchPool("{\"spec\":{\"addresses\":[\"192.0.2.0/28\"]}}");
    mark.whenAnyExchangeReceived(exchange -> mark(exchange.getMessage(), Optional.empty()));

    assertThatThrownBy(() -> call("patch-pool", stale, PoolPass.class))
        .cause()
        .isInstanceOfSatisfying(
            KubernetesClientException.class,
            conflict -> assertThat(conflict.getCode()).isEqualTo(409));
    assertThat(cluster.addresses()).containsExactly("192.0.2.0/28");
  }
}
