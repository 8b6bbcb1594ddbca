package io.github.metallbdyn6.follower;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.metallbdyn6.ipv6.Ipv6Prefix;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectPatchTest {
  private static final Ipv6Prefix A = Ipv6Prefix.parse("2001:db8:a::/64");
  private static final Ipv6Prefix B = Ipv6Prefix.parse("2001:db8:b::/64");
  private static final Ipv6Prefix C = Ipv6Prefix.parse("2001:db8:c::/64");

  private static JsonNode object(String annotations, String data) throws Exception {
    return new ObjectMapper()
        .readTree(
            """
            {"apiVersion":"2001:db8:a::1","kind":"2001:db8:a::1","status":{"a":"2001:db8:a::1"},
             "metadata":{"name":"2001:db8:a::1","resourceVersion":"7","labels":{"a":"2001:db8:a::1"}%s},
             "data":%s}
            """
                .formatted(annotations, data));
  }

  private static Map<String, Object> operation(String what, String path, Object value) {
    return Map.of("op", what, "path", path, "value", value);
  }

  @Test
  void namesEachStringThatChangesAndGuardsTheVersion() throws Exception {
    JsonNode object =
        object("", "{\"a/b~c\":[\"kept\",{\"x\":\"2001:db8:a::1\"}],\"number\":7,\"none\":null}");
    assertThat(ObjectPatch.of(object, B, Optional.of(A)))
        .containsExactly(
            operation("test", "/metadata/resourceVersion", "7"),
            operation("replace", "/data/a~1b~0c/1/x", "2001:db8:b::1"),
            operation(
                "add", "/metadata/annotations", Map.of(ObjectPatch.WRITTEN_FOR, B.toString())));
  }

  @Test
  void renumbersAnnotationsOfPeopleAlone() throws Exception {
    JsonNode object =
        object(
            ",\"annotations\":{\"why\":\"2001:db8:a::1\",\"kubectl.kubernetes.io/last-applied-configuration\":\"2001:db8:a::1\"}",
            "{}");
    assertThat(ObjectPatch.of(object, B, Optional.of(A)))
        .extracting(it -> it.get("path"))
        .containsExactly(
            "/metadata/resourceVersion",
            "/metadata/annotations/why",
            "/metadata/annotations/metallb-dyn6~1renumbered-for");
  }

  @Test
  void followsFromThePrefixThatTheObjectWasWrittenFor() throws Exception {
    JsonNode object =
        object(
            ",\"annotations\":{\"metallb-dyn6/renumbered-for\":\"2001:db8:a::/64\"}",
            "{\"x\":\"2001:db8:a::1 2001:db8:b::2\"}");
    assertThat(ObjectPatch.of(object, C, Optional.of(B)))
        .contains(operation("replace", "/data/x", "2001:db8:c::1 2001:db8:c::2"));
    assertThat(ObjectPatch.of(object, C, Optional.empty()))
        .contains(operation("replace", "/data/x", "2001:db8:c::1 2001:db8:b::2"));
  }

  @Test
  void doesNothingWithoutAHit() throws Exception {
    assertThat(ObjectPatch.of(object("", "{\"x\":\"2001:db8:f::1\"}"), B, Optional.of(A)))
        .isEmpty();
    assertThat(ObjectPatch.of(object("", "{\"x\":\"2001:db8:a::1\"}"), B, Optional.empty()))
        .isEmpty();
  }

  @Test
  void knowsKindsByNameAndByTheirApi() {
    assertThat(RenumberKind.parseAll("ConfigMap, ingressroutes.traefik.io/v1alpha1"))
        .containsExactly(
            new RenumberKind(List.of("api/v1"), "configmaps"),
            new RenumberKind(List.of("apis/traefik.io/v1alpha1"), "ingressroutes"));
    assertThat(RenumberKind.USUAL).allSatisfy(RenumberKind::parse);
  }

  /** A Secret cannot be named in any way. */
  @ParameterizedTest
  @ValueSource(strings = {"Secret", "secrets", "secrets./v1", "api/v1/secrets", "a.b/../../x"})
  void refusesOtherKinds(String kind) {
    assertThatThrownBy(() -> RenumberKind.parse(kind))
        .isInstanceOf(FollowerFailed.class)
        .hasMessageContaining(kind);
  }

  @Test
  void leavesAFollowerAloneForLongerEachTimeUpToAnHour() {
    assertThat(List.of(1, 2, 3, 9, 10, 11, 1000))
        .extracting(failures -> FollowerPace.after(failures).toSeconds())
        .containsExactly(5L, 10L, 20L, 1280L, 2560L, 3600L, 3600L);
  }
}
