package io.github.metallbdyn6.demo;

import io.github.metallbdyn6.testbed.FakeIsp;
import io.github.metallbdyn6.testbed.FreePort;
import io.github.metallbdyn6.testbed.RunningProgram;
import io.github.metallbdyn6.testbed.TestCluster;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Shows the program at work in half a minute, without a cluster and without the internet: a real
 * HTTP Kubernetes API with a pool and MetalLB's pods, and an ISP that changes the prefix.
 *
 * <p>Ends with status 0 after three changes that the pool followed, with 1 when it did not follow.
 * With {@code -Ddemo.forever} it goes on until it is stopped.
 */
public final class Demo {
  private static final int CHANGES = 3;

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofSeconds(3);

  private final TestCluster cluster;
  private final FakeIsp isp;
  private final String port = String.valueOf(FreePort.find());

  private Demo(TestCluster cluster, FakeIsp isp) {
    this.cluster = cluster;
    this.isp = isp;
  }

  /** Runs the demo and exits. */
  public static void main(String[] arguments) throws Exception {
    int status;
    try (TestCluster cluster = TestCluster.fake();
        FakeIsp isp = new FakeIsp()) {
      status = new Demo(cluster, isp).run(forever());
    }
    System.exit(status);
  }

  private static boolean forever() {
    String value = System.getProperty("demo.forever", "false");
    return !value.equals("false") && !value.startsWith("${");
  }

  private int run(boolean forever) throws Exception {
    cluster.createPool(
        List.of(
            "192.0.2.10-192.0.2.20",
            "2001:db8:dead::1000-2001:db8:dead::1999",
            "fd00:db8::1000-fd00:db8::1999"));
    cluster.pods().run("v0.13.12");
    say("A Kubernetes API, MetalLB 0.13's pods and an ISP, all on this machine.");
    say(
        "The pool, with IPv4, yesterday's prefix 2001:db8:dead::/64, and a ULA range of the user's:");
    show(cluster.addresses());
    isp.givesAddress(addressUnder(1));
    try (RunningProgram program = RunningProgram.start(cluster, isp, settings())) {
      say("While it runs, its status page is at http://localhost:" + port + "/");
      for (int change = 1; forever || change <= CHANGES; change++) {
        if (!follow(change)) {
          return 1;
        }
        pause();
      }
    }
    say("Three changes, three times followed; IPv4 and ULA were left alone. That is all it does.");
    return 0;
  }

  /** This ISP changes the prefix more often in an hour than the program would follow by default. */
  private Map<String, String> settings() {
    return Map.of(
        "METALLB_DYN6_MAX_CHANGES_PER_HOUR",
        "0",
        "METALLB_DYN6_MANAGEMENT_PORT",
        port,
        "METALLB_DYN6_MANAGEMENT_ADDRESS",
        "127.0.0.1");
  }

  private boolean follow(int change) {
    String desired = "2001:db8:%x::1000-2001:db8:%x::1999".formatted(change, change);
    say(
        "Change %d: the ISP now delegates %s; the source answers %s"
            .formatted(change, "2001:db8:%x::/64".formatted(change), addressUnder(change)));
    long writes = cluster.api().writes().size();
    isp.givesAddress(addressUnder(change));
    try {
      Awaitility.await()
          .atMost(PATIENCE)
          .until(() -> cluster.addresses().contains(desired) && !cluster.reloadPending());
    } catch (ConditionTimeoutException e) {
      say("The pool did not follow within %d s:".formatted(PATIENCE.toSeconds()));
      show(cluster.addresses());
      return false;
    }
    say("The pool now:");
    show(cluster.addresses());
    say("Requests that wrote:");
    cluster.api().writes().stream()
        .skip(writes)
        .forEach(call -> System.out.printf("      %s%n", call));
    return true;
  }

  /** A privacy address: only its prefix matters. */
  private static String addressUnder(int change) {
    return "2001:db8:%x::5c1e:%x".formatted(change, 0xa000 + change);
  }

  /** Time to read, and for passes that find nothing to do. */
  private void pause() {
    int asked = isp.timesAsked();
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> isp.timesAsked() >= asked + (int) PAUSE.toSeconds());
  }

  private static void say(String text) {
    System.out.printf("%n>> %s%n", text);
  }

  private static void show(List<String> addresses) {
    addresses.forEach(address -> System.out.printf("      %s%n", address));
  }
}
