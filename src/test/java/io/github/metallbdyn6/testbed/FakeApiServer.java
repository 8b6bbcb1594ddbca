package io.github.metallbdyn6.testbed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.server.mock.crud.KubernetesCrudDispatcherException;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.fabric8.zjsonpatch.JsonPatchException;
import io.github.metallbdyn6.ipv6.AddressRange;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * fabric8's Kubernetes API server in CRUD mode, made to behave as the real one where this program
 * depends on it: a merge patch replaces arrays, a failed JSON-patch test is a 422, an Event must be
 * complete, and MetalLB's webhook refuses pools that it cannot use.
 */
final class FakeApiServer implements AutoCloseable {
  private static final CustomResourceDefinitionContext POOLS =
      new CustomResourceDefinitionContext.Builder()
          .withGroup("metallb.io")
          .withVersion("v1beta1")
          .withKind("IPAddressPool")
          .withPlural("ipaddresspools")
          .withScope("Namespaced")
          .build();

  /** It logs every request; held here, since a logger that nobody holds forgets its level. */
  private static final Logger CHATTER = Logger.getLogger("io.fabric8.mockwebserver");

  static {
    CHATTER.setLevel(Level.WARNING);
  }

  private final KubernetesMockServer server;
  private final KubernetesClient client;

  private FakeApiServer(KubernetesMockServer server) {
    this.server = server;
    server.start();
    this.client = server.createClient();
  }

  /** A cluster with MetalLB's resources. */
  static FakeApiServer withMetalLb() {
    return new FakeApiServer(server(new FaithfulDispatcher(List.of(POOLS))));
  }

  /** A cluster in which MetalLB was never installed. */
  static FakeApiServer withoutMetalLb() {
    return new FakeApiServer(server(new FaithfulDispatcher(List.of())));
  }

  private static KubernetesMockServer server(KubernetesCrudDispatcher dispatcher) {
    return new KubernetesMockServer(
        new Context(), new MockWebServer(), new HashMap<>(), dispatcher, false);
  }

  KubernetesClient client() {
    return client;
  }

  @Override
  public void close() {
    client.close();
    server.shutdown();
  }

  private static final class FaithfulDispatcher extends KubernetesCrudDispatcher {
    private static final int FORBIDDEN = 403;
    private static final int UNPROCESSABLE = 422;

    FaithfulDispatcher(List<CustomResourceDefinitionContext> resources) {
      super(resources);
    }

    @Override
    public MockResponse handleCreate(RecordedRequest request) {
      if (EventAdmission.concerns(request.getPath())) {
        try {
          // getUtf8Body would leave nothing for the dispatcher
          String body = new String(request.getBody().getBytes(), StandardCharsets.UTF_8);
          EventAdmission.admit(request.getPath(), asNode(body));
        } catch (KubernetesCrudDispatcherException e) {
          return new MockResponse().setResponseCode(e.getCode()).setBody(e.toStatusBody());
        }
      }
      return super.handleCreate(request);
    }

    @Override
    public MockResponse handlePatch(RecordedRequest request) {
      try {
        MockResponse response = super.handlePatch(request);
        return response.code() == 202 ? response.setResponseCode(200) : response;
      } catch (JsonPatchException e) {
        return new MockResponse()
            .setResponseCode(UNPROCESSABLE)
            .setBody(
                "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"reason\":\"Invalid\",\"code\":422,\"message\":\"the server rejected our request due to an error in our request\"}");
      }
    }

    /** RFC 7386: objects are merged, everything else is replaced, null removes. */
    @Override
    public JsonNode merge(JsonNode base, String patch) throws KubernetesCrudDispatcherException {
      JsonNode merged = merge(base.deepCopy(), asNode(patch));
      admit(merged);
      return merged;
    }

    private static JsonNode merge(JsonNode target, JsonNode patch) {
      if (!patch.isObject()) {
        return patch;
      }
      ObjectNode merged =
          target.isObject() ? (ObjectNode) target : ((ObjectNode) patch).objectNode();
      patch
          .properties()
          .forEach(
              field -> {
                if (field.getValue().isNull()) {
                  merged.remove(field.getKey());
                } else {
                  merged.set(field.getKey(), merge(merged.path(field.getKey()), field.getValue()));
                }
              });
      return merged;
    }

    /** What MetalLB's validating webhook says no to, as far as a test provokes it. */
    private static void admit(JsonNode resource) throws KubernetesCrudDispatcherException {
      if (!"IPAddressPool".equals(resource.path("kind").asText())) {
        return;
      }
      List<AddressRange> ranges = new ArrayList<>();
      for (JsonNode entry : resource.path("spec").path("addresses")) {
        Optional<AddressRange> range = AddressRange.parseEntry(entry.asText());
        if (range.isPresent() && ranges.stream().anyMatch(range.get()::overlaps)) {
          throw denied("CIDR \"" + range.get() + "\" overlaps with already defined CIDR");
        }
        range.ifPresent(ranges::add);
      }
      if (resource.path("spec").path("addresses").isEmpty()) {
        throw denied("no addresses in pool");
      }
    }

    private static KubernetesCrudDispatcherException denied(String reason) {
      return new KubernetesCrudDispatcherException(
          "admission webhook \"ipaddresspoolvalidationwebhook.metallb.io\" denied the request: "
              + reason,
          FORBIDDEN);
    }
  }
}
