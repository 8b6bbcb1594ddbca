package io.github.metallbdyn6.lease;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The rules of the election, as of one replica. It never compares its clock with that of another
 * machine: a replica takes the Lease of another one over if it has seen no change of the Lease for
 * as long as the Lease lasts, and it leads for a shorter time after it has sent a renewal. Times
 * are nanoseconds of a clock that only goes forward.
 */
public final class Term {
  /** The next thing that the replica has to do. */
  public enum Step {
    /** Read the Lease: how it is now is not known. */
    READ,
    /** Create the Lease: there is none. */
    CREATE,
    /** Take the Lease: nobody holds it, or the holder has shown no life. */
    TAKE,
    /** Renew the Lease, which this replica holds. */
    RENEW,
    /** Wait: another replica leads, or the next renewal is not due yet. */
    WAIT
  }

  private static final int RENEWALS = 3;

  private final String identity;
  private final long duration;
  private @Nullable Lease known;
  private boolean missing;
  private boolean sure;
  private long seenAt;
  private boolean held;
  private long renewedAt;

  /**
   * Knows nothing yet.
   *
   * @param identity of this replica; no other process has the same
   * @param duration how long the Lease lasts without a renewal
   */
  public Term(String identity, Duration duration) {
    this.identity = identity;
    this.duration = duration.toNanos();
  }

  public String identity() {
    return identity;
  }

  /** Takes note of the Lease as a read or the watch has found it at this time. */
  public synchronized void found(Lease lease, long now) {
    if (known == null || !known.equals(lease)) {
      seenAt = now;
    }
    known = lease;
    missing = false;
    sure = true;
    held &= isOurs(lease);
  }

  /** Takes note that there is no Lease. */
  public synchronized void missing() {
    known = null;
    missing = true;
    sure = true;
    held = false;
  }

  /**
   * Takes note that this replica has written the Lease.
   *
   * @param sentAt when the request was sent: from then on the others count
   */
  public synchronized void written(Lease lease, long sentAt) {
    known = lease;
    missing = false;
    sure = true;
    seenAt = sentAt;
    renewedAt = sentAt;
    held = isOurs(lease);
  }

  /** Takes note that the Lease is another one by now. */
  public synchronized void doubt() {
    sure = false;
  }

  /** Ends the term: from now on this replica writes nothing. */
  public synchronized void resign() {
    held = false;
  }

  /** Returns the Lease as known; null if there is none. */
  public synchronized @Nullable Lease known() {
    return known;
  }

  /** Tells whether this replica leads at this time. */
  public synchronized boolean leads(long now) {
    return held && now - termEnd() < 0;
  }

  /** Tells whether the Lease, as known, is this replica's. */
  public synchronized boolean isHolder() {
    return known != null && isOurs(known);
  }

  /** Returns what to do at this time. */
  public synchronized Step next(long now) {
    Lease lease = known;
    if (!sure) {
      return Step.READ;
    }
    if (lease == null) {
      return missing ? Step.CREATE : Step.READ;
    }
    if (isOurs(lease)) {
      return now - renewalDue() >= 0 ? Step.RENEW : Step.WAIT;
    }
    return lease.isFree() || now - expiry(lease) >= 0 ? Step.TAKE : Step.WAIT;
  }

  /** Returns for how many nanoseconds nothing is to be done if nothing is heard. */
  public synchronized long idle(long now) {
    Lease lease = known;
    if (next(now) != Step.WAIT || lease == null) {
      return 0;
    }
    return (isOurs(lease) ? renewalDue() : expiry(lease)) - now;
  }

  private boolean isOurs(Lease lease) {
    return lease.holder().equals(identity);
  }

  private long renewalDue() {
    return renewedAt + duration / RENEWALS;
  }

  /** A fifth is left for a write that is on its way, and for clocks that go slower than others. */
  private long termEnd() {
    return renewedAt + duration / 5 * 4;
  }

  /** The holder counts with what it has written, not with what this replica is set to. */
  private long expiry(Lease lease) {
    return seenAt + Math.max(duration, lease.duration().toNanos());
  }
}
