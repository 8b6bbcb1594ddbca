package io.github.metallbdyn6.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks the API server what this program may do, by a SelfSubjectAccessReview, which every account
 * may create. A refused request would stand in the audit log of the cluster.
 */
final class AccessReview {
  private static final ResourceDefinitionContext DEFINITION =
      new ResourceDefinitionContext.Builder()
          .withGroup("authorization.k8s.io")
          .withVersion("v1")
          .withKind("SelfSubjectAccessReview")
          .withPlural("selfsubjectaccessreviews")
          .withNamespaced(false)
          .build();

  private final KubernetesClient client;

  AccessReview(KubernetesClient client) {
    this.client = client;
  }

  /**
   * Tells whether the program may do this.
   *
   * @param namespace empty for all namespaces
   * @throws io.fabric8.kubernetes.client.KubernetesClientException when the API server refuses the
   *     question, or cannot be reached
   */
  boolean allows(String verb, String group, String resource, String namespace) {
    GenericKubernetesResource review = new GenericKubernetesResource();
    review.setApiVersion("authorization.k8s.io/v1");
    review.setKind(DEFINITION.getKind());
    review.setMetadata(new ObjectMetaBuilder().build());
    review.setAdditionalProperty(
        "spec",
        Map.of(
            "resourceAttributes",
            Map.of("verb", verb, "group", group, "resource", resource, "namespace", namespace)));
    GenericKubernetesResource answer =
        client.genericKubernetesResources(DEFINITION).resource(review).create();
    return !Boolean.FALSE.equals(answer.<@Nullable Object>get("status", "allowed"));
  }
}
