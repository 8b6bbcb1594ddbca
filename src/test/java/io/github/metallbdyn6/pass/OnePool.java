package io.github.metallbdyn6.pass;

import io.github.metallbdyn6.answer.AddressRule;
import io.github.metallbdyn6.handover.HandoverRule;
import io.github.metallbdyn6.pool.Transition;
import java.util.List;
import java.util.Optional;

/**
 * One pool, as most homes have it, with its object.
 *
 * @param pool namespace and name
 * @param object what it has
 */
public record OnePool<T>(String pool, T object) implements PerPool<T> {
  @Override
  public List<String> pools() {
    return List.of(pool);
  }

  @Override
  public Optional<T> find(String other) {
    return Optional.of(object).filter(it -> pool.equals(other));
  }

  /** Returns the rules of a home with these settings, and all others as they are by default. */
  public static PoolRules rules(String pool, String hostRange, Transition transition) {
    return new PoolRules(
        AddressRule.of(hostRange, "", ""), transition, HandoverRule.of("0", 180).forPool(pool));
  }

  /** Returns the pool for passes that follow it by these rules. */
  public static PoolSet set(PoolRules rules) {
    String name = rules.handover().pool();
    return new PoolSet() {
      @Override
      public List<String> pools() {
        return List.of(name);
      }

      @Override
      public List<String> following() {
        return pools();
      }

      @Override
      public Optional<PoolRules> rulesOf(String pool) {
        return Optional.of(rules).filter(it -> pool.equals(name));
      }
    };
  }
}
