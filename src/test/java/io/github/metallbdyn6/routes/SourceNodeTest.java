package io.github.metallbdyn6.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.github.metallbdyn6.answer.RefusedAnswer;
import io.github.metallbdyn6.answer.RefusedAnswer.Reason;
import io.github.metallbdyn6.testbed.ApiCall;
import io.github.metallbdyn6.testbed.Fault;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.util.ObjectHelper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A cluster with nodes at home and one in a cloud. */
class SourceNodeTest {

  abstract static class Asked extends RouteAlone {
    Asked(Map<String, String> environment) {
      super(environment);
    }

    @BeforeEach
    void loadRoute() throws Exception {
      node("home-1", "home", "True", "192.0.2.11", "2001:db8:1:2::11", "203.0.113.11");
      node("home-2", "home", "True", "192.0.2.12", "2001:db8:1:2::12", "2001:db8:e::12");
      node("home-3", "home", "False", "192.0.2.13", "2001:db8:9:9::13", "203.0.113.13");
      node("cloud-1", "cloud", "True", "198.51.100.1", "2001:db8:c::1", "203.0.113.1");
      load("source-node");
      context.start();
    }

    private void node(
        String name, String zone, String ready, String ipv4, String ipv6, String external) {
      cluster
          .client()
          .nodes()
          .resource(
              new NodeBuilder()
                  .withNewMetadata()
                  .withName(name)
                  .withLabels(Map.of("topology.kubernetes.io/zone", zone))
                  .endMetadata()
                  .withNewStatus()
                  .addNewCondition()
                  .withType("Ready")
                  .withStatus(ready)
                  .endCondition()
                  .addNewAddress(ipv4, "InternalIP")
                  .addNewAddress(ipv6, "InternalIP")
                  .addNewAddress(external, "ExternalIP")
                  .addNewAddress(name, "Hostname")
                  .endStatus()
                  .build())
          .create();
    }

    final Exchange ask() {
      return template.send("direct:source-node", exchange -> {});
    }

    final void assertAnswers(String... lines) {
      assertThat(ask().getMessage().getBody(String.class).lines()).containsExactlyInAnyOrder(lines);
    }

    final void assertRefused(String message) {
      assertThat(ObjectHelper.getException(RefusedAnswer.class, ask().getException()))
          .returns(Reason.EMPTY, RefusedAnswer::reason)
          .hasMessageContaining(message);
    }
  }

  @Nested
  class All extends Asked {
    All() {
      super(Map.of());
    }

    @Test
    void giveTheInternalAddressesOfThoseThatAreReady() {
      assertAnswers("2001:db8:1:2::11", "2001:db8:1:2::12", "2001:db8:c::1");
      assertThat(cluster.api().calls())
          .extracting(ApiCall::method, call -> call.path().replaceFirst("\\?.*", ""))
          .containsExactly(tuple("GET", "/api/v1/nodes"));
    }

    @Test
    void failWhereTheyMayNotBeRead() {
      cluster.api().strike(call -> call.path().contains("/nodes"), Fault.STATUS_403);
      assertThat(ObjectHelper.getException(KubernetesClientException.class, ask().getException()))
          .returns(403, KubernetesClientException::getCode);
    }
  }

  @Nested
  class Selected extends Asked {
    Selected() {
      super(Map.of("METALLB_DYN6_NODE_SELECTOR", "topology.kubernetes.io/zone=home"));
    }

    @Test
    void giveTheirAddresses() {
      assertAnswers("2001:db8:1:2::11", "2001:db8:1:2::12");
    }
  }

  /** The fake API server knows no such selectors. */
  @Nested
  class SelectedBySet extends Asked {
    private static final String SELECTOR = "zone in (home, garage),!cloud";

    SelectedBySet() {
      super(Map.of("METALLB_DYN6_NODE_SELECTOR", SELECTOR));
    }

    @Test
    void areAskedForAsWritten() {
      ask();
      assertThat(cluster.api().calls())
          .singleElement()
          .extracting(call -> URLDecoder.decode(call.path(), StandardCharsets.UTF_8))
          .isEqualTo("/api/v1/nodes?labelSelector=" + SELECTOR);
    }
  }

  @Nested
  class Named extends Asked {
    Named() {
      super(Map.of("METALLB_DYN6_NODE_NAME", "home-2"));
    }

    @Test
    void givesItsAddress() {
      assertAnswers("2001:db8:1:2::12");
      assertThat(cluster.api().calls())
          .extracting(ApiCall::path)
          .containsExactly("/api/v1/nodes/home-2");
    }
  }

  @Nested
  class External extends Asked {
    External() {
      super(Map.of("METALLB_DYN6_NODE_ADDRESS_TYPE", "ExternalIP"));
    }

    @Test
    void givesOnlyIpv6() {
      assertAnswers("2001:db8:e::12");
    }
  }

  @Nested
  class NotReady extends Asked {
    NotReady() {
      super(Map.of("METALLB_DYN6_NODE_NAME", "home-3"));
    }

    @Test
    void isRefused() {
      assertRefused("looked at: [home-3]");
    }
  }

  @Nested
  class Missing extends Asked {
    Missing() {
      super(Map.of("METALLB_DYN6_NODE_NAME", "home-4"));
    }

    @Test
    void isRefused() {
      assertRefused("looked at: []");
    }
  }
}
