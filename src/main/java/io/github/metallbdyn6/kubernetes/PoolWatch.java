package io.github.metallbdyn6.kubernetes;

import org.apache.camel.support.service.ServiceSupport;

/** Hears when somebody else changes the pool, so that a pass can put it right at once. */
public final class PoolWatch extends ServiceSupport {
  private final ObjectWatch watch;

  /** Prepares the watch; it begins when the context starts it. */
  public PoolWatch(IpAddressPool pool, PoolListener listener) {
    this.watch = pool.client.watch(listener);
  }

  @Override
  protected void doStart() {
    watch.start();
  }

  @Override
  protected void doStop() {
    watch.stop();
  }
}
