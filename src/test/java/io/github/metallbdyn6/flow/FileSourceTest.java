package io.github.metallbdyn6.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.testbed.RouteFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The prefix that a hook writes is in the pool at once, and not only with the next pass. */
class FileSourceTest extends WholeFlow {
  private static final String ONCE_A_DAY = "86400";

  @TempDir Path routes;
  @TempDir Path home;

  @Test
  void followsAFileThatComesAndChangesBetweenTwoChecks() throws Exception {
    Path file = home.resolve("later/prefix");
    String source = RouteFolder.original().get("source-file.camel.yaml");
    new RouteFolder(routes)
        .write(
            "source-file.camel.yaml",
            source.replace("{{metallb-dyn6.file-path:/run/metallb-dyn6/prefix}}", file.toString()));
    cluster.createPool(List.of(IPV4, RANGE_A));
    startProgram(
        Map.of(
            "METALLB_DYN6_ROUTES",
            routes.toString(),
            "METALLB_DYN6_SOURCE",
            "file",
            "METALLB_DYN6_RELOAD",
            "never",
            "METALLB_DYN6_UPDATE_INTERVAL",
            ONCE_A_DAY));
    awaitLog("there is no file " + file);

    Files.createDirectories(file.getParent());
    replace(file, "2001:db8:b::/64\n");
    awaitPool(IPV4, RANGE_B);
    replace(file, "2001:db8:a::/64 3600 7200\n");
    awaitPool(IPV4, RANGE_A);
    assertThat(cluster.api().writes()).hasSize(2);
  }

  private static void replace(Path file, String text) throws IOException {
    Path next = Files.writeString(file.resolveSibling("next"), text);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
