package io.github.metallbdyn6.process;

import static org.awaitility.Awaitility.await;

import io.github.metallbdyn6.testbed.Home;
import io.github.metallbdyn6.testbed.RunningProgram;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A home whose prefix has changed, and the environment in which the jar follows it. */
abstract class AtHome {
  static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;
  final Map<String, String> environment = new HashMap<>();
  Home home;

  @BeforeEach
  void startHome() {
    home = new Home();
    environment.putAll(RunningProgram.environment(home.cluster(), home.isp()));
    environment.put("KUBECONFIG", home.cluster().kubeconfig(folder).toString());
  }

  @AfterEach
  void stopHome() throws Exception {
    home.close();
  }

  void awaitFollowed() {
    await().atMost(PATIENCE).untilAsserted(home::assertFollowed);
  }
}
