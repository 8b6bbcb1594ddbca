package io.github.metallbdyn6.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The time that Kubernetes gives a start.
 *
 * @param allowed until the container is killed
 */
record StartupProbe(Duration allowed) {
  private static final Path DEPLOYMENT = Path.of("kustomize/base/deployment.yaml");
  private static final Pattern PROBE =
      Pattern.compile(
          "startupProbe:.*?periodSeconds: (\\d+).*?failureThreshold: (\\d+)", Pattern.DOTALL);

  static StartupProbe ofDeployment() throws IOException {
    MatchResult probe =
        PROBE.matcher(Files.readString(DEPLOYMENT)).results().findFirst().orElseThrow();
    return new StartupProbe(
        Duration.ofSeconds(Long.parseLong(probe.group(1)) * Long.parseLong(probe.group(2))));
  }
}
