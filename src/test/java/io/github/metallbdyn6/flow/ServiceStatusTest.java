package io.github.metallbdyn6.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.metallbdyn6.testbed.FreePort;
import io.github.metallbdyn6.testbed.Http;
import io.github.metallbdyn6.testbed.MetalLbRelease;
import io.github.metallbdyn6.testbed.TestServices.Wanted;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nothing is green while a service of the pool cannot be reached by all that is known. */
class ServiceStatusTest extends HandoverFlow {
  private final int port = FreePort.find();
  private final Http management = new Http(port);

  @BeforeEach
  void startHome() {
    startHome(MetalLbRelease.V0_15_2);
    services.create(Wanted.dualStack("web"));
    awaitAddresses("web", "192.0.2.10", A + "::1000");
  }

  private void start(Map<String, String> more) {
    Map<String, String> variables = new HashMap<>(more);
    variables.put("METALLB_DYN6_MANAGEMENT_PORT", String.valueOf(port));
    variables.put("METALLB_DYN6_MANAGEMENT_ADDRESS", "127.0.0.1");
    startProgram(variables);
    awaitPasses(1);
  }

  private JsonNode status() throws Exception {
    return new ObjectMapper().readTree(management.get("/status").body());
  }

  private void awaitState(String state) {
    eventually(() -> assertThat(status().path("state").asText()).isEqualTo(state));
  }

  @Test
  void turnsFromGreenForAServiceWithoutAnAddress() throws Exception {
    start(Map.of("METALLB_DYN6_TRANSITION", "handover"));
    awaitState("inSync");
    eventually(() -> assertThat(status().at("/services/counts/in_place").asInt()).isOne());

    services.create(
        Wanted.dualStack("stuck")
            .annotated("metallb-dyn6/repair-pin", "false")
            .annotated(OLDER_PIN, "192.0.2.11,2001:db8:dead::1011"));
    awaitState("attention");
    JsonNode worst = status().at("/services/list/0");
    assertThat(worst.path("name").asText()).isEqualTo(services.key("stuck"));
    assertThat(worst.path("condition").asText()).isEqualTo("no_address");
    assertThat(worst.path("requested").asText()).isEqualTo("192.0.2.11, 2001:db8:dead::1011");
    assertThat(status().at("/concerns/0/area").asText()).isEqualTo("services");
    assertThat(status().at("/trouble/advice").asText()).contains("request addresses");

    assertThat(management.get("/observe/health").body())
        .contains("\"attention\"", services.key("stuck"));
    assertThat(management.status("/observe/health")).isEqualTo(503);
    assertThat(management.status("/observe/health/ready")).isEqualTo(200);
    assertThat(management.status("/observe/health/live")).isEqualTo(200);
    assertThat(management.get("/observe/metrics").body())
        .contains("metallb_dyn6_services{pool=\"public\",state=\"no_address\"} 1.0")
        .contains("metallb_dyn6_services{pool=\"public\",state=\"in_place\"} 1.0");
    assertThat(management.get("/").body()).contains("Needs attention", "no address");
    assertThat(awaitWarning("stuck")).contains("2001:db8:dead::1011");
    awaitLog("cannot be reached: " + services.key("stuck"));

    services.annotate("stuck", OLDER_PIN, null);
    awaitState("inSync");
  }

  @Test
  void saysThatTheHandoverIsNotAllowed() throws Exception {
    home.cluster().api().allowServices(false);
    start(Map.of("METALLB_DYN6_TRANSITION", "handover"));
    awaitState("attention");
    assertThat(status().at("/concerns/0/area").asText()).isEqualTo("permission");
    assertThat(status().at("/concerns/0/text").asText()).contains("list, watch, patch");
    assertThat(status().at("/services/visible").asBoolean()).isFalse();
    assertThat(management.get("/").body()).contains("cannot see services");
  }

  @Test
  void showsServicesWithoutAHandoverWhereTheyMayBeSeen() throws Exception {
    start(Map.of());
    eventually(() -> assertThat(status().at("/services/counts/in_place").asInt()).isOne());
    assertThat(status().path("state").asText()).isEqualTo("inSync");
  }

  @Test
  void warnsOnceOfServicesThatTheNextChangeLeavesWithoutAnAddress() throws Exception {
    services.create(Wanted.dualStack("mail").annotated(OLDER_PIN, "192.0.2.25," + A + "::1500"));
    awaitAddresses("mail", "192.0.2.25", A + "::1500");
    start(Map.of());
    awaitLog("A service is pinned to the present prefix: " + services.key("mail"));
    assertThat(status().path("state").asText()).isEqualTo("inSync");
    JsonNode worst = status().at("/services/list/0");
    assertThat(worst.path("condition").asText()).isEqualTo("pinned");
    assertThat(worst.path("advice").asText()).contains("component handover");

    home.changePrefix(B);
    awaitState("attention");
    assertThat(status().at("/services/list/0/condition").asText()).isEqualTo("no_address");
    assertThat(log.lines())
        .filteredOn(line -> line.contains("is pinned to the present prefix"))
        .hasSize(1);
  }

  @Test
  void isNotInSyncWithAnotherPrefixUnderOurHostRange() throws Exception {
    start(Map.of());
    awaitState("inSync");
    home.changePrefix(B);
    eventually(() -> assertThat(home.cluster().addresses()).contains(B + "::1000-" + B + "::1999"));
    home.cluster()
        .patchPool(
            "{\"spec\":{\"addresses\":[\"192.0.2.10-192.0.2.40\",\"%1$s::1000-%1$s::1999\",\"%2$s::1000-%2$s::1999\"]}}"
                .formatted(B, C));
    awaitState("attention");
    assertThat(status().at("/pool/inSync").asBoolean()).isFalse();
    assertThat(status().at("/concerns/0/text").asText()).contains(C + "::1000");
    assertThat(status().at("/pool/entries/2/role").asText()).isEqualTo("lookalike");
  }
}
