package io.github.metallbdyn6.testbed;

import io.github.metallbdyn6.kustomize.ExampleOverlay;
import io.github.metallbdyn6.kustomize.Kubectl;
import io.github.metallbdyn6.kustomize.Manifests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The program as {@code kubectl apply -k} installs it in a real API server: the jar runs with the
 * variables, the routes and the service account of its pod, and with nobody else's access.
 */
public final class Installation implements AutoCloseable {
  private static final String NAME = "metallb-dyn6";

  private final RealApiServer api;
  private final Path overlay;
  private final Manifests manifests;
  private final Map<String, String> environment;
  private final ServiceAccountToken token;
  private final TcpGate gate;
  private final AuditLog audit;

  /** Applies the example overlay into this namespace, with these components and no others. */
  public Installation(RealApiServer api, String namespace, List<String> components) {
    this.api = api;
    this.overlay =
        ExampleOverlay.copy("installation-" + namespace)
            .edit("kustomization.yaml", "namespace: metallb-system", "namespace: " + namespace)
            .withComponents(components)
            .folder();
    this.manifests = Kubectl.build(overlay);
    apply(overlay);
    try {
      this.environment = manifests.environment(Files.createTempDirectory(api.folder(), "routes"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.token = new ServiceAccountToken(api, namespace, NAME);
    token.renew();
    this.gate = new TcpGate(api.port());
    this.audit =
        new AuditLog(api.auditLog(), "system:serviceaccount:%s:%s".formatted(namespace, NAME));
  }

  private void apply(Path overlay) {
    Kubectl.run(
        "kubectl",
        "--kubeconfig=" + api.adminKubeconfig(),
        "apply",
        "--server-side",
        "-k",
        overlay.toString());
  }

  /** Returns what was applied. */
  public Manifests manifests() {
    return manifests;
  }

  /** Returns the folder that was applied. */
  public Path overlay() {
    return overlay;
  }

  /** Returns what its account has asked so far. */
  public AuditLog audit() {
    return audit;
  }

  /** Starts the program as in its pod, with a check every second and these variables, too. */
  public ProgramProcess start(FakeIsp isp, Map<String, String> more) {
    return start(isp, more, asInAPod());
  }

  /** Starts the program with an argument, as a Job does. */
  public ProgramProcess start(FakeIsp isp, Map<String, String> more, String argument) {
    return start(isp, more, asInAPod(), argument);
  }

  /** Starts it with these options for the JVM instead, for a program that runs elsewhere. */
  public ProgramProcess start(
      FakeIsp isp, Map<String, String> more, List<String> options, String... arguments) {
    Map<String, String> variables = new HashMap<>(environment);
    variables.put("KUBERNETES_MASTER", "https://127.0.0.1:" + gate.port());
    variables.put("METALLB_DYN6_MY_IP_URL", isp.url());
    variables.put("METALLB_DYN6_UPDATE_INTERVAL", "1");
    variables.put("METALLB_DYN6_MANAGEMENT_PORT", "0");
    variables.putAll(more);
    return ProgramProcess.start(variables, options, arguments);
  }

  /** The options of the image; and in a pod these files are where the client looks by itself. */
  private List<String> asInAPod() {
    return List.of(
        Launch.IMAGE_OPTIONS,
        "-Dkubernetes.auth.tryKubeConfig=false",
        "-Dkubernetes.auth.serviceAccount.token=" + token.file(),
        "-Dkubernetes.certs.ca.file=" + api.certificate());
  }

  /** From now on the token in the pod is one that ends after this time. */
  public void expireTokenIn(Duration life) {
    token.expireIn(life);
  }

  /** Puts a good token into the pod again, as kubelet does. */
  public void renewToken() {
    token.renew();
  }

  /** Cuts the program's connections to the API server. */
  public void cutOff() {
    gate.shut();
  }

  /** Lets the program reach the API server again. */
  public void reconnect() {
    gate.open();
  }

  @Override
  public void close() throws IOException {
    gate.close();
  }
}
