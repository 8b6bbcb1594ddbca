package io.github.metallbdyn6.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterFailureTest {

  private static String explain(int code, String message) {
    return ClusterFailure.textOf(
        new KubernetesClientException(
            new StatusBuilder().withCode(code).withMessage(message).build()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          401 | Unauthorized | the Kubernetes API server does not accept the credentials (401); check the service account or KUBECONFIG
          403 | ipaddresspools.metallb.io "p" is forbidden: User "u" cannot patch resource "ipaddresspools" in API group "metallb.io" in the namespace "m" | access refused (403): a Role must allow verb "patch" on resource "ipaddresspools" in apiGroup "metallb.io", namespace "m"
          403 | pods is forbidden: User "u" cannot deletecollection resource "pods" in API group "" in the namespace "m" | access refused (403): a Role must allow verb "deletecollection" on resource "pods" in apiGroup "", namespace "m"
          403 | admission webhook "x.metallb.io" denied the request: CIDR overlaps | MetalLB's webhook x.metallb.io refuses the pool: CIDR overlaps
          403 | go away | access refused (403): go away
          404 | nothing there | the Kubernetes API server does not find what was asked for (404): nothing there
          409 | modified | it was changed by somebody else at the same moment (409): modified
          422 | bad value | the Kubernetes API server calls the request invalid (422): bad value
          429 | slow down | the Kubernetes API server is busy (429): slow down
          500 | failed calling webhook "x": refused | MetalLB's webhook does not answer (500), as when its controller is just starting: failed calling webhook "x": refused
          503 | no leader | the Kubernetes API server failed (503): no leader
          """)
  void everyRefusalSaysWhatItMeans(int code, String message, String explanation) {
    assertThat(explain(code, message)).isEqualTo(explanation);
  }

  @Test
  void aRefusalWithoutWordsIsExplained() {
    assertThat(explain(500, " ")).endsWith("(500): it gave no reason");
  }

  @Test
  void aBrokenConnectionNamesItsCause() {
    ConnectException refused = new ConnectException();
    refused.initCause(new ClosedChannelException());
    assertThat(explain(refused))
        .endsWith("no connection; is the address right, and the server up?");
    assertThat(explain(new CancellationException())).endsWith("METALLB_DYN6_REQUEST_TIMEOUT");
    assertThat(explain(new IOException("first\nsecond"))).endsWith("IOException: first");
  }

  /** The JDK says the whole header, and everybody who reaches the management port reads health. */
  @Test
  void aTokenThatCannotBeSentIsNotShown() {
    assertThat(explain(new IllegalArgumentException("invalid header value: \"Bearer geheim\n\"")))
        .doesNotContain("geheim")
        .endsWith("such as a line break; write the token without it, and start the program anew");
  }

  @Test
  void whereToLookIsSaid() {
    assertThat(adviceOn(new KubernetesClientException("failed", new ConnectException())))
        .contains("kubectl get --raw=/readyz", "first line of the program's log");
    assertThat(adviceOn(refusal(401)))
        .contains("kubectl rollout restart deployment/metallb-dyn6", "kubectl get ipaddresspools");
    assertThat(adviceOn(refusal(403))).as("a webhook's own words are the advice").isEmpty();
  }

  /** An API server that has just started refuses what it allows some seconds later. */
  @Test
  void aMissingRightIsNotAtOnceAMissingRole() {
    assertThat(
            adviceOn(
                refusal(
                    403,
                    "pods is forbidden: User \"u\" cannot list resource \"pods\" in API group \"\" in the namespace \"m\"")))
        .contains("has just started", "kubectl apply -k");
  }

  private static KubernetesClientException refusal(int code) {
    return refusal(code, "Unauthorized");
  }

  private static KubernetesClientException refusal(int code, String message) {
    return new KubernetesClientException(
        new StatusBuilder().withCode(code).withMessage(message).build());
  }

  private static String adviceOn(KubernetesClientException failure) {
    return ClusterFailure.explain(failure).orElseThrow().advice();
  }

  private static String explain(Exception cause) {
    return ClusterFailure.textOf(new KubernetesClientException("failed", cause));
  }
}
