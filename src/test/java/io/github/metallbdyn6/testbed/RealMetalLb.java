package io.github.metallbdyn6.testbed;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A real MetalLB controller as a process, with its validating webhook. It gives services their
 * addresses; no speaker announces them.
 */
public final class RealMetalLb implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final RealApiServer api;
  private final RealMetalLbRelease release;
  private final int port = FreePort.find();
  private final Path folder;
  private final Path kubeconfig;
  private final Daemon controller;
  private Optional<PoolGate> gate = Optional.empty();

  /** Installs and starts it, and returns when its webhook answers. */
  public RealMetalLb(RealApiServer api, String namespace, RealMetalLbRelease release) {
    this.api = api;
    this.release = release;
    try {
      folder = Files.createTempDirectory(api.folder(), "metallb");
      kubeconfig = Files.copy(api.adminKubeconfig(), folder.resolve("kubeconfig"));
      Path certificates = folder.resolve("k8s-webhook-server/serving-certs");
      Files.createDirectories(certificates);
      writeCertificate(certificates);
      MetalLbResources.registerWebhooks(api, release, port, certificates.resolve("tls.crt"));
      controller =
          new Daemon(command(namespace, certificates), environment(), folder.resolve("log"));
      awaitWebhook();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void writeCertificate(Path certificates)
      throws IOException, GeneralSecurityException {
    TestCertificate made = TestCertificate.in(certificates);
    KeyStore keys =
        KeyStore.getInstance(made.keyStore().toFile(), TestCertificate.PASSWORD.toCharArray());
    byte[] key = keys.getKey("server", TestCertificate.PASSWORD.toCharArray()).getEncoded();
    Files.writeString(
        certificates.resolve("tls.key"),
        "-----BEGIN PRIVATE KEY-----%n%s%n-----END PRIVATE KEY-----%n"
            .formatted(Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key)));
    Files.copy(made.pem(), certificates.resolve("tls.crt"));
  }

  private List<String> command(String namespace, Path certificates) {
    return List.of(
        RealParts.find(release.part(), "controller-of-any-port").toString(),
        "--kubeconfig=" + kubeconfig,
        "--namespace=" + namespace,
        "--port=" + FreePort.find(),
        "--webhook-mode=enabled",
        "--disable-cert-rotation",
        "--cert-dir=" + certificates,
        "--log-level=debug");
  }

  /** Version 0.13 looks for its certificate below the folder for temporary files alone. */
  private Map<String, String> environment() {
    return Map.of(
        "TMPDIR",
        folder.toString(),
        "METALLB_POD_NAME",
        "controller",
        "METALLB_WEBHOOK_PORT",
        String.valueOf(port));
  }

  /** Waits until its webhook answers. */
  public void awaitWebhook() {
    await().atMost(PATIENCE).until(this::isListening);
  }

  private boolean isListening() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** Starts it again behind a gate, and returns that when its webhook answers. */
  public PoolGate putBehindGate() {
    PoolGate put = new PoolGate(api.client());
    gate = Optional.of(put);
    put.writeKubeconfig(kubeconfig);
    restart();
    awaitWebhook();
    return put;
  }

  /** From now on the API server does not ask its webhook. */
  public void withoutWebhook() {
    MetalLbResources.removeWebhooks(api);
  }

  /** Stops it where it is, with SIGSTOP, as a node without memory does. */
  public void freeze() {
    controller.freeze();
  }

  /** Lets it go on. */
  public void thaw() {
    controller.thaw();
  }

  /** Kills it with SIGKILL. */
  public void kill() {
    controller.kill();
  }

  /** Starts it again after {@link #kill}. */
  public void start() {
    controller.start();
  }

  /** Kills it and starts it again, as its pod does when it was deleted. */
  void restart() {
    controller.kill();
    controller.start();
  }

  @Override
  public void close() throws IOException {
    controller.close();
    gate.ifPresent(PoolGate::close);
    MetalLbResources.removeWebhooks(api);
  }
}
