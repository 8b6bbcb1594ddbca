package io.github.metallbdyn6.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.ipv6.AddressRange;
import io.github.metallbdyn6.pass.PoolPass;
import io.github.metallbdyn6.pool.PoolPlan;
import io.github.metallbdyn6.pool.PoolState;
import io.github.metallbdyn6.testbed.ProgramLog;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DryRunRouteTest extends RouteAlone {
  private static final String RANGE_A = "2001:db8:a::1000-2001:db8:a::1999";
  private static final String RANGE_B = "2001:db8:b::1000-2001:db8:b::1999";

  @BeforeEach
  void loadRoute() throws Exception {
    load("dry-run");
    mockStep("show-plan", "find-dry-mark");
    context.start();
  }

  private PoolPass plan(String present, String desired) {
    PoolState state = PoolState.of("7", List.of(present), Map.of(), Instant.EPOCH);
    return PoolPass.place(pool)
        .with(state)
        .with(PoolPlan.of(state, AddressRange.parseEntry(desired).orElseThrow()));
  }

  @Test
  void logsEveryPlanOnce() {
    try (ProgramLog log = new ProgramLog()) {
      call("show-plan", plan(RANGE_A, RANGE_B), Object.class);
      call("show-plan", plan(RANGE_A, RANGE_B), Object.class);
      assertThat(log.lines()).hasSize(2);
      assertThat(log.lines().get(0)).contains("would patch").contains(RANGE_B);
      assertThat(log.lines().get(1)).contains("would delete no pods");
      call("show-plan", plan(RANGE_B, RANGE_A), Object.class);
      assertThat(log.lines()).hasSize(4);
    }
    assertThat(cluster.api().calls()).isEmpty();
  }

  @Test
  void showsNoPatchWhereOnlyAReloadIsOwed() {
    try (ProgramLog log = new ProgramLog()) {
      call("show-plan", plan(RANGE_A, RANGE_A), Object.class);
      assertThat(log.lines()).singleElement().asString().contains("would delete no pods");
    }
  }
}
