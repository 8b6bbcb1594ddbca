package io.github.metallbdyn6.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.metallbdyn6.testbed.Launch;
import io.github.metallbdyn6.testbed.ProgramProcess;
import io.github.metallbdyn6.testbed.TlsHome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.KeyStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code mvn -Pruntime verify}: what the image consists of has everything that the program needs.
 */
@Tag("runtime")
class RuntimeIT {
  private static final Path RUNTIME = Path.of("target", "runtime");
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final boolean MOVABLE = Runtime.version().feature() >= 25;

  /** A tenth above what was counted when this was written; an AOT cache is larger. */
  private static final long MEGABYTES = MOVABLE ? 183 : 160;

  private static final int JARS = 155;

  @TempDir Path folder;

  @Test
  void followsAChangeByTlsWhereverItLiesAndWritesNothingThere() throws Exception {
    Path copy = MOVABLE ? copy(folder.resolve("copy")) : RUNTIME;
    Map<Path, FileTime> before = times(copy);
    Path loaded = folder.resolve("loaded");
    try (TlsHome home = new TlsHome(folder)) {
      Launch launch =
          Launch.ofRuntime(copy)
              .in(Files.createDirectory(folder.resolve("elsewhere")))
              .with(home.trust())
              .with(List.of("-Xshare:on", "-Xlog:class+load:file=" + loaded));
      try (ProgramProcess program = ProgramProcess.start(launch, environment(home, copy))) {
        await().atMost(PATIENCE).untilAsserted(home.home()::assertFollowed);
        program.terminate();
        assertThat(program.exitStatus()).as(program.output()).isZero();
        assertThat(program.output()).doesNotContainIgnoringCase("exception", "warning");
      }
    }
    assertThat(times(copy)).isEqualTo(before);
    assertComesFromTheArchive(Files.readAllLines(loaded));
  }

  /** A few are made anew at every start, such as proxies. */
  private static void assertComesFromTheArchive(List<String> loaded) {
    List<String> others =
        loaded.stream().filter(line -> !line.contains("source: shared objects file")).toList();
    assertThat(others.size()).as(String.join("\n", others)).isLessThan(loaded.size() / 20);
    assertThat(others).noneMatch(line -> line.contains(" io.github.metallbdyn6.settings."));
  }

  /** Otherwise the archive is of no use in an image of Buildah's, which rounds fractions up. */
  @Test
  void hasTimesThatEveryImageKeeps() throws Exception {
    Map<Path, FileTime> times = times(RUNTIME);
    times.keySet().removeIf(file -> !file.toString().matches(".*([.]jar|/modules)"));
    assertThat(times)
        .isNotEmpty()
        .allSatisfy((file, time) -> assertThat(time.toMillis() % 1000).as("%s", file).isZero());
  }

  @Test
  void showsItsRoutesByJmx() throws Exception {
    int port = freePort();
    try (TlsHome home = new TlsHome(folder)) {
      Launch launch = Launch.ofRuntime(RUNTIME).with(home.trust()).withJmx(port);
      try (ProgramProcess program = ProgramProcess.start(launch, home.environment())) {
        await().atMost(PATIENCE).until(() -> home.home().isp().timesAsked() > 0);
        assertThat(routes(port)).as(program.output()).contains("run-pass", "plan-pool");
      }
    }
  }

  @SuppressWarnings("BanJNDI") // the address is our own
  private static List<String> routes(int port) throws Exception {
    JMXServiceURL url =
        new JMXServiceURL("service:jmx:rmi:///jndi/rmi://127.0.0.1:%d/jmxrmi".formatted(port));
    try (JMXConnector connector = JMXConnectorFactory.connect(url)) {
      return connector
          .getMBeanServerConnection()
          .queryNames(new ObjectName("org.apache.camel:type=routes,*"), null)
          .stream()
          .map(name -> ObjectName.unquote(name.getKeyProperty("name")))
          .toList();
    }
  }

  @Test
  void isNoLargerThanItNeedsToBe() throws Exception {
    String advice = "; see which jar, module or class is new, and whether it is worth its place";
    try (Stream<Path> jars = Files.list(RUNTIME.resolve("lib"))) {
      assertThat(jars.count()).as("jars in lib" + advice).isLessThan(JARS);
    }
    try (Stream<Path> files = Files.walk(RUNTIME)) {
      assertThat(files.mapToLong(file -> file.toFile().length()).sum() >> 20)
          .as("megabytes of target/runtime" + advice)
          .isLessThan(MEGABYTES);
    }
  }

  /** The machine's JDK may keep them outside of itself. */
  @Test
  void trustsTheUsualAuthorities() throws Exception {
    KeyStore authorities =
        KeyStore.getInstance(RUNTIME.resolve("jre/lib/security/cacerts").toFile(), (char[]) null);
    assertThat(authorities.size()).isGreaterThan(50);
  }

  @Test
  void canLookUpNameServersByJndi() throws Exception {
    assertThat(run("--list-modules")).contains("jdk.naming.dns");
  }

  @Test
  void itsOptionsAreKnownToTheJvmThatTheImageHas() throws Exception {
    if (MOVABLE) {
      run("@" + RUNTIME.resolve("java.options"), "-XX:-IgnoreUnrecognizedVMOptions", "-version");
    }
  }

  private static String run(String... arguments) throws Exception {
    List<String> command =
        Stream.concat(Stream.of(RUNTIME.resolve("jre/bin/java").toString()), Stream.of(arguments))
            .toList();
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (var lines = process.inputReader()) {
      String output = String.join("\n", lines.lines().toList());
      assertThat(process.waitFor()).as(output).isZero();
      return output;
    }
  }

  private static Map<String, String> environment(TlsHome home, Path runtime) throws IOException {
    Map<String, String> environment = new HashMap<>(home.environment());
    environment.put("METALLB_DYN6_ROUTES", runtime.resolve("routes").toAbsolutePath().toString());
    return environment;
  }

  private static Path copy(Path target) throws IOException {
    for (Path file : times(RUNTIME).keySet()) {
      Path copied = target.resolve(RUNTIME.relativize(file));
      Files.copy(file, copied, StandardCopyOption.COPY_ATTRIBUTES);
    }
    for (Path file : times(target).keySet()) {
      assertThat(file.toFile().setReadOnly()).isTrue();
    }
    return target;
  }

  private static Map<Path, FileTime> times(Path root) throws IOException {
    Map<Path, FileTime> times = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.toList()) {
        times.put(file, Files.getLastModifiedTime(file));
      }
    }
    return times;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
