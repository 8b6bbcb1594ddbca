package io.github.metallbdyn6.pass;

import io.github.metallbdyn6.answer.CurrentPrefix;
import java.util.List;
import java.util.stream.Stream;

/**
 * One run of the program, from a prefix to pools that follow it: the body of the exchange.
 *
 * @param prefix what the sources say
 * @param pools the pass for each pool
 */
public record Pass(CurrentPrefix prefix, List<PoolPass> pools) {
  public Pass {
    pools = List.copyOf(pools);
  }

  /** Tells whether there is more than one pool. */
  public boolean isSeveral() {
    return pools.size() > 1;
  }

  /** Returns the same for these pools. */
  public Pass with(List<PoolPass> others) {
    return new Pass(prefix, others);
  }

  /** Returns the same for one pool more. */
  public Pass and(PoolPass another) {
    return with(Stream.concat(pools.stream(), Stream.of(another)).toList());
  }

  /** Tells the findings in words, for Camel's console. */
  @Override
  public String toString() {
    return "prefix %s, as %s says, for %s"
        .formatted(
            prefix.prefix(),
            String.join(", ", prefix.sources()),
            pools.stream().map(PoolPass::pool).toList());
  }
}
