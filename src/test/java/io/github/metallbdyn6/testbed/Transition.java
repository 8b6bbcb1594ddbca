package io.github.metallbdyn6.testbed;

import java.util.List;

/** How a pool follows a change: the homes in which it does so, and the remote calls of it. */
public enum Transition {
  /** The range is replaced, and MetalLB is restarted. */
  REPLACE {
    @Override
    public ChangedHome home() {
      return new Home();
    }

    @Override
    public List<HomeCall> calls() {
      return List.of(RemoteCall.values());
    }
  },

  /** Services are moved. */
  HANDOVER {
    @Override
    public ChangedHome home() {
      return new HandoverHome(MetalLbRelease.V0_15_2);
    }

    @Override
    public List<HomeCall> calls() {
      return List.of(HandoverCall.values());
    }
  };

  /** Sets a home up. */
  public abstract ChangedHome home();

  /** Returns the calls in the order in which they are made. */
  public abstract List<HomeCall> calls();
}
