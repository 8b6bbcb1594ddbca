package io.github.metallbdyn6.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.pool.PoolState;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/** What can be seen of the running program through JMX. */
class InspectionTest extends WholeFlow {

  @Test
  void showsRoutesAndStepsUnderTheirNames() throws Exception {
    cluster.createPool(List.of(RANGE_A));
    isp.givesAddress(ADDRESS_A);
    startProgram();
    awaitPasses(1);

    MBeanServer jmx = ManagementFactory.getPlatformMBeanServer();
    assertThat(jmx.queryNames(new ObjectName("org.apache.camel:type=routes,*"), null))
        .extracting(name -> ObjectName.unquote(name.getKeyProperty("name")))
        .contains("watch-prefix", "source-my-ip", "plan-pool", "patch-pool", "reload-metallb");
    ObjectName readPool =
        jmx.queryNames(
                new ObjectName("org.apache.camel:type=processors,name=\"read-pool\",*"), null)
            .iterator()
            .next();
    eventually(
        () -> assertThat((Long) jmx.getAttribute(readPool, "ExchangesCompleted")).isPositive());
  }

  @Test
  void showsAHeldChangeAsUnhealthy() throws Exception {
    cluster.createPool(
        List.of(RANGE_A),
        Map.of(
            PoolState.RECORD,
            RANGE_A,
            PoolState.RECENT_CHANGES,
            Instant.now().minusSeconds(9).toString()));
    cluster.pods().run(NEW_METALLB);
    isp.givesAddress(ADDRESS_B);
    startProgram(Map.of("METALLB_DYN6_MAX_CHANGES_PER_HOUR", "1"));
    awaitLog("METALLB_DYN6_MAX_CHANGES_PER_HOUR=1 changes already");

    MBeanServer jmx = ManagementFactory.getPlatformMBeanServer();
    assertThat(health(jmx)).contains("holding " + RANGE_A + ": " + RANGE_B + " is wanted");
  }

  private static String health(MBeanServer jmx) throws Exception {
    ObjectName health =
        jmx.queryNames(new ObjectName("org.apache.camel:type=health,*"), null).iterator().next();
    return String.valueOf(jmx.invoke(health, "details", new Object[0], new String[0]));
  }

  @Test
  void showsARefusedAnswerAsUnhealthy() throws Exception {
    cluster.createPool(List.of(RANGE_A));
    isp.givesAddress("fd00:db8::1");
    startProgram();
    awaitPasses(3);
    MBeanServer jmx = ManagementFactory.getPlatformMBeanServer();
    assertThat(health(jmx))
        .contains("passes")
        .contains("holding the pool: the source's answer is refused (unique_local)");
    isp.givesAddress(ADDRESS_A);
    awaitLog("Passes succeed again");
    assertThat(health(jmx)).contains("passes").doesNotContain("unique_local");
  }
}
