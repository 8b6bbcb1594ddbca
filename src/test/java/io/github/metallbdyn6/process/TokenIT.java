package io.github.metallbdyn6.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.metallbdyn6.testbed.Home;
import io.github.metallbdyn6.testbed.ProgramProcess;
import io.github.metallbdyn6.testbed.RunningProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The token that the program shows is another one while the jar runs. */
class TokenIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path folder;

  @Test
  void readsTheTokenAgainWhenItIsNoLongerAccepted() throws Exception {
    Path token = Files.writeString(folder.resolve("token"), "first");
    try (Home home = new Home()) {
      Map<String, String> environment =
          new HashMap<>(RunningProgram.environment(home.cluster(), home.isp()));
      environment.put("KUBERNETES_MASTER", home.cluster().api().uri().toString());
      List<String> asInAPod =
          List.of(
              "-Dkubernetes.auth.serviceAccount.token=" + token,
              "-Dkubernetes.auth.tryKubeConfig=false");
      home.cluster().api().accept("first");
      try (ProgramProcess program = ProgramProcess.start(environment, asInAPod)) {
        await().atMost(PATIENCE).untilAsserted(home::assertFollowed);

        home.cluster().api().accept("second");
        home.isp().givesAddress("2001:db8:c::1");
        await()
            .atMost(PATIENCE)
            .until(() -> program.output().contains("does not accept the credentials (401)"));
        Files.writeString(token, "second");
        await()
            .atMost(PATIENCE)
            .until(() -> home.cluster().addresses().contains("2001:db8:c::1000-2001:db8:c::1999"));
      }
    }
  }

  @Test
  void readsTheTokenFileThatAKubeconfigNames() throws Exception {
    Files.writeString(folder.resolve("token"), "first\n");
    try (Home home = new Home()) {
      Map<String, String> environment =
          new HashMap<>(RunningProgram.environment(home.cluster(), home.isp()));
      environment.put("KUBECONFIG", kubeconfig(home).toString());
      home.cluster().api().accept("first");
      try (ProgramProcess program = ProgramProcess.start(environment)) {
        await().atMost(PATIENCE).untilAsserted(home::assertFollowed);

        home.cluster().api().accept("second");
        Files.writeString(folder.resolve("token"), "second\n");
        home.isp().givesAddress("2001:db8:c::1");
        await()
            .atMost(PATIENCE)
            .until(() -> home.cluster().addresses().contains("2001:db8:c::1000-2001:db8:c::1999"));
      }
    }
  }

  @Test
  void saysAtTheStartThatTheTokenFileCannotBeRead() throws Exception {
    try (Home home = new Home()) {
      Map<String, String> environment =
          new HashMap<>(RunningProgram.environment(home.cluster(), home.isp()));
      environment.put("KUBECONFIG", kubeconfig(home).toString());
      try (ProgramProcess program = ProgramProcess.start(environment)) {
        assertThat(program.exitStatus()).isNotZero();
        assertThat(program.output())
            .contains("tokenFile " + folder.resolve("token") + ", which cannot be read");
      }
    }
  }

  /** The token in it is an older one, and the file's name is relative to the kubeconfig. */
  private Path kubeconfig(Home home) throws IOException {
    return Files.writeString(
        folder.resolve("kubeconfig"),
        """
        apiVersion: v1
        kind: Config
        current-context: home
        clusters: [{name: home, cluster: {server: "%s"}}]
        contexts: [{name: home, context: {cluster: home, user: program}}]
        users: [{name: other, user: {}}, {name: program, user: {token: older, tokenFile: token}}]
        """
            .formatted(home.cluster().api().uri()));
  }
}
