package io.github.metallbdyn6.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.github.metallbdyn6.answer.Lifetimes;
import io.github.metallbdyn6.ipv6.AddressRange;
import io.github.metallbdyn6.pool.PoolPlan;
import io.github.metallbdyn6.pool.PoolState;
import io.github.metallbdyn6.pool.PrefixValidity;
import io.github.metallbdyn6.pool.Transition;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this program may list, watch and patch services, as the API server says. Asked once, by
 * SelfSubjectAccessReviews, which every account may create. Without that permission there is no
 * handover.
 */
public final class ServicePermission {
  private static final Logger LOG = LoggerFactory.getLogger("metallb-dyn6");
  private static final List<String> VERBS = List.of("list", "watch", "patch");
  private final KubernetesClient client;
  private final Transition wanted;
  private final Runnable whenGranted;
  private final PrefixValidity validity = new PrefixValidity();
  private volatile @Nullable Transition possible;
  private volatile @Nullable AddressRange wantedRange;

  /**
   * Nothing is asked of the cluster yet.
   *
   * @param wanted what the user wants
   * @param whenGranted what to do, once, when a handover is wanted and allowed
   */
  public ServicePermission(KubernetesClient client, Transition wanted, Runnable whenGranted) {
    this.client = client;
    this.wanted = wanted;
    this.whenGranted = whenGranted;
  }

  /**
   * Plans how the desired range gets into the pool, in the way that the user wants, as far as the
   * cluster allows it.
   *
   * @param lifetimes how long the desired range's prefix is good, as far as a source says so
   * @throws io.github.metallbdyn6.pool.PoolConflict when it overlaps an entry that is not ours
   * @throws io.fabric8.kubernetes.client.KubernetesClientException when the API server was to be
   *     asked for the permission, and refuses or cannot be reached
   */
  public PoolPlan plan(PoolState current, AddressRange desired, Lifetimes lifetimes) {
    validity.note(desired, lifetimes.valid(), current.readAt());
    PoolPlan plan = possible().plan(current, desired, validity);
    wantedRange = desired;
    return plan;
  }

  /**
   * Returns the range that services get addresses from: ours, or, where the pool has never been
   * written, the one that is wanted and stands there already.
   */
  public Optional<AddressRange> serving(PoolState pool) {
    return pool.serving().or(() -> Optional.ofNullable(wantedRange).filter(pool::holds));
  }

  private Transition possible() {
    Transition known = possible;
    if (known == null) {
      known = wanted == Transition.HANDOVER ? check() : wanted;
      possible = known;
    }
    return known;
  }

  private Transition check() {
    List<String> missing = VERBS.stream().filter(verb -> !mayDo(verb)).toList();
    if (missing.isEmpty()) {
      whenGranted.run();
      return Transition.HANDOVER;
    }
    LOG.warn(
        "METALLB_DYN6_TRANSITION=handover needs a ClusterRole that allows {} on services, which the component handover brings; until the next start it works as replace",
        String.join(", ", missing));
    return Transition.REPLACE;
  }

  private boolean mayDo(String verb) {
    return new AccessReview(client).allows(verb, "", "services", "");
  }
}
