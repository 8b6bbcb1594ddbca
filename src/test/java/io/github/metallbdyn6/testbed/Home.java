package io.github.metallbdyn6.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.pool.PoolState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A home whose ISP has just changed the prefix: an old MetalLB that has to be restarted, and a pool
 * with entries before and behind ours that nobody may touch.
 */
public final class Home implements ChangedHome {
  private static final String IPV4 = "192.0.2.10-192.0.2.20";
  private static final String ULA = "fd00:db8::1000-fd00:db8::1999";
  private static final String BEFORE = "2001:db8:a::1000-2001:db8:a::1999";
  private static final String AFTER = "2001:db8:b::1000-2001:db8:b::1999";

  private final TestCluster cluster = TestCluster.fake();
  private final FakeIsp isp = new FakeIsp();
  private final Map<String, String> podsBefore;

  /** Sets everything up; the program is not running yet. */
  public Home() {
    cluster.createPool(List.of(IPV4, BEFORE, ULA));
    cluster.pods().run("v0.13.12");
    podsBefore = cluster.pods().uids();
    isp.givesAddress("2001:db8:b::5c1e:2");
  }

  @Override
  public TestCluster cluster() {
    return cluster;
  }

  @Override
  public FakeIsp isp() {
    return isp;
  }

  @Override
  public Map<String, String> environment() {
    return new HashMap<>(RunningProgram.environment(cluster, isp));
  }

  /** The pool is right, and MetalLB was restarted since it is. */
  @Override
  public void assertFollowed() {
    assertThat(cluster.addresses()).containsExactly(IPV4, AFTER, ULA);
    assertThat(cluster.annotations())
        .containsEntry("example.com/owner", "somebody")
        .containsEntry(PoolState.RECORD, AFTER)
        .doesNotContainKey(PoolState.RELOAD_MARK);
    assertThat(cluster.pods().uids())
        .hasSameSizeAs(podsBefore)
        .allSatisfy((name, uid) -> assertThat(podsBefore).doesNotContainValue(uid));
    List<String> writes = cluster.api().acted().stream().map(ApiCall::method).toList();
    assertThat(writes.lastIndexOf("DELETE")).isGreaterThan(writes.indexOf("PATCH"));
  }

  @Override
  public void assertForeignEntriesUntouched() {
    assertThat(cluster.addresses()).startsWith(IPV4).endsWith(ULA).hasSize(3);
    cluster.api().writes().stream()
        .filter(call -> call.body().contains("\"addresses\""))
        .forEach(
            call ->
                assertThat(call.body())
                    .contains("[\"" + IPV4 + "\",\"" + AFTER + "\",\"" + ULA + "\"]"));
  }

  /** Nobody has a service here. */
  @Override
  public void assertNobodyLostAnything() {}

  @Override
  public void close() throws Exception {
    isp.close();
    cluster.close();
  }
}
