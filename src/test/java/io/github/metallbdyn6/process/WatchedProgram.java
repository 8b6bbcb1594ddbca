package io.github.metallbdyn6.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.metallbdyn6.testbed.FreePort;
import io.github.metallbdyn6.testbed.Home;
import io.github.metallbdyn6.testbed.ProgramProcess;
import io.github.metallbdyn6.testbed.RunningProgram;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.awaitility.core.ThrowingRunnable;

/** The real jar with its status page, between an ISP and a cluster; its first change is done. */
final class WatchedProgram implements AutoCloseable {
  /** Not HTTP/2: the JDK's client loses an answer now and then when it upgrades to it. */
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final int port = FreePort.find();
  private final Home home = new Home();
  private final ProgramProcess process;

  WatchedProgram(Path folder) {
    Map<String, String> environment =
        new HashMap<>(RunningProgram.environment(home.cluster(), home.isp()));
    environment.put("KUBECONFIG", home.cluster().kubeconfig(folder).toString());
    environment.put("METALLB_DYN6_MANAGEMENT_PORT", String.valueOf(port));
    environment.put("METALLB_DYN6_MANAGEMENT_ADDRESS", "127.0.0.1");
    process = ProgramProcess.start(environment);
    eventually(
        () ->
            assertThat(status())
                .as(process.output())
                .contains("\"state\":\"inSync\"", "\"metalLbReloaded\""));
  }

  String url() {
    return "http://127.0.0.1:%d/".formatted(port);
  }

  private String status() throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url() + "status")).build();
    try {
      return HTTP.send(request, BodyHandlers.ofString()).body();
    } catch (ConnectException e) {
      return "not listening";
    }
  }

  /** From now on the home has this address. */
  void changeAddress(String address) {
    home.isp().givesAddress(address);
  }

  void kill() {
    process.kill();
  }

  /** Waits; what throws meanwhile, such as an element that is just replaced, is tried again. */
  static void eventually(ThrowingRunnable assertion) {
    await().atMost(PATIENCE).ignoreExceptions().untilAsserted(assertion);
  }

  @Override
  public void close() throws Exception {
    process.close();
    home.close();
  }
}
