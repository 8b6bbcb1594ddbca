package io.github.metallbdyn6.report;

import io.github.metallbdyn6.metallb.MetalLbPod;
import io.github.metallbdyn6.metallb.Restart;
import io.github.metallbdyn6.text.FirstFew;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Something that happened to MetalLB's pods. */
public sealed interface RestartEvent extends PassEvent {

  /** MetalLB's pods are deleted, so that new ones run on the new addresses. */
  record RestartBegun(Instant at, List<MetalLbPod> pods) implements RestartEvent {
    public RestartBegun {
      pods = List.copyOf(pods);
    }

    @Override
    public EventKind kind() {
      return EventKind.METAL_LB_RESTARTING;
    }

    @Override
    public boolean isEveryday() {
      return true; // the end of the restart is remembered
    }

    @Override
    public String text() {
      return "MetalLB is restarted: " + FirstFew.of(pods);
    }
  }

  /** MetalLB runs on the new addresses, mostly after a restart. */
  record MetalLbReloaded(Instant at, Restart restart) implements RestartEvent {
    public List<MetalLbPod> pods() {
      return restart.pods();
    }

    public Duration took() {
      return Duration.between(restart.begunAt(), restart.seenAt());
    }

    @Override
    public EventKind kind() {
      return EventKind.METAL_LB_RELOADED;
    }

    /** Tells whether no pod had to go: MetalLB has been upgraded since. */
    @Override
    public boolean isEveryday() {
      return restart.owed().isEmpty();
    }

    @Override
    public String text() {
      return "MetalLB was restarted and runs on the new addresses, after %.1f s: %s"
          .formatted(
              took().toMillis() / 1000.0,
              FirstFew.of(pods().stream().map(MetalLbPod::name).toList()));
    }
  }

  /** A restart was owed, and the user wants none. */
  record RestartForgiven(Instant at) implements RestartEvent {
    @Override
    public EventKind kind() {
      return EventKind.RESTART_FORGIVEN;
    }

    @Override
    public String text() {
      return "MetalLB is not restarted (METALLB_DYN6_RELOAD=never)";
    }
  }
}
