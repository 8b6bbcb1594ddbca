package io.github.metallbdyn6.pass;

import java.util.List;
import java.util.Optional;

/** The pools that the program keeps, by namespace and name. */
public interface PoolSet {
  /** Returns all of them. */
  List<String> pools();

  /** Returns those that follow the prefix at present: passes for the others are paused. */
  List<String> following();

  /** Returns the rules of a pool as they were read last; nothing if they cannot be right. */
  Optional<PoolRules> rulesOf(String pool);
}
