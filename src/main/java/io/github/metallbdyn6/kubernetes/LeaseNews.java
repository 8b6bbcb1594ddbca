package io.github.metallbdyn6.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.github.metallbdyn6.lease.Lease;
import io.github.metallbdyn6.lease.Term;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the election how the Lease is now, as soon as the watch of the Lease says so. */
final class LeaseNews implements ObjectWatch.Listener {
  private static final Logger LOG = LoggerFactory.getLogger("metallb-dyn6");

  private final Term term;
  private final Runnable wake;

  /**
   * Knows nothing yet.
   *
   * @param term takes note of the Lease
   * @param wake has the election look at the term
   */
  LeaseNews(Term term, Runnable wake) {
    this.term = term;
    this.wake = wake;
  }

  @Override
  public String begin() {
    return "";
  }

  @Override
  public void heard(ObjectReader.Event event) {
    if (event.type().equals("DELETED")) {
      term.doubt();
    } else {
      take(LeaseClient.leaseOf(event.object()));
    }
    wake.run();
  }

  /** This replica may have written something newer than the watch tells. */
  private void take(Lease lease) {
    Lease known = term.known();
    if (known == null || Versions.isNewer(lease.version(), known.version())) {
      term.found(lease, System.nanoTime());
    }
  }

  @Override
  public void failed(KubernetesClientException why) {
    LOG.debug("The watch of the lease is interrupted: {}", ClusterFailure.textOf(why));
  }
}
