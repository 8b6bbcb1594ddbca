package io.github.metallbdyn6.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.github.metallbdyn6.answer.Lifetimes;
import io.github.metallbdyn6.ipv6.AddressRange;
import io.github.metallbdyn6.pool.PoolPlan;
import io.github.metallbdyn6.pool.PoolState;
import io.github.metallbdyn6.pool.PrefixValidity;
import io.github.metallbdyn6.pool.Transition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this program may list, watch and patch services, as the API server says, asked by
 * SelfSubjectAccessReviews, which every account may create. Without that permission there is no
 * handover; the API server is asked again now and again, since somebody may grant it.
 */
public final class ServicePermission {
  private static final Logger LOG = LoggerFactory.getLogger("metallb-dyn6");
  private static final List<String> TO_SEE = List.of("list", "watch");
  private static final List<String> TO_MOVE = List.of("list", "watch", "patch");
  private static final Duration ASK_AGAIN = Duration.ofMinutes(1);

  private final KubernetesClient client;
  private final Transition wanted;
  private final Runnable whenSeen;
  private final Consumer<List<String>> lacks;
  private final PrefixValidity validity = new PrefixValidity();
  private Transition possible = Transition.REPLACE;
  private boolean answered;
  private boolean told;
  private Instant askAgain = Instant.MIN;
  private volatile @Nullable AddressRange wantedRange;

  /**
   * Nothing is asked of the cluster yet.
   *
   * @param wanted what the user wants
   * @param whenSeen what to do, once, when services may be listed and watched
   * @param lacks is told which verbs a handover lacks, none when it lacks none
   */
  public ServicePermission(
      KubernetesClient client, Transition wanted, Runnable whenSeen, Consumer<List<String>> lacks) {
    this.client = client;
    this.wanted = wanted;
    this.whenSeen = whenSeen;
    this.lacks = lacks;
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
    PoolPlan plan = possible(current.readAt()).plan(current, desired, validity);
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

  private synchronized Transition possible(Instant now) {
    if (!answered && !now.isBefore(askAgain)) {
      List<String> missing = missing();
      answered = missing.isEmpty() || wanted != Transition.HANDOVER;
      askAgain = now.plus(ASK_AGAIN);
      take(missing);
    }
    return possible;
  }

  private List<String> missing() {
    if (wanted == Transition.HANDOVER) {
      return TO_MOVE.stream().filter(verb -> !mayDo(verb)).toList();
    }
    try {
      return TO_SEE.stream().filter(verb -> !mayDo(verb)).toList();
    } catch (KubernetesClientException e) {
      return TO_SEE; // no pass fails since services cannot be shown
    }
  }

  private void take(List<String> missing) {
    if (missing.isEmpty()) {
      possible = wanted;
      whenSeen.run();
    }
    if (wanted == Transition.HANDOVER) {
      lacks.accept(missing);
      tell(missing);
    }
  }

  private void tell(List<String> missing) {
    if (!missing.isEmpty() && !told) {
      LOG.warn(
          "METALLB_DYN6_TRANSITION=handover needs a ClusterRole that allows {} on services, which the component handover brings; until it is granted the program works as replace.",
          String.join(", ", missing));
    } else if (missing.isEmpty() && told) {
      LOG.info(
          "The account may {} services now: the next change is a handover.",
          String.join(", ", TO_MOVE));
    }
    told = !missing.isEmpty();
  }

  private boolean mayDo(String verb) {
    return new AccessReview(client).allows(verb, "", "services", "");
  }
}
