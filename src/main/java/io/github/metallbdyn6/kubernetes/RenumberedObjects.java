package io.github.metallbdyn6.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.github.metallbdyn6.follower.FollowerFailed;
import io.github.metallbdyn6.follower.ObjectPatch;
import io.github.metallbdyn6.follower.RenumberKind;
import io.github.metallbdyn6.ipv6.Ipv6Prefix;
import io.github.metallbdyn6.lease.Leadership;
import io.github.metallbdyn6.text.FirstFew;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The objects that people have labelled to be renumbered. */
public final class RenumberedObjects {
  private static final Logger LOG = LoggerFactory.getLogger("metallb-dyn6");
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** A person who may label objects may label large ones: a ConfigMap has up to 1 MiB. */
  private static final String LABELLED = "labelSelector=metallb-dyn6%2Frenumber%3Dtrue&limit=5";

  private static final int NOT_FOUND = 404;
  private static final Set<Integer> CONFLICTS = Set.of(409, 422);
  private static final int TRIES = 3;

  private final KubernetesClient client;
  private final ApiServer api;

  /**
   * Nothing is asked of the cluster yet.
   *
   * @param leadership while this replica does not lead, it changes nothing
   */
  public RenumberedObjects(KubernetesClient client, Leadership leadership) {
    this.client = client;
    this.api = new ApiServer(client, leadership);
  }

  /**
   * Renumbers every labelled object, with one patch each. One that cannot be patched keeps no other
   * one waiting.
   *
   * @param kinds as {@link RenumberKind#parseAll}; empty for the usual ones, where they exist
   * @param previous the prefix before; null or empty if it is not known
   * @throws FollowerFailed when an object has not followed
   * @throws KubernetesClientException when objects cannot be listed
   */
  public void follow(String kinds, String prefix, @Nullable String previous) {
    boolean usual = kinds.isBlank();
    List<RenumberKind> chosen =
        RenumberKind.parseAll(usual ? String.join(",", RenumberKind.USUAL) : kinds);
    Ipv6Prefix now = Ipv6Prefix.parse(prefix);
    Optional<Ipv6Prefix> before = Optional.ofNullable(previous).flatMap(Ipv6Prefix::parseLoosely);
    List<String> left = new ArrayList<>();
    chosen.forEach(kind -> new Turn(kind, now, before, left).follow(usual));
    if (!left.isEmpty()) {
      throw new FollowerFailed(FirstFew.of(left));
    }
  }

  /** One kind's objects. */
  private final class Turn {
    private final RenumberKind kind;
    private final Ipv6Prefix now;
    private final Optional<Ipv6Prefix> before;
    private final List<String> left;

    Turn(RenumberKind kind, Ipv6Prefix now, Optional<Ipv6Prefix> before, List<String> left) {
      this.kind = kind;
      this.now = now;
      this.before = before;
      this.left = left;
    }

    void follow(boolean mayBeMissing) {
      for (String version : kind.apis()) {
        try {
          list("/" + version);
          return;
        } catch (KubernetesClientException e) {
          if (e.getCode() != NOT_FOUND) {
            throw e;
          }
        }
      }
      if (!mayBeMissing) {
        left.add("the cluster has no %s (%s)".formatted(kind.plural(), kind.apis().get(0)));
      }
    }

    private void list(String version) {
      String next = "";
      do {
        JsonNode page = tree(version + "/" + kind.plural() + "?" + LABELLED + next);
        page.path("items").forEach(item -> renumber(version, item));
        String token = page.at("/metadata/continue").asText("");
        next = token.isEmpty() ? "" : "&continue=" + ApiServer.encoded(token);
      } while (!next.isEmpty());
    }

    private void renumber(String version, JsonNode found) {
      String path = pathOf(version, found);
      try {
        patch(path, found);
      } catch (KubernetesClientException e) {
        left.add("%s: %s".formatted(nameOf(found), ClusterFailure.textOf(e)));
      } catch (IllegalArgumentException e) {
        left.add("%s: %s".formatted(nameOf(found), e.getMessage()));
      }
    }

    /** Somebody else may change it at the same moment: then it is read again. */
    private void patch(String path, JsonNode found) {
      JsonNode object = found;
      for (int tries = 1; ; tries++) {
        List<Map<String, Object>> operations = ObjectPatch.of(object, now, before);
        if (operations.isEmpty()) {
          return;
        }
        try {
          api.patch(
              path,
              PatchType.JSON,
              Json.text(operations),
              Fields.of("/metadata/name", "/metadata/uid"));
          LOG.info("Renumbered {}: {}.", nameOf(object), now);
          return;
        } catch (KubernetesClientException e) {
          if (e.getCode() == NOT_FOUND) {
            return; // it is deleted
          }
          if (!CONFLICTS.contains(e.getCode()) || tries == TRIES) {
            throw e;
          }
          object = tree(path);
        }
      }
    }

    private String nameOf(JsonNode object) {
      String namespace = object.at("/metadata/namespace").asText("");
      String name = object.at("/metadata/name").asText("");
      return kind.plural() + " " + (namespace.isEmpty() ? name : namespace + "/" + name);
    }

    private String pathOf(String version, JsonNode object) {
      String namespace = object.at("/metadata/namespace").asText("");
      return version
          + (namespace.isEmpty() ? "" : "/namespaces/" + ApiServer.encoded(namespace))
          + "/%s/%s"
              .formatted(kind.plural(), ApiServer.encoded(object.at("/metadata/name").asText()));
    }
  }

  private JsonNode tree(String path) {
    try (InputStream answer = api.open(path)) {
      return MAPPER.readTree(answer);
    } catch (IOException e) {
      throw ApiServer.brokenOff(e);
    }
  }

  @Override
  public String toString() {
    return "objects with the label metallb-dyn6/renumber=true in " + client.getMasterUrl();
  }
}
