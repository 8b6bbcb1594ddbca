package io.github.metallbdyn6.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.metallbdyn6.testbed.AnnotatedPools;
import io.github.metallbdyn6.testbed.ApiCall;
import io.github.metallbdyn6.testbed.FreePort;
import io.github.metallbdyn6.testbed.Launch;
import io.github.metallbdyn6.testbed.ProgramProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The cost of a start and of a pass, in counts, which are the same on every machine. A bound is a
 * tenth above what was counted when the bound was written.
 */
class CostIT extends AtHome {
  private static final int CLASSES_OF_LIBRARIES = 5100;
  private static final int OBJECTS_IN_JMX = 320;
  private static final int THREADS = 32;
  private static final int FIFTY = 50;
  private static final int THREADS_OF_FIFTY = 48;

  private static final String ADVICE =
      "; find out what is new, and raise the bound only if it is worth the cost; see the section on performance in develop.md";

  @BeforeEach
  void openManagementPort() {
    environment.put("METALLB_DYN6_MANAGEMENT_PORT", String.valueOf(FreePort.find()));
    environment.put("METALLB_DYN6_MANAGEMENT_ADDRESS", "127.0.0.1");
  }

  @Test
  void aStartLoadsOnlyTheClassesThatItNeeds() throws Exception {
    Path loaded = folder.resolve("loaded");
    Launch launch = Launch.asInPod().with(List.of("-Xlog:class+load:file=" + loaded));
    try (ProgramProcess program = ProgramProcess.start(launch, environment)) {
      await().atMost(PATIENCE).until(() -> home.isp().timesAsked() > 0);
      List<String> classes = Files.readAllLines(loaded);
      assertThat(classes.stream().filter(line -> line.contains(" source: file:")).count())
          .as("classes of libraries before the first question, as -Xlog:class+load tells" + ADVICE)
          .isLessThan(CLASSES_OF_LIBRARIES);
      assertThat(classes)
          .as("the start describes an object to JMX, though nobody has looked at it")
          .noneMatch(line -> line.contains(".ModelMBeanAttributeInfo "))
          .as("classes of followers, though none is chosen")
          .noneMatch(line -> line.matches(".*metallbdyn6\\.(follower|telling|FollowerBeans).*"))
          .as("the start reads XML, as a logback.xml would have it do")
          .noneMatch(line -> line.contains(".xerces."));
    }
  }

  @Test
  void registersFewObjectsInJmx() throws Exception {
    int port = FreePort.find();
    Launch launch = Launch.asInPod().withJmx(port);
    try (ProgramProcess program = ProgramProcess.start(launch, environment)) {
      awaitFollowed();
      assertThat(objectsInJmx(port).size())
          .as("Camel's objects in JMX, one for each route, step and endpoint" + ADVICE)
          .isLessThan(OBJECTS_IN_JMX);
    }
  }

  @SuppressWarnings("BanJNDI") // our own process, on loopback
  private static Set<ObjectName> objectsInJmx(int port) throws Exception {
    JMXServiceURL url =
        new JMXServiceURL("service:jmx:rmi:///jndi/rmi://127.0.0.1:%d/jmxrmi".formatted(port));
    try (JMXConnector connector = JMXConnectorFactory.connect(url)) {
      return connector
          .getMBeanServerConnection()
          .queryNames(new ObjectName("org.apache.camel:*"), null);
    }
  }

  @Test
  void asksTheClusterNothingInAnIdlePassAndWritesThriceForAChange() throws Exception {
    try (ProgramProcess program = ProgramProcess.start(Launch.asInPod(), environment)) {
      awaitFollowed();
      awaitPasses(3);
      List<ApiCall> before = home.cluster().api().calls();
      awaitPasses(5);
      assertThat(home.cluster().api().calls()).as("requests of idle passes").isEqualTo(before);
      home.isp().givesAddress("2001:db8:c::5c1e:2");
      awaitPasses(5);
      assertThat(home.cluster().api().calls().stream().skip(before.size()))
          .filteredOn(ApiCall::isWrite)
          .as("writes of a change: the pool with the mark, the restart, the mark's removal")
          .extracting(ApiCall::method)
          .containsExactly("PATCH", "DELETE", "PATCH");
      assertThat(home.cluster().api().calls().stream().skip(before.size()))
          .extracting(ApiCall::method)
          .as("requests of a change until the restart: the pods, the pool, the restart")
          .startsWith("GET", "PATCH", "DELETE");
      try (Stream<Path> threads = Files.list(Path.of("/proc/%d/task".formatted(program.pid())))) {
        assertThat(threads.count()).as("threads, as jstack tells" + ADVICE).isLessThan(THREADS);
      }
    }
  }

  /** Passes of pools run in a few threads, however many pools there are. */
  @Test
  void fiftyPoolsAskTheClusterNothingInAnIdlePassAndTakeNoThreadEach() throws Exception {
    AnnotatedPools pools = new AnnotatedPools(home.cluster(), FIFTY);
    environment.putAll(AnnotatedPools.environment());
    home.isp().givesAddress("2001:db8:c::5c1e:2");
    try (ProgramProcess program = ProgramProcess.start(Launch.asInPod(), environment)) {
      await().atMost(PATIENCE).until(() -> pools.areUnder("2001:db8:c"));
      awaitPasses(3);
      List<ApiCall> before = home.cluster().api().calls();
      awaitPasses(5);
      assertThat(home.cluster().api().calls()).as("requests of idle passes").isEqualTo(before);
      assertThat(before)
          .filteredOn(ApiCall::isWrite)
          .extracting(ApiCall::method)
          .as("writes of a change: each pool and its mark's removal, and one restart")
          .hasSize(2 * FIFTY + 1)
          .containsOnlyOnce("DELETE");
      assertThat(home.cluster().api().watches())
          .filteredOn(call -> call.path().contains("/ipaddresspools"))
          .as("watches of pools")
          .hasSize(1);
      try (Stream<Path> threads = Files.list(Path.of("/proc/%d/task".formatted(program.pid())))) {
        assertThat(threads.count())
            .as("threads, as jstack tells" + ADVICE)
            .isLessThan(THREADS_OF_FIFTY);
      }
    }
  }

  private void awaitPasses(int passes) {
    int asked = home.isp().timesAsked();
    await().atMost(PATIENCE).until(() -> home.isp().timesAsked() > asked + passes);
  }
}
