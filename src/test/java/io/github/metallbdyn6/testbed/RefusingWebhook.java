package io.github.metallbdyn6.testbed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfigurationBuilder;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;

/**
 * Somebody else's admission webhook, as of a policy engine, that refuses every change of one
 * service.
 */
public final class RefusingWebhook implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RealApiServer api;
  private final String refused;
  private final HttpsServer server;
  private final ValidatingWebhookConfiguration configuration;

  /** Refuses from now on; returns when the API server asks it. */
  public RefusingWebhook(RealApiServer api, String namespace, String refused) {
    this.api = api;
    this.refused = refused;
    try {
      TestCertificate certificate =
          TestCertificate.in(Files.createTempDirectory(api.folder(), "webhook"));
      server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.setHttpsConfigurator(new HttpsConfigurator(certificate.forServer()));
      server.createContext("/", this::answer);
      server.start();
      configuration = configuration(namespace, certificate.pem());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    api.client().resource(configuration).createOr(NonDeletingOperation::update);
  }

  private ValidatingWebhookConfiguration configuration(String namespace, Path certificate)
      throws IOException {
    return new ValidatingWebhookConfigurationBuilder()
        .withNewMetadata()
        .withName("policy.example.com")
        .endMetadata()
        .addNewWebhook()
        .withName("policy.example.com")
        .withAdmissionReviewVersions("v1")
        .withSideEffects("None")
        .withFailurePolicy("Fail")
        .withNewNamespaceSelector()
        .addToMatchLabels("kubernetes.io/metadata.name", namespace)
        .endNamespaceSelector()
        .addNewRule()
        .withApiGroups("")
        .withApiVersions("v1")
        .withOperations("UPDATE")
        .withResources("services")
        .endRule()
        .withNewClientConfig()
        .withUrl("https://127.0.0.1:" + server.getAddress().getPort() + "/")
        .withCaBundle(Base64.getEncoder().encodeToString(Files.readAllBytes(certificate)))
        .endClientConfig()
        .endWebhook()
        .build();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode request = JSON.readTree(exchange.getRequestBody()).path("request");
      boolean allowed = !request.path("name").asText().equals(refused);
      byte[] review =
          """
          {"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview",
           "response":{"uid":"%s","allowed":%s,"status":{"message":"no changes on Sundays"}}}
          """
              .formatted(request.path("uid").asText(), allowed)
              .getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, review.length);
      exchange.getResponseBody().write(review);
    }
  }

  /** Refuses nothing any more. */
  @Override
  public void close() {
    api.client().resource(configuration).delete();
    server.stop(0);
  }
}
