package io.github.metallbdyn6.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.github.metallbdyn6.testbed.FreePort;
import io.github.metallbdyn6.testbed.Http;
import io.github.metallbdyn6.testbed.ProgramProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.junit.jupiter.api.Test;

/** Looking into the jar from another process, as the manual says. */
class InspectionIT extends AtHome {
  private static final Path COMPONENT = Path.of("kustomize", "components", "jmx");

  @Test
  void jmxFromElsewhereNeedsThePassword() throws Exception {
    int port = FreePort.find();
    Files.writeString(folder.resolve("jmx.password"), "admin secret\n");
    Files.writeString(folder.resolve("jmx.access"), "admin readwrite\n");
    String login = Files.readString(COMPONENT.resolve("login.conf"));
    Files.writeString(folder.resolve("login.conf"), login.replace("/etc/jmx", folder.toString()));
    List<String> options =
        Stream.of(jmxOptions().split("\\s+"))
            .map(option -> option.replace("/etc/jmx", folder.toString()))
            .map(option -> option.replace("9010", String.valueOf(port)))
            .toList();
    try (ProgramProcess program = ProgramProcess.start(environment, options)) {
      awaitFollowed();
      assertThatThrownBy(() -> connect(port, "wrong").close())
          .isInstanceOf(SecurityException.class);
      try (JMXConnector connector = connect(port, "secret")) {
        MBeanServerConnection jmx = connector.getMBeanServerConnection();
        ObjectName watch =
            jmx.queryNames(new ObjectName("org.apache.camel:type=program,*"), null)
                .iterator()
                .next();
        assertThat(jmx.getAttribute(watch, "Prefix")).isEqualTo("2001:db8:b::/64");
        int asked = home.isp().timesAsked();
        jmx.invoke(watch, "checkNow", new Object[0], new String[0]);
        await().atMost(PATIENCE).until(() -> home.isp().timesAsked() > asked);
      }
    }
  }

  /** As the component jmx sets them. */
  private static String jmxOptions() throws IOException {
    JsonNode patch =
        new YAMLMapper()
            .readTree(COMPONENT.resolve("options.yaml").toFile())
            .findValue("env")
            .get(0);
    assertThat(patch.path("name").asText()).isEqualTo("_JAVA_OPTIONS");
    return patch.path("value").asText().strip();
  }

  @SuppressWarnings("BanJNDI") // our own process, on loopback
  private static JMXConnector connect(int port, String password) throws IOException {
    return JMXConnectorFactory.connect(
        new JMXServiceURL("service:jmx:rmi:///jndi/rmi://127.0.0.1:%d/jmxrmi".formatted(port)),
        Map.of(JMXConnector.CREDENTIALS, new String[] {"admin", password}));
  }

  @Test
  void theCamelCliSeesItOnlyWithTheConsole() throws Exception {
    List<String> options = List.of("-Duser.home=" + folder);
    try (ProgramProcess program = ProgramProcess.start(environment, options)) {
      awaitFollowed();
      assertThat(folder.resolve(".camel")).doesNotExist();
    }
    environment.put("METALLB_DYN6_CONSOLE_PORT", String.valueOf(FreePort.find()));
    try (ProgramProcess program = ProgramProcess.start(environment, options)) {
      Path status = folder.resolve(".camel").resolve(program.pid() + "-status.json");
      await()
          .atMost(PATIENCE)
          .ignoreExceptions()
          .until(
              () ->
                  new ObjectMapper()
                      .readTree(status.toFile())
                      .path("routes")
                      .findValuesAsText("routeId")
                      .contains("run-pass"));
    }
  }

  @Test
  void aPortThatIsTakenIsAnErrorAtStart() throws Exception {
    String port = String.valueOf(FreePort.find());
    environment.put("METALLB_DYN6_MANAGEMENT_PORT", port);
    environment.put("METALLB_DYN6_MANAGEMENT_ADDRESS", "127.0.0.1");
    try (ProgramProcess first = ProgramProcess.start(environment)) {
      Http management = new Http(Integer.parseInt(port));
      await().atMost(PATIENCE).until(() -> management.status("/observe/health/live") == 200);
      try (ProgramProcess second = ProgramProcess.start(environment)) {
        assertThat(second.exitStatus()).isEqualTo(2);
        assertThat(second.output())
            .contains("cannot listen on 127.0.0.1 port " + port, "METALLB_DYN6_MANAGEMENT_PORT");
      }
      assertThat(management.status("/observe/health/live")).as(first.output()).isEqualTo(200);
    }
  }
}
