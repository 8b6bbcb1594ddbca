package io.github.metallbdyn6.testbed;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The two generations of MetalLB that differ in what a changed pool does to services. */
public enum RealMetalLbRelease {
  /** Keeps its old configuration while a service has an address outside the new one. */
  V0_13("metallb-0.13."),
  /** Reassigns by itself, and counts the addresses of a pool in its status. */
  V0_15("metallb-0.15.");

  private static final Map<RealMetalLbRelease, RealApiServer> SERVERS = new ConcurrentHashMap<>();

  private final String part;

  RealMetalLbRelease(String part) {
    this.part = part;
  }

  String part() {
    return part;
  }

  /** Returns the tag of its image. */
  public String tag() {
    return "v" + RealParts.version(part);
  }

  /** Returns an API server with this release's resources, which all tests of this JVM share. */
  public RealApiServer server() {
    return SERVERS.computeIfAbsent(this, RealMetalLbRelease::start);
  }

  private static RealApiServer start(RealMetalLbRelease release) {
    RealParts.require();
    RealApiServer started = new RealApiServer();
    Runtime.getRuntime().addShutdownHook(new Thread(started::close));
    MetalLbResources.define(started, release);
    MetalLbResources.define(started, RealParts.find("monitoring-", "."));
    return started;
  }

  /** Returns the real release that stands for a modelled one, if there is one. */
  static Optional<RealMetalLbRelease> of(MetalLbRelease modelled) {
    return switch (modelled) {
      case V0_13_12 -> Optional.of(V0_13);
      case V0_14_8 -> Optional.empty();
      case V0_15_2 -> Optional.of(V0_15);
    };
  }
}
