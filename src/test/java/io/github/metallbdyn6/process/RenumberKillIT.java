package io.github.metallbdyn6.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.github.metallbdyn6.follower.FollowerRecord;
import io.github.metallbdyn6.follower.ObjectPatch;
import io.github.metallbdyn6.testbed.ApiCall;
import io.github.metallbdyn6.testbed.Fault;
import io.github.metallbdyn6.testbed.ProgramProcess;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The jar is killed around the patch of an object, before or after the API server acted. */
class RenumberKillIT extends AtHome {
  private static final String BEFORE = "2001:db8:a::/64";
  private static final String AFTER = "2001:db8:b::/64";

  @BeforeEach
  void labelObjects() {
    for (String name : List.of("one", "two")) {
      ConfigMap map =
          new ConfigMapBuilder()
              .withNewMetadata()
              .withName(name)
              .withLabels(Map.of("metallb-dyn6/renumber", "true"))
              .withAnnotations(Map.of(ObjectPatch.WRITTEN_FOR, BEFORE))
              .endMetadata()
              .withData(Map.of("Corefile", "2001:db8:a::53 2001:db8:f::53"))
              .build();
      home.cluster().client().configMaps().inNamespace("default").resource(map).create();
    }
    environment.put("METALLB_DYN6_FOLLOWERS", "renumber");
    environment.put("METALLB_DYN6_RENUMBER_KINDS", "ConfigMap");
  }

  private static boolean isPatchOfTwo(ApiCall call) {
    return call.method().equals("PATCH") && call.path().contains("/configmaps/two");
  }

  private void assertFollowed(String name) {
    ConfigMap map =
        home.cluster().client().configMaps().inNamespace("default").withName(name).get();
    assertThat(map.getData()).containsEntry("Corefile", "2001:db8:b::53 2001:db8:f::53");
    assertThat(map.getMetadata().getAnnotations()).containsEntry(ObjectPatch.WRITTEN_FOR, AFTER);
  }

  @ParameterizedTest
  @EnumSource(names = {"TIMEOUT", "RESET_AFTER"})
  void isMadeGoodByTheNextProgram(Fault fault) throws Exception {
    home.cluster().api().strike(RenumberKillIT::isPatchOfTwo, fault);
    try (ProgramProcess victim = ProgramProcess.start(environment)) {
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> assertThat(home.cluster().api().struck()).as(victim::output).isPositive());
      victim.kill();
      assertThat(victim.exitStatus()).isEqualTo(128 + 9);
    }
    assertThat(home.cluster().annotations()).doesNotContainKey(FollowerRecord.TOLD);
    home.cluster().api().heal();
    try (ProgramProcess successor = ProgramProcess.start(environment)) {
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(home.cluster().annotations().getOrDefault(FollowerRecord.TOLD, ""))
                      .startsWith("renumber=" + AFTER + "@"));
      assertThat(successor.isRunning()).isTrue();
    }
    assertFollowed("one");
    assertFollowed("two");
    assertThat(home.cluster().api().acted())
        .as("each object is written once, whoever wrote it")
        .filteredOn(call -> call.path().contains("/configmaps/"))
        .hasSize(2);
  }
}
