package io.github.metallbdyn6.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import javax.management.Attribute;
import javax.management.JMException;
import javax.management.MBeanInfo;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import org.apache.camel.CamelContext;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedInstance;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.management.mbean.ManagedPerformanceCounter;
import org.apache.camel.spi.ManagementAgent;
import org.apache.camel.spi.ManagementMBeanAssembler;
import org.apache.camel.support.management.DefaultManagementMBeanAssembler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** JMX shows the same as with Camel's own descriptions, which are made when they are looked at. */
class LazyMBeansTest {
  /** Camel asks for the instance when it describes an object. */
  @ManagedResource(description = "Something to look at")
  public static final class Lamp implements ManagedInstance {
    private final List<String> descriptions = new ArrayList<>();
    private boolean on;

    @Override
    public Object getInstance() {
      descriptions.add("made");
      return this;
    }

    @ManagedAttribute(description = "Whether it is lit")
    public boolean isOn() {
      return on;
    }

    @ManagedAttribute
    public void setOn(boolean on) {
      this.on = on;
    }

    @ManagedOperation(description = "Fails while it is lit")
    public void unscrew() {
      if (on) {
        throw new IllegalStateException("hot");
      }
    }
  }

  private final Lamp lamp = new Lamp();
  private final CamelContext context = new DefaultCamelContext();
  private final MBeanServer server = MBeanServerFactory.newMBeanServer();
  private ObjectName name;
  private ManagementAgent agent;

  @BeforeEach
  void register() throws Exception {
    name = new ObjectName("test:type=lamp");
    LazyMBeans.useIn(context);
    agent = context.getManagementStrategy().getManagementAgent();
    agent.setMBeanServer(server);
    agent.start();
    agent.register(lamp, name);
  }

  @AfterEach
  void stop() {
    context.stop();
  }

  @Test
  void describesAnObjectOnceAndNotBeforeSomebodyLooks() throws Exception {
    assertThat(server.queryNames(new ObjectName("test:*"), null)).containsExactly(name);
    assertThat(lamp.descriptions).isEmpty();
    server.getMBeanInfo(name);
    server.getAttribute(name, "On");
    assertThat(lamp.descriptions).hasSize(1);
  }

  @Test
  void describesItAsCamelDoes() throws Exception {
    ManagementMBeanAssembler camel = new DefaultManagementMBeanAssembler(context);
    camel.start();
    MBeanInfo expected = camel.assemble(server, lamp, name).getMBeanInfo();
    assertThat(server.getMBeanInfo(name)).isEqualTo(expected);
    assertThat(expected.getAttributes()).hasSize(1);
    assertThat(server.getObjectInstance(name).getClassName()).isEqualTo(expected.getClassName());
  }

  @Test
  void passesCallsOn() throws Exception {
    server.setAttribute(name, new Attribute("On", true));
    assertThat(lamp.on).isTrue();
    assertThatThrownBy(() -> server.invoke(name, "unscrew", new Object[0], new String[0]))
        .isInstanceOf(JMException.class)
        .hasRootCauseMessage("hot");
  }

  @Test
  void forgetsAnObjectThatNobodyLookedAt() throws Exception {
    agent.unregister(name);
    assertThat(server.isRegistered(name)).isFalse();
    assertThat(lamp.descriptions).isEmpty();
  }

  /** A route or a step, as the status page counts it. */
  @ManagedResource
  public static final class Counted extends ManagedPerformanceCounter implements ManagedInstance {
    private boolean described;

    @Override
    public Object getInstance() {
      described = true;
      return this;
    }
  }

  @Test
  void countsWithoutADescription() throws Exception {
    Counted counted = new Counted();
    counted.init(context.getManagementStrategy());
    ObjectName step = new ObjectName("test:type=step");
    agent.register(counted, step);
    counted.increment();
    assertThat(server.getAttribute(step, "ExchangesTotal")).isEqualTo(1L);
    assertThat(server.getAttribute(step, "ExchangesFailed")).isEqualTo(0L);
    assertThat(counted.described).isFalse();
    assertThat(server.getAttribute(step, "StatisticsEnabled")).isEqualTo(true);
    assertThat(counted.described).isTrue();
  }
}
