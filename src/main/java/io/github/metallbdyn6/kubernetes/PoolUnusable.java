package io.github.metallbdyn6.kubernetes;

/** The pool cannot be kept: it is not there, or it does not hold what MetalLB's CRD says. */
public final class PoolUnusable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PoolUnusable(String message) {
    super(message);
  }
}
