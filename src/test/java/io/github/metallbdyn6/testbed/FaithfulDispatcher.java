package io.github.metallbdyn6.testbed;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.crud.KubernetesCrudDispatcherException;
import io.fabric8.mockwebserver.crud.Attribute;
import io.fabric8.mockwebserver.crud.AttributeSet;
import io.fabric8.mockwebserver.dsl.HttpMethod;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.fabric8.zjsonpatch.JsonPatchException;
import io.github.metallbdyn6.ipv6.AddressRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Differences of {@link FakeApiServer} from fabric8's. */
final class FaithfulDispatcher extends KubernetesCrudDispatcher {
  private static final int FORBIDDEN = 403;
  private static final int CONFLICT = 409;
  private static final int UNPROCESSABLE = 422;
  private static final String APPLY = "application/apply-patch+yaml";
  private static final String SERVICES = "/services";
  private static final Attribute SERVICE = new Attribute("plural", "services");

  private static final Pattern LIMIT = Pattern.compile("[?&]limit=(\\d+)");
  private static final Pattern CONTINUE = Pattern.compile("[?&]continue=(\\d+)");

  /** An account that may do everything is told so. */
  private static final String ACCESS_ALLOWED =
      "{\"kind\":\"SelfSubjectAccessReview\",\"apiVersion\":\"authorization.k8s.io/v1\",\"metadata\":{},\"spec\":{},\"status\":{\"allowed\":true}}";

  /** Where services are kept, by namespace and name: looking through ten thousand takes long. */
  private final Map<String, AttributeSet> places = new HashMap<>();

  /** The list of services that somebody reads in chunks. */
  private volatile JsonNode inChunks = MissingNode.getInstance();

  FaithfulDispatcher(List<CustomResourceDefinitionContext> resources) {
    super(resources);
  }

  @Override
  public synchronized MockResponse handleCreate(RecordedRequest request) {
    try {
      JsonNode wanted = body(request);
      MetadataAdmission.admit(wanted);
      if (EventAdmission.concerns(request.getPath())) {
        EventAdmission.admit(request.getPath(), wanted);
      }
    } catch (KubernetesCrudDispatcherException e) {
      return refusal(e);
    }
    return request.getPath().endsWith("/selfsubjectaccessreviews")
        ? new MockResponse().setResponseCode(201).setBody(ACCESS_ALLOWED)
        : super.handleCreate(request);
  }

  /** fabric8's takes a stale status. */
  @Override
  public synchronized MockResponse handleUpdate(RecordedRequest request) {
    try {
      Map.Entry<AttributeSet, String> current = findResource(getKey(request.getPath()));
      String version = body(request).at("/metadata/resourceVersion").asText();
      if (current != null
          && !version.isEmpty()
          && !version.equals(asNode(current).at("/metadata/resourceVersion").asText())) {
        throw new KubernetesCrudDispatcherException("the object has been modified", CONFLICT);
      }
    } catch (KubernetesCrudDispatcherException e) {
      return refusal(e);
    }
    return super.handleUpdate(request);
  }

  @Override
  public synchronized MockResponse handlePatch(RecordedRequest request) {
    if (APPLY.equals(request.getHeader("Content-Type"))) {
      return handleApply(request);
    }
    try {
      MockResponse response = super.handlePatch(request);
      return response.code() == 202 ? response.setResponseCode(200) : response;
    } catch (JsonPatchException e) {
      return refusal(
          new KubernetesCrudDispatcherException(
              "the server rejected our request due to an error in our request", UNPROCESSABLE));
    }
  }

  /** fabric8's knows no server-side apply. The object is what its only manager says. */
  private MockResponse handleApply(RecordedRequest request) {
    String path = request.getPath().replaceFirst("\\?.*", "");
    boolean isNew = findResource(getKey(path)) == null;
    String where = isNew ? path.replaceFirst("/[^/]+$", "") : path;
    HttpMethod how = isNew ? HttpMethod.POST : HttpMethod.PUT;
    RecordedRequest write =
        new RecordedRequest(
            request.getHttpVersion(), how, where, request.getHeaders(), request.getBody());
    return isNew ? handleCreate(write) : handleUpdate(write);
  }

  /**
   * fabric8's answers with the whole list, however short a chunk is asked for. As in a real one,
   * all chunks are of the list as it was when the first was asked for.
   */
  @Override
  public MockResponse handleGet(String path) {
    Matcher limit = LIMIT.matcher(path);
    if (!limit.find()) {
      return super.handleGet(path);
    }
    Matcher token = CONTINUE.matcher(path);
    int from = token.find() ? Integer.parseInt(token.group(1)) : 0;
    try {
      if (from == 0) {
        MockResponse whole = super.handleGet(path.replaceFirst("\\?.*", ""));
        inChunks = asNode(new String(whole.getBody().getBytes(), UTF_8));
      }
      return chunk(inChunks, from, from + Integer.parseInt(limit.group(1)));
    } catch (KubernetesCrudDispatcherException e) {
      return refusal(e);
    }
  }

  private static MockResponse chunk(JsonNode list, int from, int to) {
    JsonNode items = list.path("items");
    ObjectNode chunk = ((ObjectNode) list).objectNode();
    chunk.setAll((ObjectNode) list);
    ArrayNode some = chunk.putArray("items");
    for (int i = from; i < Math.min(to, items.size()); i++) {
      some.add(items.get(i));
    }
    ObjectNode metadata = list.path("metadata").deepCopy();
    chunk.set("metadata", metadata.put("continue", to < items.size() ? String.valueOf(to) : ""));
    return new MockResponse().setResponseCode(200).setBody(chunk.toString());
  }

  @Override
  public synchronized MockResponse handleDelete(String path) {
    return super.handleDelete(path);
  }

  /** getUtf8Body would leave nothing for the dispatcher. */
  private JsonNode body(RecordedRequest request) throws KubernetesCrudDispatcherException {
    return asNode(new String(request.getBody().getBytes(), UTF_8));
  }

  private static MockResponse refusal(KubernetesCrudDispatcherException e) {
    return new MockResponse().setResponseCode(e.getCode()).setBody(e.toStatusBody());
  }

  @Override
  public boolean isStatusSubresourceEnabledForResource(String path) {
    return isService(path) || super.isStatusSubresourceEnabledForResource(path);
  }

  private static boolean isService(String path) {
    return path.contains(SERVICES + "/") || path.endsWith(SERVICES);
  }

  @Override
  public Map.Entry<AttributeSet, String> findResource(AttributeSet attributes) {
    if (!attributes.containsKey("name") || !attributes.containsKey("namespace")) {
      return super.findResource(attributes);
    }
    AttributeSet place = places.get(placeOf(attributes));
    String found = place == null ? null : map.get(place);
    if (found != null) {
      return Map.entry(place, found);
    }
    return SERVICE.equals(attributes.getAttribute("plural"))
        ? null
        : super.findResource(attributes);
  }

  private static String placeOf(AttributeSet attributes) {
    return "%s %s %s"
        .formatted(
            attributes.getAttribute("plural"),
            attributes.getAttribute("namespace"),
            attributes.getAttribute("name"));
  }

  @Override
  public void processEvent(
      String path,
      AttributeSet pathAttributes,
      AttributeSet oldAttributes,
      GenericKubernetesResource resource,
      String newState) {
    super.processEvent(path, pathAttributes, oldAttributes, resource, newState);
    if (isService(path) && newState != null) {
      AttributeSet place =
          AttributeSet.merge(pathAttributes, attributeExtractor.fromResource(newState));
      if (map.containsKey(place)) {
        places.put(placeOf(place), place);
      }
    }
  }

  /** RFC 7386: objects are merged, everything else is replaced, null removes. */
  @Override
  public JsonNode merge(JsonNode base, String patch) throws KubernetesCrudDispatcherException {
    JsonNode merged = merge(base.deepCopy(), asNode(patch));
    MetadataAdmission.admit(merged);
    admit(merged);
    return merged;
  }

  private static JsonNode merge(JsonNode target, JsonNode patch) {
    if (!patch.isObject()) {
      return patch;
    }
    ObjectNode merged = target.isObject() ? (ObjectNode) target : ((ObjectNode) patch).objectNode();
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

  /** Refusals of MetalLB's validating webhook, as far as a test provokes them. */
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
