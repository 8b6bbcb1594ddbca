package io.github.metallbdyn6.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.pool.PoolState;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/** JMX shows the running program. */
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
        .contains("run-pass", "source-my-ip", "plan-pool", "patch-pool", "restart-metallb");
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

  @Test
  void showsWhatItBelievesAndTakesOrders() throws Exception {
    cluster.createPool(List.of(IPV4, RANGE_A));
    cluster.pods().run(NEW_METALLB);
    isp.givesAddress(ADDRESS_B);
    startProgram(Map.of("METALLB_DYN6_UPDATE_INTERVAL", "86400"));
    awaitPool(IPV4, RANGE_B);
    MBeanServer jmx = ManagementFactory.getPlatformMBeanServer();
    ObjectName watch =
        jmx.queryNames(new ObjectName("org.apache.camel:type=program,name=\"PrefixWatch\",*"), null)
            .iterator()
            .next();
    eventually(() -> assertThat(jmx.getAttribute(watch, "LastSuccess")).asString().isNotEmpty());
    assertThat(jmx.getAttribute(watch, "Prefix")).isEqualTo("2001:db8:b::/64");
    assertThat(jmx.getAttribute(watch, "PoolAddresses")).isEqualTo(IPV4 + ", " + RANGE_B);
    assertThat(jmx.getAttribute(watch, "Plan")).isEqualTo(RANGE_A + " replaced by " + RANGE_B);
    assertThat(jmx.getAttribute(watch, "LastChange")).asString().startsWith("20");
    assertThat(jmx.getAttribute(watch, "Trouble")).isEqualTo("");

    isp.givesAddress(ADDRESS_A);
    order(jmx, watch, "checkNow");
    awaitPool(IPV4, RANGE_A);

    order(jmx, watch, "pause");
    assertThat(health(jmx)).contains("holding " + RANGE_A + ": passes are paused, since 20");
    order(jmx, watch, "resume");
    assertThat(jmx.getAttribute(watch, "Trouble")).isEqualTo("");
  }

  private static void order(MBeanServer jmx, ObjectName watch, String operation)
      throws JMException {
    jmx.invoke(watch, operation, new Object[0], new String[0]);
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
