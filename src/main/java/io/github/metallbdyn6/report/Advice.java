package io.github.metallbdyn6.report;

import io.github.metallbdyn6.answer.RefusedAnswer;
import io.github.metallbdyn6.pass.Explanation.Area;
import io.github.metallbdyn6.pool.ChangeHeld;

/** Advice about a pass that fails, an answer that is refused, or a change that is held. */
final class Advice {
  private static final String LOOK =
      "Look at what the source answers; if it stays so, choose another one (METALLB_DYN6_SOURCE).";

  /** For a change that waits for its time. */
  static final String WAIT =
      "Nothing to do, unless it goes on: then look at what the source answers.";

  /** For a source that does not want to be asked. */
  static final String LET_REST =
      "Nothing to do until then; if it goes on, ask less often (METALLB_DYN6_UPDATE_INTERVAL), or choose another source (METALLB_DYN6_SOURCE).";

  /** For a source that was not heard of for too long, several times in a row. */
  static final String LET_COME_BACK =
      "Nothing to do if it answers by then; if it does not, see whether this machine reaches it over IPv6, or choose another source (METALLB_DYN6_SOURCE).";

  /** For services that wait for MetalLB. */
  private static final String LOOK_AT_METALLB =
      "Look at MetalLB's controller (kubectl describe of its pod, kubectl logs); services move by themselves once it knows the pool.";

  /** For a range that somebody else's entry overlaps. */
  static final String MAKE_ROOM =
      "Take the overlapping entry out of the pool, or choose other host parts (METALLB_DYN6_HOST_RANGE).";

  /** For a pool whose annotations cannot be right. */
  static final String CORRECT_POOL_RULES =
      "Correct the annotation (kubectl annotate --overwrite -n NAMESPACE ipaddresspool NAME metallb-dyn6/...=...), or the setting: the program takes it up at once.";

  /** For a pool that somebody has put back. */
  static final String LEAVE_ADDRESSES_ALONE =
      "Most likely it is a GitOps tool, or kubectl apply, with a file that has addresses for the pool. Argo CD: ignoreDifferences for /spec/addresses, with RespectIgnoreDifferences=true. Flux: the annotation kustomize.toolkit.fluxcd.io/ssa: IfNotPresent on the pool. By hand: kubectl patch, or edit, in the place of apply.";

  /** For a handover that the cluster does not allow. */
  static final String GRANT_SERVICES =
      "Add the component handover to your overlay, or set METALLB_DYN6_TRANSITION=replace; the program asks again every minute.";

  /** For an entry that looks like a range of ours under an older prefix. */
  static final String REMOVE_LOOKALIKE =
      "The program did not write it: take it out of the pool if it is an older prefix of yours.";

  /** For another program that writes into the pool. */
  static final String STOP_RIVAL =
      "Stop one of them: scale dynamic-prefix-operator to 0, then take its annotations off the pool (kubectl annotate -n NAMESPACE ipaddresspool NAME dynamic-prefix.io/name-); the manual has a page about it.";

  /** For a follower that fails. */
  static final String MEND_FOLLOWER =
      "The program tries again by itself; see that what the reason names can be reached, and takes what the follower sends.";

  /** For a follower that is stopped. */
  static final String RESUME_FOLLOWER =
      "Mend what the reason names, then take the annotation away: kubectl annotate -n NAMESPACE ipaddresspool NAME metallb-dyn6/stopped-followers-";

  /** For services of which each needs something else. */
  static final String LOOK_AT_SERVICES =
      "The status page says beside each of these services what to do, and so does services at /status.";

  /** For edited routes that are refused. */
  static final String CORRECT_ROUTES =
      "Correct the file, or undo the edit: until then the routes go on as they were before.";

  private Advice() {}

  /** Returns the advice for a failure that this is to blame for; its text may say more. */
  static String on(Area area) {
    return switch (area) {
      case SOURCE ->
          "The program asks again by itself; if it stays so, see whether this machine reaches the source over IPv6, or choose another one (METALLB_DYN6_SOURCE).";
      case CLUSTER ->
          "The program tries again by itself; if it stays so, mend what the reason names.";
      case METALLB ->
          "Look at MetalLB's pods (kubectl describe); the program goes on with the restart by itself.";
      case RULE -> WAIT;
      case PROGRAM ->
          "Look at the routes, if you have changed them, and at the log with METALLB_DYN6_LOG_LEVEL=debug.";
      case PROCESS ->
          "Kubernetes starts the container anew, since the liveness probe fails until a pass ends without an error.";
    };
  }

  /** Returns the advice for a change that waits for this. */
  static String on(ChangeHeld.Reason reason) {
    return switch (reason) {
      case RULE -> WAIT;
      case UNDONE -> LEAVE_ADDRESSES_ALONE;
      case METALLB -> LOOK_AT_METALLB;
    };
  }

  /** Returns what to do if it comes back after a restart. */
  static String on(Error error) {
    if (error instanceof StackOverflowError) {
      return "if it comes back: see whether routes that you have changed call one another in a circle, or a regular expression of yours repeats a group";
    }
    if (error instanceof OutOfMemoryError) {
      return "if it comes back: give the container more memory, and the JVM a larger heap (_JAVA_OPTIONS=-Xmx128m)";
    }
    return "if it comes back: look at the routes, if you have changed them, and at the log with METALLB_DYN6_LOG_LEVEL=debug";
  }

  /** Returns the advice for an answer that is refused for this reason. */
  static String on(RefusedAnswer.Reason reason) {
    return switch (reason) {
      case EMPTY, TOO_LONG, MALFORMED, FAILURE, HOST_BITS, ZONE -> LOOK;
      case SEVERAL ->
          "If your router changed the prefix just now, name a second source that is asked over the internet, such as METALLB_DYN6_SOURCE=interface,my-ip: it sees the prefix that works. Otherwise METALLB_DYN6_ALLOWED_PREFIXES says which one is meant.";
      case STALE ->
          "Wait some minutes for the router; if it stays so, have its interface take the new prefix (on OPNsense: Interfaces > Overview > reload), or ask for what was delegated to the WAN.";
      case NOT_YET ->
          "Nothing to do if the router was set up just now: it tells the prefix when it connects next; otherwise look at its page for DynDNS.";
      case IPV4, IPV4_MAPPED ->
          "The source was asked over IPv4, or knows no IPv6: ask one that has an IPv6 address only, and see that this machine has IPv6.";
      case UNSPECIFIED, LOOPBACK, LINK_LOCAL, MULTICAST, NOT_GLOBAL ->
          "No ISP delegates such an address: ask another source (METALLB_DYN6_SOURCE).";
      case UNIQUE_LOCAL ->
          "It is an address of your own network: ask a source that knows the delegated prefix, or allow it with METALLB_DYN6_REQUIRE_GLOBAL=false.";
      case TEREDO, SIX_TO_FOUR ->
          "It is a tunnel's address: turn the tunnel off where the program runs, or ask another source.";
      case PREFIX_LENGTH ->
          "Set METALLB_DYN6_SUBNET_OVERRIDE to the subnet that your services are in (:: for the first), and METALLB_DYN6_PREFIX_LENGTH where the source does not say how long the delegated prefix is.";
      case LIFETIME ->
          "The pool waits for a prefix that can be used; look at your router if none comes.";
      case DISAGREEMENT ->
          "Take out the source that is wrong (METALLB_DYN6_SOURCE), or keep a VPN's addresses out with METALLB_DYN6_ALLOWED_PREFIXES.";
      case NOT_ALLOWED ->
          "If it is a VPN's, all is well: the pool waits for your ISP's; if it is your ISP's, add it to METALLB_DYN6_ALLOWED_PREFIXES.";
    };
  }
}
