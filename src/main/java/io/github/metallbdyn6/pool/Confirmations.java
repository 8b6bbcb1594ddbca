package io.github.metallbdyn6.pool;

import io.github.metallbdyn6.ipv6.Ipv6Prefix;
import org.jspecify.annotations.Nullable;

/**
 * Counts how many passes in a row have given the same prefix. A pass without a usable answer
 * neither counts nor interrupts; a restart begins anew, which only makes it more careful.
 */
public final class Confirmations {
  private @Nullable Ipv6Prefix last;
  private int count;

  /** Counts this pass's prefix and returns how many times in a row it has come now. */
  public synchronized int count(Ipv6Prefix prefix) {
    count = prefix.equals(last) && count < Integer.MAX_VALUE ? count + 1 : 1;
    last = prefix;
    return count;
  }
}
