package io.github.metallbdyn6.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.metallbdyn6.pool.PushedPrefix;
import io.github.metallbdyn6.testbed.Fault;
import io.github.metallbdyn6.testbed.FreePort;
import io.github.metallbdyn6.testbed.ProgramProcess;
import io.github.metallbdyn6.testbed.Pusher;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The jar with a router that pushes. */
class PushIT extends AtHome {
  private static final String TOKEN = "s3cr3t-s3cr3t-s3cr3t";
  private static final String PREFIX = "2001:db8:b::/64";

  private final int port = FreePort.find();
  private final Pusher router = new Pusher(port);

  @BeforeEach
  void listen() {
    environment.putAll(router.variables(TOKEN));
  }

  private ProgramProcess start() {
    ProgramProcess program = ProgramProcess.start(environment);
    await().atMost(PATIENCE).until(() -> router.isHeard() || !program.isRunning());
    assertThat(program.isRunning()).as(program.output()).isTrue();
    return program;
  }

  @Test
  void losesNoPushWhenItIsKilledBeforeThePass() throws Exception {
    home.cluster().api().strike(call -> call.body().contains("\"addresses\""), Fault.TIMEOUT);
    try (ProgramProcess victim = start()) {
      assertThat(router.fritzBox(TOKEN, PREFIX)).as(victim.output()).startsWith("200 good ");
      await().atMost(PATIENCE).until(home::isStruck);
      victim.kill();
      assertThat(victim.exitStatus()).isEqualTo(128 + 9);
    }
    assertThat(home.cluster().annotations().get(PushedPrefix.ANNOTATION)).startsWith(PREFIX);
    home.heal();
    try (ProgramProcess successor = start()) {
      awaitFollowed();
      assertThat(router.fritzBox(TOKEN, PREFIX)).as(successor.output()).startsWith("200 nochg ");
    }
    home.assertForeignEntriesUntouched();
  }

  @Test
  void neverLogsWhatIsSecret() throws Exception {
    environment.put("METALLB_DYN6_LOG_LEVEL", "trace");
    try (ProgramProcess program = start()) {
      router.fritzBox(TOKEN + "-wrong", PREFIX);
      router.fritzBox(TOKEN, "fd00:db8::/64");
      router.dyndns2("router", TOKEN, "192.0.2.1");
      router.answer("GET /update?password=" + TOKEN + " NONSENSE\r\n\r\n");
      router.get("/update?password=" + TOKEN + "&x=" + "x".repeat(5000));
      router.fritzBox(TOKEN, PREFIX);
      awaitFollowed();
      assertThat(program.output())
          .contains("wrong token, user or password", "is unique-local")
          .doesNotContain("s3cr3t");
    }
  }

  @Test
  void isNotStartedWithoutASecret() throws Exception {
    environment.remove("METALLB_DYN6_PUSH_TOKEN");
    assertRefused("cannot start: the source push takes no calls without a secret");
    environment.put("METALLB_DYN6_PUSH_USER", "me");
    assertRefused("cannot start: METALLB_DYN6_PUSH_USER and METALLB_DYN6_PUSH_PASSWORD go only");
    environment.put("METALLB_DYN6_PUSH_PASSWORD", "s3cr3t&s3cr3t");
    assertRefused("cannot start: METALLB_DYN6_PUSH_PASSWORD may have letters, digits and - . _ ~");
  }

  @Test
  void isNotStartedWithWrongParameters() throws Exception {
    environment.put("METALLB_DYN6_PUSH_ALLOWED_CALLERS", "fritz.box");
    assertRefused("METALLB_DYN6_PUSH_ALLOWED_CALLERS: fritz.box is neither an address nor");
    environment.remove("METALLB_DYN6_PUSH_ALLOWED_CALLERS");
    environment.put("METALLB_DYN6_PUSH_PORT", "http");
    assertRefused("METALLB_DYN6_PUSH_PORT=http: not a whole number from 1 to 65535");
    environment.put("METALLB_DYN6_PUSH_PORT", String.valueOf(port));
    try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      assertRefused("cannot listen on 127.0.0.1 port %d (".formatted(taken.getLocalPort()));
    }
  }

  private void assertRefused(String reason) throws IOException, InterruptedException {
    try (ProgramProcess program = ProgramProcess.start(Map.copyOf(environment))) {
      assertThat(program.exitStatus()).as(program.output()).isEqualTo(2);
      assertThat(program.output()).contains(reason).doesNotContain("\tat ", "Exception", "s3cr3t");
    }
  }
}
