package io.github.metallbdyn6.routes;

import io.github.metallbdyn6.answer.CurrentPrefix;
import io.github.metallbdyn6.answer.Lifetimes;
import io.github.metallbdyn6.ipv6.Ipv6Prefix;
import io.github.metallbdyn6.pass.Pass;
import io.github.metallbdyn6.pass.PoolPass;
import io.github.metallbdyn6.pool.PoolState;
import java.util.List;
import java.util.Map;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class FollowPoolTest {
  private static final String RANGE_A = "2001:db8:a::1000-2001:db8:a::1999";
  private static final Ipv6Prefix PREFIX_A = Ipv6Prefix.parse("2001:db8:a::/64");
  private static final Ipv6Prefix PREFIX_B = Ipv6Prefix.parse("2001:db8:b::/64");

  @Nested
  class Normally extends WithMocks {
    Normally() {
      super(Map.of());
    }

    @Test
    void passesNothingOnWhenThePoolIsRight() throws Exception {
      cluster.createPool(List.of(RANGE_A));
      expect(0, 0, 0);
      plan(PREFIX_A);
      assertMocks();
    }

    @Test
    void passesOnAChange() throws Exception {
      cluster.createPool(List.of(RANGE_A));
      expect(1, 0, 0);
      patch.message(0).body().isInstanceOf(PoolPass.class);
      plan(PREFIX_B);
      assertMocks();
    }

    @Test
    void passesOnAnOwedReloadWithoutAPatch() throws Exception {
      cluster.createPool(List.of(RANGE_A), Map.of(PoolState.RELOAD_MARK, "all"));
      expect(0, 1, 0);
      plan(PREFIX_A);
      assertMocks();
    }
  }

  @Nested
  class InADryRun extends WithMocks {
    InADryRun() {
      super(Map.of("METALLB_DYN6_DRY_RUN", "true"));
    }

    @Test
    void onlyShowsAChange() throws Exception {
      cluster.createPool(List.of(RANGE_A), Map.of(PoolState.RELOAD_MARK, "all"));
      expect(0, 0, 1);
      plan(PREFIX_B);
      assertMocks();
    }
  }

  private abstract static class WithMocks extends RouteAlone {
    private MockEndpoint source;
    MockEndpoint patch;
    private MockEndpoint reload;
    private MockEndpoint show;

    WithMocks(Map<String, String> variables) {
      super(variables);
    }

    @BeforeEach
    void loadRoute() throws Exception {
      load("0-run-pass", "1-find-prefix", "2-plan-pool");
      source = mockStep("run-pass", "ask-for-prefix");
      patch = mockStep("follow-pool", "patch-the-pool");
      reload = mockStep("run-pass", "restart-the-pods");
      show = mockStep("follow-pool", "show-plan-instead");
      context.start();
    }

    void plan(Ipv6Prefix prefix) {
      CurrentPrefix found = new CurrentPrefix(prefix, List.of("my-ip"), Lifetimes.UNKNOWN);
      Pass pass = new Pass(found, List.of(PoolPass.follow(pool, found, 1)));
      source.whenAnyExchangeReceived(exchange -> exchange.getMessage().setBody(pass));
      template.sendBody("direct:run-pass", null);
    }

    void expect(int patches, int reloads, int shows) {
      patch.expectedMessageCount(patches);
      reload.expectedMessageCount(reloads);
      show.expectedMessageCount(shows);
    }

    void assertMocks() throws Exception {
      MockEndpoint.assertIsSatisfied(context);
    }
  }
}
