package io.github.metallbdyn6.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.metallbdyn6.follower.FollowerRecord;
import io.github.metallbdyn6.testbed.ApiCall;
import io.github.metallbdyn6.testbed.FakeReceiver;
import io.github.metallbdyn6.testbed.FakeReceiver.Received;
import io.github.metallbdyn6.testbed.Fault;
import io.github.metallbdyn6.testbed.ProgramProcess;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The jar is killed around the call of a follower: the next start makes it good. */
class FollowerKillIT extends AtHome {
  private static final String TOLD = "2001:db8:b::/64";

  private final FakeReceiver receiver = new FakeReceiver();

  @BeforeEach
  void chooseFollower() {
    environment.put("METALLB_DYN6_FOLLOWERS", "webhook");
    environment.put("METALLB_DYN6_WEBHOOK_URL", receiver.uri().toString());
    environment.put("METALLB_DYN6_WEBHOOK_BODY", "{prefix}");
  }

  @AfterEach
  void stopReceiver() {
    receiver.close();
  }

  private void kill(ProgramProcess victim) throws Exception {
    victim.kill();
    assertThat(victim.exitStatus()).isEqualTo(128 + 9);
  }

  private void awaitRecord() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(home.cluster().annotations().getOrDefault(FollowerRecord.TOLD, ""))
                    .startsWith("webhook=" + TOLD + "@"));
  }

  private List<String> told() {
    return receiver.taken().stream().map(Received::body).toList();
  }

  @Test
  void isToldByTheNextProgramIfThisOneDiedBeforeTheServerActed() throws Exception {
    receiver.strike(Fault.TIMEOUT);
    try (ProgramProcess victim = ProgramProcess.start(environment)) {
      await().atMost(PATIENCE).until(() -> !receiver.received().isEmpty());
      kill(victim);
    }
    receiver.heal();
    try (ProgramProcess successor = ProgramProcess.start(environment)) {
      awaitRecord();
      assertThat(told()).containsExactly(TOLD);
      assertThat(successor.output()).contains("Follower webhook was told");
    }
    awaitFollowed();
  }

  /** The record is written after the call: once more is better than never. */
  @Test
  void isToldOnceMoreIfTheProgramDiedBeforeTheRecordWasWritten() throws Exception {
    home.cluster().api().strike(call -> call.body().contains(FollowerRecord.TOLD), Fault.TIMEOUT);
    try (ProgramProcess victim = ProgramProcess.start(environment)) {
      await().atMost(PATIENCE).until(() -> home.cluster().api().struck() > 0);
      kill(victim);
    }
    home.cluster().api().heal();
    try (ProgramProcess successor = ProgramProcess.start(environment)) {
      awaitRecord();
      assertThat(successor.isRunning()).isTrue();
    }
    assertThat(told()).containsExactly(TOLD, TOLD);
  }

  @Test
  void isNotToldAgainByTheNextProgramIfTheRecordWasWritten() throws Exception {
    try (ProgramProcess victim = ProgramProcess.start(environment)) {
      awaitRecord();
      kill(victim);
    }
    int asked = home.isp().timesAsked();
    try (ProgramProcess successor = ProgramProcess.start(environment)) {
      await().atMost(PATIENCE).until(() -> home.isp().timesAsked() > asked + 3);
      assertThat(successor.isRunning()).isTrue();
    }
    assertThat(told()).containsExactly(TOLD);
    assertThat(home.cluster().api().writes())
        .filteredOn(call -> call.body().contains(FollowerRecord.TOLD))
        .extracting(ApiCall::method)
        .containsExactly("PATCH");
  }
}
