package io.github.metallbdyn6.routing;

import io.github.metallbdyn6.pass.Pass;
import io.github.metallbdyn6.pass.PoolPass;
import java.util.List;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** Puts the passes of single pools together again: those that have not failed. */
public final class FollowedPools implements AggregationStrategy {
  @Override
  public Exchange aggregate(@Nullable Exchange before, Exchange now) {
    throw new UnsupportedOperationException("a split gives the original exchange, too");
  }

  @Override
  public Exchange aggregate(@Nullable Exchange before, Exchange now, Exchange original) {
    Pass sum =
        before == null
            ? original.getMessage().getBody(Pass.class).with(List.of())
            : before.getMessage().getBody(Pass.class);
    if (!hasFailed(now) && now.getMessage().getBody() instanceof PoolPass followed) {
      boolean alone = !original.getMessage().getBody(Pass.class).isSeveral();
      sum = sum.and(alone ? followed : withoutPods(followed));
    }
    now.getMessage().setBody(sum);
    return now;
  }

  /** Without regard to the failure policy: a user may have changed that file. */
  private static boolean hasFailed(Exchange exchange) {
    return exchange.isFailed() || exchange.getExchangeExtension().isFailureHandled();
  }

  /** The restart for another pool may have replaced them by then. */
  private static PoolPass withoutPods(PoolPass followed) {
    return followed.with(followed.restart().listed(List.of()));
  }
}
