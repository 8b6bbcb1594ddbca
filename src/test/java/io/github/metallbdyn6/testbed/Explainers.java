package io.github.metallbdyn6.testbed;

import io.github.metallbdyn6.kubernetes.ClusterFailure;
import io.github.metallbdyn6.report.Explainer;
import io.github.metallbdyn6.source.SourceFailure;
import java.util.List;

/** The one that explains failures in the running program. */
public final class Explainers {
  /** Knows the cluster's failures and those of sources. */
  public static final Explainer REAL =
      new Explainer(List.of(ClusterFailure::explain, SourceFailure::explain));

  private Explainers() {}
}
