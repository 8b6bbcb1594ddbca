package io.github.metallbdyn6.testbed;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/**
 * A home with services of type LoadBalancer behind a pool of both families, a MetalLB that gives
 * them their addresses, the model or a real one, and an ISP that has given the first prefix.
 */
public final class HomeWithServices implements AutoCloseable {

  /** The pool's IPv4 range. */
  public static final String IPV4 = "192.0.2.10-192.0.2.40";

  /** A range of the pool that is the user's. */
  public static final String ULA = "fd00:db8::1000-fd00:db8::1999";

  private final TestCluster cluster;
  private final FakeIsp isp = new FakeIsp();
  private final TestServices services;
  private final ServiceHistory history;
  private final Optional<MetalLb> model;
  private final Optional<RealMetalLb> real;

  private HomeWithServices(
      TestCluster cluster,
      MetalLbRelease version,
      Optional<RealMetalLbRelease> release,
      String prefix) {
    this(cluster, cluster.createNamespace(), version, release, prefix);
  }

  private HomeWithServices(
      TestCluster cluster,
      String namespace,
      MetalLbRelease version,
      Optional<RealMetalLbRelease> release,
      String prefix) {
    this.cluster = cluster;
    cluster.api().allowServices(true);
    services = new TestServices(cluster.client(), namespace);
    history = new ServiceHistory(cluster.client());
    cluster.createPool(List.of(IPV4, range(prefix), ULA), Map.of("example.com/owner", "somebody"));
    cluster.patchPool("{\"spec\":{\"autoAssign\":true}}");
    real = release.map(this::startReal);
    model =
        cluster.hasMetalLb() || real.isPresent()
            ? Optional.empty()
            : Optional.of(startModel(version));
    isp.givesAddress(address(prefix));
  }

  private MetalLb startModel(MetalLbRelease version) {
    MetalLb metalLb =
        new MetalLb(cluster.client(), cluster.namespace(), TestCluster.POOLS, version);
    cluster.pods().run(version.tag());
    cluster
        .pods()
        .onStart(
            pod -> {
              if (pod.equals("controller")) {
                metalLb.restart();
              }
            });
    return metalLb;
  }

  private RealMetalLb startReal(RealMetalLbRelease release) {
    cluster.pods().run(release.tag());
    RealMetalLb metalLb = new RealMetalLb(release.server(), cluster.namespace(), release);
    cluster
        .pods()
        .onStart(
            pod -> {
              if (pod.equals("controller")) {
                metalLb.restart();
              }
            });
    return metalLb;
  }

  /**
   * Starts it in a real cluster with a real MetalLB if there is one; that of this machine is of the
   * same generation.
   */
  public static HomeWithServices start(MetalLbRelease version, String prefix) {
    if (!Boolean.getBoolean(TestCluster.REAL_PARTS)) {
      return new HomeWithServices(
          TestCluster.startWithMetalLb(), version, Optional.empty(), prefix);
    }
    return real(
        RealMetalLbRelease.of(version)
            .orElseGet(() -> Assumptions.abort("no real MetalLB " + version.tag())),
        prefix);
  }

  /** Starts it with a real API server and a real MetalLB of this release. */
  public static HomeWithServices real(RealMetalLbRelease release, String prefix) {
    return new HomeWithServices(
        TestCluster.real(release), MetalLbRelease.V0_15_2, Optional.of(release), prefix);
  }

  /** Starts it in a fake cluster with the model in any case. */
  public static HomeWithServices fake(MetalLbRelease version, String prefix) {
    return new HomeWithServices(TestCluster.fake(), version, Optional.empty(), prefix);
  }

  /** Starts it in a fake cluster with the model, and the services in a namespace of this name. */
  public static HomeWithServices fake(MetalLbRelease version, String prefix, String namespace) {
    TestCluster cluster = TestCluster.fake();
    return new HomeWithServices(
        cluster, cluster.createAppNamespace(namespace), version, Optional.empty(), prefix);
  }

  /** Returns our range of a pool under a prefix, which is written like {@code 2001:db8:a}. */
  public static String range(String prefix) {
    return "%s::1000-%s::1999".formatted(prefix, prefix);
  }

  /** Returns what the pool's entries are when only this prefix is left. */
  public static String[] pool(String prefix) {
    return new String[] {IPV4, range(prefix), ULA};
  }

  private static String address(String prefix) {
    return prefix + "::5c1e:1";
  }

  /** From now on the ISP gives another prefix. */
  public void changePrefix(String prefix) {
    isp.givesAddress(address(prefix));
  }

  /** Returns the cluster. */
  public TestCluster cluster() {
    return cluster;
  }

  /** Returns the ISP. */
  public FakeIsp isp() {
    return isp;
  }

  /** Returns the users' services. */
  public TestServices services() {
    return services;
  }

  /** Returns what the services were at every instant. */
  public ServiceHistory history() {
    return history;
  }

  /** Tells whether MetalLB is one that no test has started. */
  public boolean isElsewhere() {
    return model.isEmpty() && real.isEmpty();
  }

  /** Returns the model of MetalLB's controller; nothing where a real one runs. */
  public Optional<MetalLb> model() {
    return model;
  }

  /** Returns the real MetalLB; nothing where the model runs, or a real cluster's. */
  public Optional<RealMetalLb> realMetalLb() {
    return real;
  }

  /** Returns every status that was written to the services; only with a real API server. */
  public AuditedServices auditedServices(RealMetalLbRelease release) {
    return new AuditedServices(release.server().auditLog(), services.namespace());
  }

  /** Removes the services while MetalLB is still there to free their addresses. */
  @Override
  public void close() throws Exception {
    isp.close();
    history.close();
    services.deleteAll();
    model.ifPresent(MetalLb::close);
    if (real.isPresent()) {
      real.get().close();
    }
    cluster.deletePool();
    cluster.close();
  }
}
