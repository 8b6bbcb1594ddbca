package io.github.metallbdyn6.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.metallbdyn6.kustomize.Components;
import io.github.metallbdyn6.kustomize.Kubectl;
import io.github.metallbdyn6.settings.Setting;
import io.github.metallbdyn6.testbed.ProgramProcess;
import io.github.metallbdyn6.testbed.RouteFolder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar as a user meets it at the command line. */
class CommandLineIT {
  private static final Map<String, String> RIGHT =
      Map.of(
          "METALLB_DYN6_METALLB_POOL", "public",
          "METALLB_DYN6_HOST_RANGE", "::1000-::1999",
          "METALLB_DYN6_MY_IP_URL", "http://127.0.0.1:9/");

  private static final Path EXAMPLE = Path.of("kustomize", "overlays", "example");

  @TempDir Path folder;

  private static Map<String, String> with(String name, String value) {
    Map<String, String> environment = new HashMap<>(RIGHT);
    environment.put(name, value);
    return environment;
  }

  private static void assertRefused(ProgramProcess program, String... expected) throws Exception {
    try (program) {
      assertThat(program.exitStatus()).as(program.output()).isEqualTo(2);
      assertThat(program.output()).contains(expected).doesNotContain("\tat ", "Exception");
    }
  }

  @Test
  void helpNamesEverySetting() throws Exception {
    try (ProgramProcess program = ProgramProcess.start(Map.of(), "--help")) {
      assertThat(program.exitStatus()).isZero();
      for (Setting setting : Setting.values()) {
        String flag = setting.name().toLowerCase(Locale.ROOT).replace('_', '-');
        assertThat(program.output())
            .contains(setting.variable() + ", --" + flag, setting.meaning());
      }
    }
  }

  @Test
  void versionIsTheJars() throws Exception {
    try (ProgramProcess program = ProgramProcess.start(Map.of(), "--version")) {
      assertThat(program.exitStatus()).isZero();
      assertThat(program.output()).matches("metallb-dyn6 \\d+\\.\\d+\\.\\d+\\R");
    }
  }

  @Test
  void unknownArgumentsAreNamed() throws Exception {
    assertRefused(
        ProgramProcess.start(RIGHT, "--verbose", "--reload=often", "::1", "public", "x"),
        "3 arguments or settings are wrong",
        "unknown argument: --verbose",
        "unknown argument: x",
        "--reload=often",
        "for example: --reload=auto");
  }

  @Test
  void argumentsAreSettings() throws Exception {
    try (ProgramProcess program =
        ProgramProcess.start(
            Map.of("METALLB_DYN6_SOURCE", "no-such-source"),
            "--check",
            "--source",
            "my-ip",
            "::1000-::1999",
            "public")) {
      assertThat(program.exitStatus()).as(program.output()).isZero();
    }
  }

  @Test
  void theLogIsAsTheArgumentsSay() throws Exception {
    Map<String, String> environment = with("KUBECONFIG", kubeconfig().toString());
    environment.put("METALLB_DYN6_LOG_FORMAT", "text");
    try (ProgramProcess program =
        ProgramProcess.start(environment, "--log-format=json", "--management-port=0")) {
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> program.output().contains("keeps IPAddressPool"));
      assertThat(program.output()).startsWith("{\"");
    }
  }

  @Test
  void anIntervalThatCannotBeKeptIsNamed() throws Exception {
    Map<String, String> environment = with("METALLB_DYN6_UPDATE_INTERVAL", "0");
    environment.put("KUBECONFIG", kubeconfig().toString());
    try (ProgramProcess program = ProgramProcess.start(environment, "--management-port=0")) {
      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () ->
                  program
                      .output()
                      .contains(
                          "METALLB_DYN6_UPDATE_INTERVAL=0: a pass begins every 60 s, since the interval is from 1 to 86400"));
      assertThat(program.output()).contains("every 60 s; cluster");
    }
  }

  @Test
  void allWrongSettingsAreReportedTogether() throws Exception {
    assertRefused(
        ProgramProcess.start(
            Map.of("METALLB_DYN6_HOST_RANGE", "::2-::1", "METALLB_DYN6_UPDATE_INTERVAL", "1m")),
        "3 settings are wrong",
        "METALLB_DYN6_METALLB_POOL is not set",
        "METALLB_DYN6_HOST_RANGE=::2-::1",
        "the start ::2 lies above the end ::1",
        "METALLB_DYN6_UPDATE_INTERVAL=1m",
        "for example: METALLB_DYN6_UPDATE_INTERVAL=60");
  }

  @Test
  void aMissingClusterIsNamed() throws Exception {
    assertRefused(ProgramProcess.start(RIGHT), "no cluster", "KUBECONFIG");
    assertRefused(
        ProgramProcess.start(with("KUBECONFIG", "/nowhere/config")),
        "KUBECONFIG names /nowhere/config, which cannot be read");
  }

  @Test
  void aBrokenRouteIsNamedWithItsFile() throws Exception {
    RouteFolder routes = new RouteFolder(folder);
    routes.edit("2-plan-pool.camel.yaml", "uri: direct", "urx: direct");
    Map<String, String> environment = with("METALLB_DYN6_ROUTES", folder.toString());
    environment.put("KUBECONFIG", kubeconfig().toString());
    assertRefused(
        ProgramProcess.start(environment),
        "the routes cannot be started",
        "2-plan-pool.camel.yaml",
        "urx");
  }

  /** Camel alone would start with the first, and fail on the second with a stack trace. */
  @Test
  void brokenLinksBetweenRoutesAreNamedAtTheStart() throws Exception {
    RouteFolder routes = new RouteFolder(folder);
    routes.edit("0-run-pass.camel.yaml", "name: patch-pool", "name: patch-pol");
    routes.edit("5-restart-metallb.camel.yaml", "ref: pool", "ref: pol");
    Map<String, String> environment = with("METALLB_DYN6_ROUTES", folder.toString());
    environment.put("KUBECONFIG", kubeconfig().toString());
    assertRefused(
        ProgramProcess.start(environment),
        "0-run-pass.camel.yaml, line ",
        "no route starts from direct:patch-pol",
        "5-restart-metallb.camel.yaml, line ",
        "No bean could be found in the registry for: pol");
  }

  @Test
  void aMissingBeanIsNamedAtTheStart() throws Exception {
    RouteFolder routes = new RouteFolder(folder);
    routes.edit("5-restart-metallb.camel.yaml", "ref: pool", "ref: pol");
    Map<String, String> environment = with("METALLB_DYN6_ROUTES", folder.toString());
    environment.put("KUBECONFIG", kubeconfig().toString());
    assertRefused(
        ProgramProcess.start(environment),
        "the routes cannot be started",
        "5-restart-metallb.camel.yaml, line ",
        "No bean could be found in the registry for: pol");
  }

  @Test
  void aCheckNeedsNoCluster() throws Exception {
    try (ProgramProcess program = ProgramProcess.start(RIGHT, "--check")) {
      assertThat(program.exitStatus()).as(program.output()).isZero();
      assertThat(program.output()).matches("settings and \\d\\d routes are fine\\R");
    }
  }

  @Test
  void aCheckNamesEveryMistakeOfTheRoutes() throws Exception {
    RouteFolder routes = new RouteFolder(folder);
    routes.edit("2-plan-pool.camel.yaml", "ref: planning", "ref: planing");
    routes.edit("source-my-ip.camel.yaml", "#strictJson", "#strictJsn");
    assertRefused(
        ProgramProcess.start(with("METALLB_DYN6_ROUTES", folder.toString()), "--check"),
        "2-plan-pool.camel.yaml, line ",
        "No bean could be found in the registry for: planing",
        "source-my-ip.camel.yaml, line ",
        "No bean could be found in the registry for: strictJsn");
  }

  /** A user who has corrected the settings is not to hear of the routes only then. */
  @Test
  void aCheckNamesMistakesOfSettingsAndRoutesTogether() throws Exception {
    RouteFolder routes = new RouteFolder(folder);
    routes.edit("2-plan-pool.camel.yaml", "ref: planning", "ref: planing");
    routes.write("source-mine.yaml", "- from:\n    uri: direct:source-mine\n");
    Map<String, String> environment = with("METALLB_DYN6_ROUTES", folder.toString());
    environment.put("METALLB_DYN6_UPDATE_INTERVAL", "1m");
    environment.put("METALLB_DYN6_SOURCE", "json");
    assertRefused(
        ProgramProcess.start(environment, "--check", "--host-range=1000-1999"),
        "METALLB_DYN6_UPDATE_INTERVAL=1m",
        "--host-range=1000-1999",
        "METALLB_DYN6_JSON_URL is not set",
        "source-mine.yaml: nobody reads this file",
        "2-plan-pool.camel.yaml, line ",
        "No bean could be found in the registry for: planing");
  }

  /** The start only warns of these: somebody who checks is there to mend them. */
  @Test
  void aCheckIsStricterThanTheStart() throws Exception {
    RouteFolder routes = new RouteFolder(folder);
    routes.write("source-mine.yaml", "- from:\n    uri: direct:source-mine\n");
    routes.write("kustomization.yaml", "kind: Kustomization\n");
    Map<String, String> environment = with("METALLB_DYN6_ROUTES", folder.toString());
    environment.put("METALLB_DYN6_UPDATE_INTERVALL", "5");
    environment.put("METALLB_DYN6_QUORUM", "2");
    assertRefused(
        ProgramProcess.start(environment, "--check"),
        "METALLB_DYN6_UPDATE_INTERVALL is not a setting, and no route uses it; did you mean METALLB_DYN6_UPDATE_INTERVAL?",
        "METALLB_DYN6_QUORUM has no effect without METALLB_DYN6_SOURCE_POLICY=agree",
        "source-mine.yaml: nobody reads this file, since its name does not end in .camel.yaml");

    environment.put("KUBECONFIG", kubeconfig().toString());
    try (ProgramProcess program = ProgramProcess.start(environment, "--management-port=0")) {
      await().atMost(Duration.ofSeconds(30)).until(() -> program.output().contains("nobody reads"));
      assertThat(program.output())
          .contains(
              "WARN  METALLB_DYN6_UPDATE_INTERVALL is not a setting", "INFO  METALLB_DYN6_QUORUM")
          .doesNotContain("kustomization.yaml");
    }
  }

  @Test
  void aCheckOfManifestsNeedsNoSettings() {
    Kubectl.build(EXAMPLE);
    assertThat(
            Kubectl.run(
                "sh",
                "-c",
                "kubectl kustomize %s | java -jar target/metallb-dyn6.jar --check -"
                    .formatted(EXAMPLE)))
        .matches("Deployment metallb-system/metallb-dyn6: settings and \\d\\d routes are fine\\R");
  }

  /** The overlay that the manual removes the program with. */
  @Test
  void aCheckOfManifestsKnowsARelease() {
    Path overlay = Components.overlay("check-release", List.of("handover", "release"));
    assertThat(
            Kubectl.run(
                "sh",
                "-c",
                "kubectl kustomize %s | java -jar target/metallb-dyn6.jar --check -"
                    .formatted(overlay)))
        .contains("Deployment metallb-system/metallb-dyn6: settings and ")
        .contains("Job metallb-system/metallb-dyn6-release: a release, which runs no routes");
  }

  /** With the name that the folder has in the cluster, and no trace of the one that it has here. */
  @Test
  void aCheckOfManifestsNamesEveryMistake() throws Exception {
    String manifests =
        Kubectl.build(EXAMPLE)
            .text()
            .replace(
                "METALLB_DYN6_HOST_RANGE: ",
                "METALLB_DYN6_SOURCE: fritzbx\n  METALLB_DYN6_HOST_RANGE: ");
    Path file = Files.writeString(folder.resolve("overlay.yaml"), manifests);
    assertRefused(
        ProgramProcess.start(Map.of(), "--check", file.toString()),
        "Deployment metallb-system/metallb-dyn6: a setting is wrong",
        "/etc/metallb-dyn6/routes has no source fritzbx",
        "for example: METALLB_DYN6_SOURCE=fritzbox");

    Files.writeString(
        file, Kubectl.build(EXAMPLE).text().replace("responseTimeout:", "responseTimout:"));
    assertRefused(
        ProgramProcess.start(Map.of(), "--check=" + file),
        "1-find-prefix.camel.yaml, line ",
        "did you mean responseTimeout?");
  }

  @Test
  void aCheckSaysWhatIsNotThere() throws Exception {
    assertRefused(
        ProgramProcess.start(Map.of(), "--check", "nowhere.yaml"),
        "the manifests cannot be read: there is no file nowhere.yaml");
    Path file = Files.writeString(folder.resolve("other.yaml"), "kind: Namespace\n");
    assertRefused(
        ProgramProcess.start(Map.of(), "--check", file.toString()),
        "no container in the manifests runs metallb-dyn6");
  }

  @Test
  void aCheckNamesEveryWrongSetting() throws Exception {
    assertRefused(
        ProgramProcess.start(with("METALLB_DYN6_UPDATE_INTERVAL", "1m"), "--check"),
        "a setting is wrong",
        "METALLB_DYN6_UPDATE_INTERVAL=1m");
  }

  @Test
  void aMissingRoutesFolderIsNamed() throws Exception {
    assertRefused(
        ProgramProcess.start(with("METALLB_DYN6_ROUTES", "/nowhere")),
        "METALLB_DYN6_ROUTES=/nowhere",
        "no folder with *.camel.yaml files");
  }

  private Path kubeconfig() throws IOException {
    return Files.writeString(
        folder.resolve("kubeconfig"),
        """
        apiVersion: v1
        kind: Config
        current-context: test
        clusters: [{name: test, cluster: {server: "http://127.0.0.1:9"}}]
        contexts: [{name: test, context: {cluster: test, user: test}}]
        users: [{name: test, user: {token: test}}]
        """);
  }

  /** A source, a host range or a route may be gone already. */
  @Test
  void aReleaseNeedsThePoolAlone() throws Exception {
    Map<String, String> environment =
        Map.of(
            "METALLB_DYN6_METALLB_POOL", "public",
            "METALLB_DYN6_SOURCE", "gone",
            "METALLB_DYN6_ROUTES", folder.toString(),
            "METALLB_DYN6_REQUEST_TIMEOUT", "1",
            "KUBECONFIG", kubeconfig().toString());
    try (ProgramProcess program = ProgramProcess.start(environment, "--release")) {
      assertThat(program.exitStatus()).as(program.output()).isEqualTo(1);
      assertThat(program.output())
          .contains("metallb-dyn6: not released: the Kubernetes API server cannot be reached")
          .doesNotContain("\tat ");
    }
    assertRefused(ProgramProcess.start(Map.of(), "--release"), "METALLB_DYN6_METALLB_POOL");
  }

  /** A Job whose pod is drained must not count as done. */
  @Test
  void aReleaseThatIsStoppedHasFailed() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Path kubeconfig = kubeconfig();
      Files.writeString(
          kubeconfig,
          Files.readString(kubeconfig)
              .replace("127.0.0.1:9", "127.0.0.1:" + silent.getLocalPort()));
      Map<String, String> environment =
          Map.of("METALLB_DYN6_METALLB_POOL", "public", "KUBECONFIG", kubeconfig.toString());
      try (ProgramProcess program = ProgramProcess.start(environment, "--release");
          Socket asked = silent.accept()) {
        assertThat(asked.getInputStream().read()).as("the first byte of a request").isPositive();
        program.terminate();
        assertThat(program.exitStatus()).as(program.output()).isEqualTo(1);
      }
    }
  }
}
