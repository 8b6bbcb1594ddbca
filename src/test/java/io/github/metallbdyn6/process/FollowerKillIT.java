package io.github.metallbdyn6.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.metallbdyn6.follower.FollowerRecord;
import io.github.metallbdyn6.testbed.ApiCall;
import io.github.metallbdyn6.testbed.FakeReceiver;
import io.github.metallbdyn6.testbed.Fault;
import io.github.metallbdyn6.testbed.ProgramProcess;
import io.github.metallbdyn6.testbed.Reply;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The jar is killed around the call of a follower: the next start makes it good. */
class FollowerKillIT extends AtHome {
  private static final String TOLD = "2001:db8:b::/64";

  /** Followers with one call, to a server outside the cluster or to the API server. */
  enum Follower {
    WEBHOOK("METALLB_DYN6_WEBHOOK_URL", "/", "POST"),
    DYNDNS("METALLB_DYN6_DYNDNS_URL", "/nic/update?myip={address}", "GET"),
    DNS_ENDPOINT("", "/dnsendpoints/metallb-dyn6", "PATCH");

    final String urlVariable;
    final String path;
    final String method;

    Follower(String urlVariable, String path, String method) {
      this.urlVariable = urlVariable;
      this.path = path;
      this.method = method;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    boolean isInCluster() {
      return urlVariable.isEmpty();
    }

    boolean sends(ApiCall call) {
      return call.method().equals(method) && call.path().contains(path);
    }
  }

  private final FakeReceiver receiver = new FakeReceiver();

  private void choose(Follower follower) {
    receiver.answers(request -> new Reply(200, Map.of(), "good 2001:db8:b::1:25"));
    environment.put("METALLB_DYN6_FOLLOWERS", follower.toString());
    environment.put("METALLB_DYN6_WEBHOOK_BODY", "{prefix}");
    environment.put("METALLB_DYN6_HOSTS", "nas.example.org=::1:25");
    if (!follower.isInCluster()) {
      environment.put(
          follower.urlVariable, receiver.uri().toString().replaceAll("/$", "") + follower.path);
    }
  }

  @AfterEach
  void stopReceiver() {
    receiver.close();
  }

  private void kill(ProgramProcess victim) throws Exception {
    victim.kill();
    assertThat(victim.exitStatus()).isEqualTo(128 + 9);
  }

  private void awaitRecord(Follower follower) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(home.cluster().annotations().getOrDefault(FollowerRecord.TOLD, ""))
                    .startsWith(follower + "=" + TOLD + "@"));
  }

  private void assertTold(Follower follower, int times) {
    assertThat(follower.isInCluster() ? applied(follower) : received())
        .hasSize(times)
        .allMatch(text -> text.startsWith(follower.method + " "))
        .allMatch(text -> text.contains("2001:db8:b::"));
    assertThat(receiver.taken()).hasSize(follower.isInCluster() ? 0 : times);
  }

  private List<String> received() {
    return receiver.taken().stream()
        .map(
            it ->
                "%s %s %s"
                    .formatted(
                        it.method(),
                        URLDecoder.decode(it.target(), StandardCharsets.UTF_8),
                        it.body()))
        .toList();
  }

  private List<String> applied(Follower follower) {
    return home.cluster().api().acted().stream()
        .filter(follower::sends)
        .map(call -> call + " " + call.body())
        .toList();
  }

  private void strike(Follower follower) {
    if (follower.isInCluster()) {
      home.cluster().api().strike(follower::sends, Fault.TIMEOUT);
    } else {
      receiver.strike(Fault.TIMEOUT);
    }
  }

  private boolean isStruck() {
    return !receiver.received().isEmpty() || home.cluster().api().struck() > 0;
  }

  @ParameterizedTest
  @EnumSource
  void isToldByTheNextProgramIfThisOneDiedBeforeTheServerActed(Follower follower) throws Exception {
    choose(follower);
    strike(follower);
    try (ProgramProcess victim = ProgramProcess.start(environment)) {
      await().atMost(PATIENCE).until(this::isStruck);
      kill(victim);
    }
    receiver.heal();
    home.cluster().api().heal();
    try (ProgramProcess successor = ProgramProcess.start(environment)) {
      awaitRecord(follower);
      assertTold(follower, 1);
      assertThat(successor.output()).contains("Follower " + follower + " was told");
    }
    awaitFollowed();
  }

  /** The record is written after the call: once more is better than never. */
  @ParameterizedTest
  @EnumSource
  void isToldOnceMoreIfTheProgramDiedBeforeTheRecordWasWritten(Follower follower) throws Exception {
    choose(follower);
    home.cluster().api().strike(call -> call.body().contains(FollowerRecord.TOLD), Fault.TIMEOUT);
    try (ProgramProcess victim = ProgramProcess.start(environment)) {
      await().atMost(PATIENCE).until(() -> home.cluster().api().struck() > 0);
      kill(victim);
    }
    home.cluster().api().heal();
    try (ProgramProcess successor = ProgramProcess.start(environment)) {
      awaitRecord(follower);
      assertThat(successor.isRunning()).isTrue();
    }
    assertTold(follower, 2);
  }

  @ParameterizedTest
  @EnumSource
  void isNotToldAgainByTheNextProgramIfTheRecordWasWritten(Follower follower) throws Exception {
    choose(follower);
    try (ProgramProcess victim = ProgramProcess.start(environment)) {
      awaitRecord(follower);
      kill(victim);
    }
    int asked = home.isp().timesAsked();
    try (ProgramProcess successor = ProgramProcess.start(environment)) {
      await().atMost(PATIENCE).until(() -> home.isp().timesAsked() > asked + 3);
      assertThat(successor.isRunning()).isTrue();
    }
    assertTold(follower, 1);
    assertThat(home.cluster().api().writes())
        .filteredOn(call -> call.body().contains(FollowerRecord.TOLD))
        .extracting(ApiCall::method)
        .containsExactly("PATCH");
  }
}
