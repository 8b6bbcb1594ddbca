package io.github.metallbdyn6.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.github.metallbdyn6.pool.Transition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
  private final Runnable whenSeen;
  private List<String> missing = TO_MOVE;
  private boolean askedToSee;
  private boolean told;
  private Instant askAgain = Instant.MIN;

  /**
   * Nothing is asked of the cluster yet.
   *
   * @param whenSeen what to do when services may be listed and watched
   */
  public ServicePermission(KubernetesClient client, Runnable whenSeen) {
    this.client = client;
    this.whenSeen = whenSeen;
  }

  /**
   * Returns which verbs on services are missing for this transition; none when nothing is missing.
   * Without a handover services are only shown, and nothing is missing for that.
   *
   * @throws KubernetesClientException when the API server was to be asked, and refuses or cannot be
   *     reached; never where nobody wants a handover
   */
  public synchronized List<String> missingFor(Transition wanted, Instant now) {
    if (wanted != Transition.HANDOVER) {
      seeOnce();
      return List.of();
    }
    if (!missing.isEmpty() && !now.isBefore(askAgain)) {
      missing = refusedOf(TO_MOVE);
      askAgain = now.plus(ASK_AGAIN);
      take();
    }
    return missing;
  }

  /** No pass fails since services cannot be shown. */
  private void seeOnce() {
    if (askedToSee || missing.isEmpty()) {
      return;
    }
    askedToSee = true;
    try {
      if (refusedOf(TO_SEE).isEmpty()) {
        whenSeen.run();
      }
    } catch (KubernetesClientException e) {
      LOG.debug("Nobody says whether services may be seen: {}", ClusterFailure.textOf(e));
    }
  }

  private void take() {
    if (missing.isEmpty()) {
      whenSeen.run();
      if (told) {
        LOG.info(
            "The account may {} services now: the next change is a handover.",
            String.join(", ", TO_MOVE));
      }
    } else if (!told) {
      LOG.warn(
          "Services may lose their IPv4 addresses with the next change: METALLB_DYN6_TRANSITION=handover needs a ClusterRole that allows {} on services, which the component handover brings; until it is granted the program works as replace.",
          String.join(", ", missing));
    }
    told = !missing.isEmpty();
  }

  private List<String> refusedOf(List<String> verbs) {
    return verbs.stream()
        .filter(verb -> !new AccessReview(client).allows(verb, "", "services", ""))
        .toList();
  }
}
