package io.github.metallbdyn6.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.github.metallbdyn6.testbed.HomeWithServices;
import io.github.metallbdyn6.testbed.MetalLbRelease;
import io.github.metallbdyn6.testbed.TestServices.Wanted;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A GitOps tool, or {@code kubectl apply}, puts the whole pool back to what its file says. */
class RevertedPoolTest extends HandoverFlow {

  @BeforeEach
  void createServices() {
    startHome(MetalLbRelease.V0_15_2);
    services.create(Wanted.dualStack("automatic"));
    services.create(Wanted.dualStack("pinned").annotated(OLDER_PIN, "192.0.2.25," + A + "::1500"));
    awaitAddresses("pinned", "192.0.2.25", A + "::1500");
  }

  /** The file does not know our annotations, and so leaves them alone. */
  private void revert() {
    home.cluster()
        .patchPool(
            "{\"spec\":{\"addresses\":[\"%s\",\"%s\",\"%s\"]}}"
                .formatted(HomeWithServices.IPV4, HomeWithServices.range(A), HomeWithServices.ULA));
  }

  private List<GenericKubernetesResource> eventsOnThePool() {
    String uid = home.cluster().pool().getMetadata().getUid();
    return events(home.cluster().namespace()).stream()
        .filter(event -> uid.equals(event.<String>get("regarding", "uid")))
        .toList();
  }

  @Test
  void servicesAreMovedBackFromTheDeadPrefix() {
    startHandover();
    awaitPasses(1);
    home.changePrefix(B);
    awaitOnly(B);
    revert();

    awaitOnly(B);
    awaitAddresses("pinned", "192.0.2.25", B + "::1500");
    eventually(
        () ->
            assertThat(services.addresses("automatic"))
                .hasSize(2)
                .anySatisfy(address -> assertThat(address).startsWith(B + "::"))
                .noneSatisfy(address -> assertThat(address).startsWith(A + "::")));
    assertThat(log.lines())
        .filteredOn(line -> line.contains("Somebody has put"))
        .singleElement()
        .asString()
        .startsWith(
            "WARN Somebody has put %s in the place of %s. Most likely it is a GitOps tool"
                .formatted(HomeWithServices.range(A), HomeWithServices.range(B)));
    eventually(
        () ->
            assertThat(eventsOnThePool())
                .anySatisfy(
                    event -> {
                      assertThat(event.<String>get("reason")).isEqualTo("PoolReverted");
                      assertThat(event.<String>get("type")).isEqualTo("Warning");
                      assertThat(event.<String>get("note")).contains("ignoreDifferences");
                    }));
  }

  @Test
  void theDeadPrefixIsReplacedWithoutAHandover() {
    startProgram(Map.of());
    awaitPasses(1);
    home.changePrefix(B);
    awaitOnly(B);
    revert();

    awaitOnly(B);
    awaitLog("Somebody has put " + HomeWithServices.range(A));
  }
}
