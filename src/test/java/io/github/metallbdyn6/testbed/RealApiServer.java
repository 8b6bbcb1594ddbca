package io.github.metallbdyn6.testbed;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A real etcd and a real kube-apiserver on loopback: RBAC, dual-stack, an audit log of every
 * request. No other part of a cluster runs: no controller, no scheduler, no kubelet.
 */
public final class RealApiServer implements AutoCloseable {
  private static final String ADMIN_TOKEN = "admin-of-the-test";
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** Etcd takes no more in one request. */
  private static final int PUTS = 100;

  private static final String AUDIT_POLICY =
      """
      apiVersion: audit.k8s.io/v1
      kind: Policy
      omitStages: [RequestReceived]
      rules:
        - {level: Request, resources: [{group: "", resources: [services/status]}]}
        - {level: Metadata}
      """;

  private final Path folder;
  private final int port = FreePort.find();
  private final int etcdPort = FreePort.find();
  private final KeyPair tokenKey;
  private final Daemon etcd;
  private final Daemon server;
  private final KubernetesClient client;

  /** Starts both, and returns when the API server is ready. */
  public RealApiServer() {
    try {
      folder = Files.createTempDirectory("real-api-server");
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      tokenKey = generator.generateKeyPair();
      Files.writeString(
          folder.resolve("tokens.csv"), ADMIN_TOKEN + ",admin,admin,\"system:masters\"\n");
      Files.writeString(folder.resolve("audit-policy.yaml"), AUDIT_POLICY);
      Files.writeString(
          folder.resolve("token.key"), pem("PRIVATE KEY", tokenKey.getPrivate().getEncoded()));
      Files.writeString(
          folder.resolve("token.pub"), pem("PUBLIC KEY", tokenKey.getPublic().getEncoded()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    etcd = new Daemon(etcdCommand(), Map.of(), folder.resolve("etcd.log"));
    server = new Daemon(serverCommand(), Map.of(), folder.resolve("kube-apiserver.log"));
    awaitFile(certificate());
    client = new KubernetesClientBuilder().withConfig(adminConfig()).build();
    awaitReady();
  }

  private List<String> etcdCommand() {
    String url = "http://127.0.0.1:" + etcdPort;
    String peer = "http://127.0.0.1:" + FreePort.find();
    return List.of(
        RealParts.find("etcd-3.", "etcd").toString(),
        "--data-dir=" + folder.resolve("etcd"),
        "--listen-client-urls=" + url,
        "--advertise-client-urls=" + url,
        "--listen-peer-urls=" + peer,
        "--initial-advertise-peer-urls=" + peer,
        "--initial-cluster=default=" + peer,
        "--unsafe-no-fsync=true",
        "--log-level=warn");
  }

  private List<String> serverCommand() {
    return List.of(
        RealParts.find("kubernetes-1.", "kube-apiserver").toString(),
        "--etcd-servers=http://127.0.0.1:" + etcdPort,
        "--bind-address=127.0.0.1",
        "--secure-port=" + port,
        "--cert-dir=" + folder.resolve("certificates"),
        "--service-cluster-ip-range=10.96.0.0/16,fd96::/112",
        "--endpoint-reconciler-type=none",
        "--authorization-mode=RBAC",
        "--token-auth-file=" + folder.resolve("tokens.csv"),
        "--service-account-issuer=https://kubernetes.default.svc",
        "--service-account-signing-key-file=" + folder.resolve("token.key"),
        "--service-account-key-file=" + folder.resolve("token.pub"),
        "--disable-admission-plugins=ServiceAccount",
        "--audit-policy-file=" + folder.resolve("audit-policy.yaml"),
        "--audit-log-path=" + auditLog());
  }

  private static String pem(String what, byte[] der) {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(what, text, what);
  }

  private static void awaitFile(Path file) {
    await().atMost(PATIENCE).until(() -> Files.exists(file) && Files.size(file) > 0);
  }

  /** Waits until the API server says that it is ready; RBAC's own roles are made by then. */
  public void awaitReady() {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .ignoreExceptions()
        .until(() -> "ok".equals(client.raw("/readyz")));
  }

  private Config adminConfig() {
    return new ConfigBuilder(Config.empty())
        .withMasterUrl(uri().toString())
        .withCaCertFile(certificate().toString())
        .withOauthToken(ADMIN_TOKEN)
        .withRequestRetryBackoffLimit(0)
        .withRequestTimeout((int) PATIENCE.toMillis()) // a crowd of services goes in one request
        .build();
  }

  /** Returns where it listens, by TLS. */
  public URI uri() {
    return URI.create("https://127.0.0.1:" + port);
  }

  int port() {
    return port;
  }

  /** Returns the certificate that it shows, signed by itself. */
  Path certificate() {
    return folder.resolve("certificates/apiserver.crt");
  }

  /** Returns the file with a line for every request. */
  Path auditLog() {
    return folder.resolve("audit.log");
  }

  /** Returns the key that tokens of service accounts are signed with. */
  KeyPair tokenKey() {
    return tokenKey;
  }

  /** Returns a client that may do everything. */
  public KubernetesClient client() {
    return client;
  }

  /** Writes a kubeconfig with which everything is allowed. */
  public Path adminKubeconfig() {
    try {
      return Files.writeString(
          folder.resolve("admin.kubeconfig"),
          """
          apiVersion: v1
          kind: Config
          current-context: test
          clusters: [{name: test, cluster: {server: "%s", certificate-authority: "%s"}}]
          contexts: [{name: test, context: {cluster: test, user: test}}]
          users: [{name: test, user: {token: "%s"}}]
          """
              .formatted(uri(), certificate(), ADMIN_TOKEN));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns a folder for files of the test, which goes with the API server. */
  Path folder() {
    return folder;
  }

  /** Ends the API server at once, with SIGKILL, as a power cut does. */
  public void kill() {
    server.kill();
  }

  /** Starts it again, on the same data and port; {@link #awaitReady} waits for it. */
  public void startAgain() {
    server.start();
  }

  /** Has etcd forget every version but the present one, as it does every few minutes. */
  public void compact() {
    String version =
        client.services().inNamespace("default").list().getMetadata().getResourceVersion();
    askEtcd("compaction", "{\"revision\":\"%s\"}".formatted(version));
  }

  /**
   * Puts copies of a service into etcd, past the API server, which would be busy with so many for
   * minutes. To everybody who reads they are services like others; they have no cluster IP.
   *
   * @param namespace of the service and of its copies
   * @param name of the service; a copy's has a hyphen and a number besides
   */
  public void copyService(String namespace, String name, int copies) {
    Service service = client.services().inNamespace(namespace).withName(name).get();
    for (int first = 0; first < copies; first += PUTS) {
      String puts =
          IntStream.range(first, Math.min(copies, first + PUTS))
              .mapToObj(number -> put(copy(service, name + "-" + number)))
              .collect(Collectors.joining(","));
      askEtcd("txn", "{\"success\":[%s]}".formatted(puts));
    }
  }

  private static Service copy(Service service, String name) {
    return new ServiceBuilder(service)
        .editMetadata()
        .withName(name)
        .withUid(UUID.randomUUID().toString())
        .withResourceVersion(null)
        .withManagedFields()
        .endMetadata()
        .editSpec()
        .withClusterIP(null)
        .withClusterIPs()
        .endSpec()
        .build();
  }

  private static String put(Service service) {
    String key =
        servicesKey(service.getMetadata().getNamespace()) + service.getMetadata().getName();
    return "{\"request_put\":{\"key\":\"%s\",\"value\":\"%s\"}}"
        .formatted(base64(key), base64(Serialization.asJson(service)));
  }

  /** Takes all services of a namespace out of etcd, and returns when the API server knows it. */
  public void removeServices(String namespace) {
    String key = servicesKey(namespace);
    String end = key.substring(0, key.length() - 1) + (char) ('/' + 1);
    askEtcd(
        "deleterange", "{\"key\":\"%s\",\"range_end\":\"%s\"}".formatted(base64(key), base64(end)));
  }

  private static String servicesKey(String namespace) {
    return "/registry/services/specs/" + namespace + "/";
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private void askEtcd(String call, String json) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + etcdPort + "/v3/kv/" + call))
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build();
    try {
      HttpResponse<String> answer =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .build()
              .send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      if (answer.statusCode() != 200) {
        throw new IllegalStateException("etcd: " + answer.body());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    client.close();
    server.close();
    etcd.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
