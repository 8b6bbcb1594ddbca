package io.github.metallbdyn6.pass;

/** The program keeps a pool no more, while a pass was under way for it. */
public final class PoolReleased extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PoolReleased(String pool) {
    super("the program keeps pool %s no more".formatted(pool));
  }
}
