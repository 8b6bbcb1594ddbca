package io.github.metallbdyn6.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.metallbdyn6.testbed.RealApiServer;
import io.github.metallbdyn6.testbed.RealMetalLb;
import io.github.metallbdyn6.testbed.RefusingWebhook;
import io.github.metallbdyn6.testbed.TestServices.Wanted;
import java.time.Duration;

/** Faults in a home; each returns when it is over. */
enum RealFault {
  /** The program's node loses its power. */
  PROGRAM_KILLED {
    @Override
    void strike(HandoverFaultsIT test) {
      test.program.kill();
      test.startProgram();
    }
  },
  /** The node of the API server loses its power: our users' first case. */
  API_SERVER_KILLED {
    @Override
    void strike(HandoverFaultsIT test) {
      RealApiServer api = test.api();
      api.kill();
      api.startAgain();
      api.awaitReady();
    }
  },
  /** MetalLB does nothing for 20 seconds, as on a node without memory. */
  METALLB_FROZEN {
    @Override
    void strike(HandoverFaultsIT test) {
      RealMetalLb metalLb = test.metalLb();
      metalLb.freeze();
      pass(Duration.ofSeconds(20));
      metalLb.thaw();
    }
  },
  /** MetalLB is killed and comes back. */
  METALLB_KILLED {
    @Override
    void strike(HandoverFaultsIT test) {
      RealMetalLb metalLb = test.metalLb();
      metalLb.kill();
      pass(Duration.ofSeconds(2));
      metalLb.start();
      metalLb.awaitWebhook();
    }
  },
  /** A policy engine refuses one service for a while. */
  WEBHOOK_REFUSES {
    @Override
    void strike(HandoverFaultsIT test) {
      try (RefusingWebhook webhook =
          new RefusingWebhook(test.api(), test.services.namespace(), "automatic-two")) {
        pass(Duration.ofSeconds(5));
      }
    }
  },
  /** The token expires and kubelet is late with the next one. */
  TOKEN_EXPIRED {
    @Override
    void prepare(HandoverFaultsIT test) {
      test.installation.expireTokenIn(Duration.ofSeconds(30));
    }

    @Override
    void strike(HandoverFaultsIT test) {
      test.metalLb().freeze(); // so that the handover is still where it is by then
      await()
          .atMost(Duration.ofSeconds(90))
          .untilAsserted(
              () -> assertThat(test.program.output()).contains("does not accept the credentials"));
      test.installation.renewToken();
      test.metalLb().thaw();
    }
  },
  /** The program was cut off for so long that its watches cannot be resumed (410). */
  WATCH_COMPACTED {
    @Override
    void strike(HandoverFaultsIT test) {
      test.installation.cutOff();
      test.services.create(Wanted.clusterIp("news"));
      test.api().compact();
      test.api().kill();
      test.api().startAgain();
      test.api().awaitReady();
      test.services.delete("news");
      test.api().compact();
      test.installation.reconnect();
    }
  };

  /** Sets up what must be there before the program starts. */
  void prepare(HandoverFaultsIT test) {}

  abstract void strike(HandoverFaultsIT test);

  /** A fault lasts; nothing tells when it has lasted long enough. */
  private static void pass(Duration time) {
    await().pollDelay(time).atMost(time.plusSeconds(10)).until(() -> true);
  }
}
