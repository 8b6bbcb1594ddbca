package io.github.metallbdyn6;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.github.metallbdyn6.follower.FollowerRecord;
import io.github.metallbdyn6.handover.ServiceAnnotations;
import io.github.metallbdyn6.kustomize.ExampleOverlay;
import io.github.metallbdyn6.kustomize.Kubectl;
import io.github.metallbdyn6.pool.PoolState;
import io.github.metallbdyn6.pool.PushedPrefix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page for Argo CD and Flux: its snippets are YAML, and name just what the program writes. */
class GitOpsPageTest {
  private static final Path PAGE = Path.of("src/site/markdown/gitops.md");
  private static final String SUBSTITUTE = "kustomize.toolkit.fluxcd.io/substitute";

  private static List<JsonNode> snippets() throws IOException {
    List<JsonNode> snippets = new ArrayList<>();
    List<String> texts =
        Pattern.compile("(?ms)^```yaml$(.*?)^```$")
            .matcher(Files.readString(PAGE))
            .results()
            .map(it -> it.group(1))
            .toList();
    for (String text : texts) {
      snippets.add(new YAMLMapper().readTree(text));
    }
    return snippets;
  }

  private static JsonNode snippet(String pointer, String value) throws IOException {
    List<JsonNode> found =
        snippets().stream().filter(it -> it.at(pointer).asText().equals(value)).toList();
    assertThat(found).as("%s: %s", pointer, value).hasSize(1);
    return found.get(0);
  }

  private static Stream<String> ignored(String kind) throws IOException {
    return snippet("/spec/ignoreDifferences/0/kind", kind)
        .at("/spec/ignoreDifferences/0/jsonPointers")
        .valueStream()
        .map(JsonNode::asText);
  }

  private static String annotation(String key) {
    return "/metadata/annotations/" + key.replace("/", "~1");
  }

  @Test
  void ignoresOfThePoolWhatTheProgramWrites() throws IOException {
    Stream<String> annotations =
        Stream.of(
            PoolState.RECORD,
            PoolState.RELOAD_MARK,
            PoolState.RETIRING,
            PoolState.VALID_UNTIL,
            PoolState.EARLIER,
            PoolState.RECENT_CHANGES,
            PushedPrefix.ANNOTATION,
            FollowerRecord.TOLD,
            FollowerRecord.STOPPED);

    assertThat(ignored("IPAddressPool"))
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(Stream.of("/spec/addresses"), annotations.map(GitOpsPageTest::annotation))
                .toList());
  }

  /** The follower's own file says how its object is called. */
  @Test
  void saysWhatBecomesOfTheDnsEndpoint() throws IOException {
    String route = Files.readString(Path.of("routes/follower-dns-endpoint.camel.yaml"));

    assertThat(route)
        .contains("# parameter: METALLB_DYN6_DNS_ENDPOINT_NAME", "name:metallb-dyn6}}");
    assertThat(Files.readString(PAGE))
        .contains("## DNSEndpoints", "`METALLB_DYN6_DNS_ENDPOINT_NAME`, `metallb-dyn6` by default");
    assertThat(Files.readString(Path.of("src/site/markdown/install.md")))
        .contains("delete dnsendpoint metallb-dyn6");
  }

  /** The component handover-policy, which the API server enforces, has the same list. */
  @Test
  void ignoresOfServicesWhatTheProgramWrites() throws IOException {
    assertThat(ignored("Service"))
        .containsExactlyInAnyOrder(
            "/spec/loadBalancerIP",
            annotation(ServiceAnnotations.RECORD),
            annotation(ServiceAnnotations.PIN),
            annotation(ServiceAnnotations.NEWER_PIN),
            annotation(ServiceAnnotations.DNS_TARGET),
            annotation(ServiceAnnotations.NEWER_DNS_TARGET));
  }

  @Test
  void keepsWhatItIgnores() throws IOException {
    assertThat(snippets())
        .filteredOn(it -> it.at("/spec").has("ignoreDifferences"))
        .hasSize(2)
        .allSatisfy(
            it ->
                assertThat(it.at("/spec/syncPolicy/syncOptions/0").asText())
                    .isEqualTo("RespectIgnoreDifferences=true"));
  }

  @Test
  void fluxChecksTheDeploymentThatTheExampleInstalls() throws IOException {
    JsonNode check =
        snippet("/apiVersion", "kustomize.toolkit.fluxcd.io/v1").at("/spec/healthChecks/0");
    Deployment installed =
        Kubectl.build(ExampleOverlay.copy("gitops").folder()).the(Deployment.class);

    assertThat(check.path("apiVersion").asText()).isEqualTo(installed.getApiVersion());
    assertThat(check.path("kind").asText()).isEqualTo(installed.getKind());
    assertThat(check.path("name").asText()).isEqualTo(installed.getMetadata().getName());
    assertThat(check.path("namespace").asText()).isEqualTo(installed.getMetadata().getNamespace());
  }

  /** Flux leaves each object alone in which it would take something for a variable of its own. */
  @Test
  void fluxSubstitutesNothingThatTheProgramMeans() {
    assertThat(Kubectl.build(ExampleOverlay.copy("gitops").folder()).objects())
        .filteredOn(ConfigMap.class::isInstance)
        .map(ConfigMap.class::cast)
        .filteredOn(map -> map.getData().values().stream().anyMatch(it -> it.contains("${")))
        .isNotEmpty()
        .allSatisfy(
            map ->
                assertThat(map.getMetadata().getAnnotations())
                    .containsEntry(SUBSTITUTE, "disabled"));
  }
}
