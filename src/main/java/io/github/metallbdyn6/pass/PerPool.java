package io.github.metallbdyn6.pass;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * An object for each pool that the program keeps, by the pool's namespace and name.
 *
 * @param <T> what each pool has
 */
public interface PerPool<T> {
  /** Returns the pools, in the order of their names. */
  List<String> pools();

  /** Returns the object of this pool, if the program keeps it. */
  Optional<T> find(String pool);

  /**
   * Returns the object of the pool that a pass is about.
   *
   * @throws PoolReleased when the program keeps that pool no more
   */
  default T of(PoolPass pass) {
    return find(pass.pool()).orElseThrow(() -> new PoolReleased(pass.pool()));
  }

  /** Returns the objects of all pools, in the order of the pools' names. */
  default Collection<T> all() {
    return pools().stream().map(this::find).flatMap(Optional::stream).toList();
  }

  /** Returns a part of each pool's object. */
  default <R> PerPool<R> each(Function<T, R> part) {
    PerPool<T> whole = this;
    return new PerPool<>() {
      @Override
      public List<String> pools() {
        return whole.pools();
      }

      @Override
      public Optional<R> find(String pool) {
        return whole.find(pool).map(part);
      }
    };
  }
}
