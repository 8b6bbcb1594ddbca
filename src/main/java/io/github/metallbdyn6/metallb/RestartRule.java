package io.github.metallbdyn6.metallb;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The user's rule for restarting MetalLB.
 *
 * @param mode when its pods are deleted
 * @param labelSelector which pods those are; for error messages
 * @param timeout how long to wait for the pods
 */
public record RestartRule(RestartMode mode, String labelSelector, Duration timeout) {

  private static final Pattern UID = Pattern.compile("[0-9a-fA-F-]{36}");

  /**
   * Builds the rule from the texts of the settings.
   *
   * @param timeoutSeconds how long to wait for the pods, in seconds
   * @throws IllegalArgumentException for an unknown mode
   */
  public static RestartRule of(String mode, String labelSelector, int timeoutSeconds) {
    return new RestartRule(
        RestartMode.parse(mode), labelSelector, Duration.ofSeconds(timeoutSeconds));
  }

  /**
   * Returns the mark to leave in the pool together with a change: the UIDs of the pods that will
   * run on the old configuration, so that a pass which finds the mark knows whether they were
   * deleted already. Nothing when these pods need no restart.
   */
  public Optional<String> markFor(List<MetalLbPod> pods) {
    if (!mode.requiresRestart(pods)) {
      return Optional.empty();
    }
    return Optional.of(
        pods.isEmpty()
            ? "all"
            : pods.stream().map(MetalLbPod::uid).collect(Collectors.joining(",")));
  }

  /**
   * Begins the reload that a mark asks for, or resumes it.
   *
   * @param mark what {@link #markFor} gave; any other text means all pods
   * @param now the time, as {@code ${date:now}} gives it in a route
   * @throws RestartFailed when no pod matches and the mark does not know any either: nothing can be
   *     restarted then, and saying nothing would pass for done
   */
  public Restart begin(String mark, List<MetalLbPod> pods, Date now) {
    Instant time = now.toInstant();
    if (!mode.requiresRestart(pods)) {
      return new Restart(Set.of(), 0, pods, time, time, time); // MetalLB has been upgraded since
    }
    Set<String> owed = isVague(mark) ? uids(pods) : Set.copyOf(List.of(mark.split(",", -1)));
    if (owed.isEmpty()) {
      throw new RestartFailed(noPods());
    }
    return new Restart(owed, owed.size(), pods, time, time, time.plus(timeout));
  }

  /**
   * Tells whether a mark does not name pods: it then means whichever there are, and has to be
   * sharpened before they are deleted, or the next pass would delete their successors.
   */
  public boolean isVague(String mark) {
    return !Arrays.stream(mark.split(",", -1)).allMatch(UID.asMatchPredicate());
  }

  private static Set<String> uids(List<MetalLbPod> pods) {
    return pods.stream().map(MetalLbPod::uid).collect(Collectors.toSet());
  }

  /**
   * Takes another look at the pods; see {@link Restart#look}.
   *
   * @throws RestartFailed at the deadline, when the reload is still not done
   */
  public Restart look(Restart reload, List<MetalLbPod> pods, Date now) {
    return reload.look(pods, now.toInstant());
  }

  private String noPods() {
    return "no pod matches METALLB_DYN6_METALLB_LABEL_SELECTOR=%s, so MetalLB was not restarted; "
            .formatted(labelSelector)
        + "installed by Helm its pods have app.kubernetes.io/name=metallb,app.kubernetes.io/instance=<release>,"
        + " by manifest or kustomize app=metallb";
  }
}
