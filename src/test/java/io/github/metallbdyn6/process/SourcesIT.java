package io.github.metallbdyn6.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.github.metallbdyn6.testbed.RouteFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every source that is shipped, through the whole program: the real jar asks a real server of the
 * source's kind, alone and as the second behind a dead one, until the pool has the right range; and
 * on its two most likely bad days the pool stays as it is, and the log says why. All of them run at
 * the beginning, some at a time, and leave target/sources.md.
 */
class SourcesIT {
  private static final int AT_A_TIME = 3;

  private static final Map<String, SourceRig.Factory> RIGS = new TreeMap<>();

  static {
    RIGS.put("cloudflare-trace", (folder, cluster) -> WebRig.cloudflare());
    RIGS.put("file", (folder, cluster) -> LocalRig.file(folder));
    RIGS.put("fritzbox", (folder, cluster) -> BoxRig.fritzbox());
    RIGS.put("google-dns", (folder, cluster) -> DnsRig.google());
    RIGS.put("icanhazip", (folder, cluster) -> WebRig.text("icanhazip"));
    RIGS.put("ident-me", (folder, cluster) -> WebRig.text("ident-me"));
    RIGS.put(
        "ifconfig-co",
        (folder, cluster) -> WebRig.json("ifconfig-co", "{\"ip\":\"2001:db8:b::5c1e\"}"));
    RIGS.put("interface", (folder, cluster) -> InterfaceRig.make());
    RIGS.put("ipify", (folder, cluster) -> WebRig.json("ipify", "{\"ip\":\"2001:db8:b::5c1e\"}"));
    RIGS.put("json", (folder, cluster) -> TlsRig.json(folder));
    RIGS.put("mikrotik", (folder, cluster) -> RestRig.of("mikrotik", folder));
    RIGS.put("my-ip", (folder, cluster) -> WebRig.myIp());
    RIGS.put("node", (folder, cluster) -> LocalRig.node(cluster));
    RIGS.put("opendns", (folder, cluster) -> DnsRig.opendns());
    RIGS.put("openwrt", (folder, cluster) -> BoxRig.openwrt());
    RIGS.put("opnsense", (folder, cluster) -> TlsRig.opnsense(folder));
    RIGS.put("pfsense", (folder, cluster) -> RestRig.of("pfsense", folder));
    RIGS.put("push", (folder, cluster) -> LocalRig.push());
    RIGS.put("seeip", (folder, cluster) -> WebRig.text("seeip"));
    RIGS.put("static", (folder, cluster) -> LocalRig.constant());
    RIGS.put("text", (folder, cluster) -> WebRig.anyText());
    RIGS.put("vyos", (folder, cluster) -> RestRig.of("vyos", folder));
  }

  private static final SortedMap<String, SourceTrial> TRIALS = new TreeMap<>();
  private static final Map<String, Future<?>> RESULTS = new ConcurrentHashMap<>();
  private static final ExecutorService THREADS = Executors.newFixedThreadPool(AT_A_TIME);

  @TempDir private static Path root;

  @BeforeAll
  static void begin() throws IOException {
    for (Map.Entry<String, SourceRig.Factory> rig : RIGS.entrySet()) {
      Path folder = Files.createDirectory(root.resolve(rig.getKey()));
      SourceTrial trial = new SourceTrial(folder, rig.getValue());
      TRIALS.put(rig.getKey(), trial);
      RESULTS.put(
          rig.getKey(),
          THREADS.submit(
              () -> {
                trial.run();
                return null;
              }));
    }
  }

  @AfterAll
  static void report() throws Exception {
    THREADS.shutdownNow();
    SourceTrial.report(TRIALS);
  }

  private static Stream<String> shipped() throws IOException {
    return RouteFolder.original().keySet().stream()
        .filter(file -> file.startsWith("source-"))
        .map(file -> file.replaceFirst("source-(.*)\\.camel\\.yaml", "$1"));
  }

  @Test
  void hasACaseForEveryShippedSource() throws IOException {
    assertThat(RIGS.keySet()).containsExactlyInAnyOrderElementsOf(shipped().toList());
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void followsAndHoldsAsItShould(String source) throws Throwable {
    try {
      Objects.requireNonNull(RESULTS.get(source), source).get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof InterfaceRig.NoNamespace none
          && !"true".equals(System.getenv("CI"))) {
        abort(none.getMessage());
      }
      throw e.getCause();
    }
  }
}
