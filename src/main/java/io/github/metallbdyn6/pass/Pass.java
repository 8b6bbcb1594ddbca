package io.github.metallbdyn6.pass;

import io.github.metallbdyn6.answer.CurrentPrefix;
import java.util.List;

/**
 * One run of the program, from a prefix to pools that follow it: the body of the exchange.
 *
 * @param prefix what the sources say
 * @param pools the pass for each pool
 */
public record Pass(CurrentPrefix prefix, List<PoolPass> pools) {
  /** Copies the list. */
  public Pass {
    pools = List.copyOf(pools);
  }

  /** What was found, in words, for Camel's console. */
  @Override
  public String toString() {
    return "prefix %s, as %s says, for %s"
        .formatted(
            prefix.prefix(),
            String.join(", ", prefix.sources()),
            pools.stream().map(PoolPass::pool).toList());
  }
}
