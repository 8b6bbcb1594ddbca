package io.github.metallbdyn6.attack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.metallbdyn6.testbed.ApiCall;
import io.github.metallbdyn6.testbed.AttackReport;
import io.github.metallbdyn6.testbed.FakeIsp;
import io.github.metallbdyn6.testbed.HostileServer;
import io.github.metallbdyn6.testbed.HostileServer.Act;
import io.github.metallbdyn6.testbed.Launch;
import io.github.metallbdyn6.testbed.ProgramProcess;
import io.github.metallbdyn6.testbed.RunningProgram;
import io.github.metallbdyn6.testbed.TestCluster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** A web server that the program asks does what no web server should. */
class WebIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String BEFORE = "2001:db8:a::1000-2001:db8:a::1999";
  private static final String AFTER = "2001:db8:b::1000-2001:db8:b::1999";
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
  private static final String TRAP =
      "{\"success\":true,\"ip\":\"2001:db8:bad::1\",\"type\":\"IPv6\"}";

  @TempDir Path folder;

  @Test
  @DisplayName("the source's web server never ends, lies about lengths, bombs, redirects, is none")
  void survivesHostileServers(TestReporter report) throws Exception {
    Map<String, Act> acts = acts();
    Act good = text(OK + "Connection: close\r\n\r\n" + TRAP.replace(":bad:", ":b:"));
    try (TestCluster cluster = TestCluster.fake();
        FakeIsp isp = new FakeIsp();
        HostileServer server = new HostileServer(acts.values(), good)) {
      cluster.createPool(List.of(BEFORE));
      cluster.pods().run("v0.15.2");
      Map<String, String> environment = new HashMap<>(RunningProgram.environment(cluster, isp));
      environment.put("KUBECONFIG", cluster.kubeconfig(folder).toString());
      environment.put("METALLB_DYN6_MY_IP_URL", server.url());
      environment.put("METALLB_DYN6_REQUEST_TIMEOUT", "1");
      try (ProgramProcess program = ProgramProcess.start(Launch.asInPod(), environment)) {
        await()
            .atMost(PATIENCE)
            .untilAsserted(
                () -> assertThat(cluster.addresses()).as(program.output()).containsExactly(AFTER));
        report.publishEntry(AttackReport.ATTEMPTS, String.valueOf(acts.size()));
        assertThat(cluster.api().writes())
            .extracting(ApiCall::body)
            .noneMatch(body -> body.contains("2001:db8:bad"));
        assertThat(program.output()).doesNotContain("Exception", "OutOfMemory", "\tat ");
      }
    }
  }

  private static Map<String, Act> acts() throws IOException {
    Map<String, Act> acts = new LinkedHashMap<>();
    acts.put("never answers", out -> forEver(out, ""));
    acts.put("closes at once", out -> {});
    acts.put("no HTTP", text("SSH-2.0-OpenSSH_9.2\r\n"));
    acts.put("bytes of TLS", text("\u0016\u0003\u0001\u0002\u0000\u0001\u0000"));
    acts.put("another HTTP", text(OK.replace("1.1", "9.9") + "\r\n" + TRAP));
    acts.put("headers without end", out -> forEver(begun(out, OK), "X-Header: x\r\n"));
    acts.put("a header without end", out -> forEver(begun(out, OK + "X: "), "x".repeat(1000)));
    acts.put("50,000 headers", text(OK + "X: y\r\n".repeat(50_000) + "\r\n" + TRAP));
    acts.put("a body without end", out -> forEver(begun(out, OK + "\r\n"), " ".repeat(1000)));
    acts.put("a byte now and then", out -> drip(begun(out, OK + "\r\n"), " "));
    acts.put(
        "chunks without end",
        out -> forEver(begun(out, OK + "Transfer-Encoding: chunked\r\n\r\n"), "1\r\n \r\n"));
    acts.put(
        "a chunk of 16 EiB",
        text(OK + "Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\n" + TRAP));
    acts.put("a length of 8 EiB", text(OK + "Content-Length: 9223372036854775807\r\n\r\n" + TRAP));
    acts.put("a length below zero", text(OK + "Content-Length: -1\r\n\r\n" + TRAP + "x"));
    acts.put("two lengths", text(OK + "Content-Length: 3\r\nContent-Length: 5\r\n\r\n" + TRAP));
    acts.put("1 GB in 1 MB of gzip", bytes(OK + "Content-Encoding: gzip\r\n\r\n", bomb()));
    acts.put("half a gzip", bytes(OK + "Content-Encoding: gzip\r\n\r\n", new byte[] {31, -117}));
    acts.put("an unknown encoding", text(OK + "Content-Encoding: br\r\n\r\n\u0001\u0002"));
    acts.put("100 Continue for ever", out -> forEver(out, "HTTP/1.1 100 Continue\r\n\r\n"));
    acts.put("a redirect to itself", redirect("/v2/ip.json"));
    acts.put("a redirect to a file", redirect("file:///etc/hostname"));
    acts.put("a redirect into nowhere", redirect("http://[::"));
    acts.put("a redirect to Camel", redirect("direct:run-pass"));
    acts.put("another protocol", text("HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n"));
    acts.put("nothing", text("HTTP/1.1 204 No Content\r\n\r\n"));
    acts.put("a failure with a body", text(OK.replace("200 OK", "503 Busy") + "\r\n" + TRAP));
    acts.put("UTF-16", bytes(OK + "\r\n", ("\ufeff" + TRAP + ",").getBytes(UTF_16)));
    acts.put("an unknown character set", text(OK.replace("json", "json; charset=x") + "\r\n["));
    return acts;
  }

  private static Act text(String answer) {
    return bytes(answer, new byte[0]);
  }

  private static Act bytes(String head, byte[] body) {
    return out -> begun(out, head).write(body);
  }

  private static Act redirect(String location) {
    return text("HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + location + "\r\n\r\n");
  }

  private static OutputStream begun(OutputStream out, String head) throws IOException {
    out.write(head.getBytes(ISO_8859_1));
    out.flush();
    return out;
  }

  /** Until the program closes the connection. */
  private static void forEver(OutputStream out, String text) throws IOException {
    while (!Thread.currentThread().isInterrupted()) {
      if (text.isEmpty()) {
        HostileServer.pause();
      }
      out.write(text.getBytes(ISO_8859_1));
    }
  }

  private static void drip(OutputStream out, String text) throws IOException {
    while (!Thread.currentThread().isInterrupted()) {
      HostileServer.pause();
      out.write(text.getBytes(ISO_8859_1));
      out.flush();
    }
  }

  private static byte[] bomb() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      byte[] spaces = " ".repeat(1 << 20).getBytes(ISO_8859_1);
      for (int i = 0; i < 1_000; i++) {
        gzip.write(spaces);
      }
    }
    return packed.toByteArray();
  }
}
