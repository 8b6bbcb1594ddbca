package io.github.metallbdyn6.testbed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A {@link Home} as it is met in real life: source and API server are reached by TLS. */
public final class TlsHome implements AutoCloseable {
  private final Home home = new Home();
  private final Path folder;
  private final TestCertificate certificate;
  private final TlsFront api;
  private final TlsFront isp;

  /** Sets everything up; the files that the program needs are put into the folder. */
  public TlsHome(Path folder) throws IOException, GeneralSecurityException {
    this.folder = folder;
    certificate = TestCertificate.in(folder);
    api = new TlsFront(home.cluster().api().uri(), certificate);
    isp = new TlsFront(home.isp().uri(), certificate);
  }

  /** Returns what stands behind TLS. */
  public Home home() {
    return home;
  }

  /** Returns the environment that leads the program here, with a check every second. */
  public Map<String, String> environment() throws IOException {
    String plain = Files.readString(home.cluster().kubeconfig(folder));
    Path kubeconfig =
        Files.writeString(
            folder.resolve("kubeconfig"),
            plain.replace(
                "\"" + home.cluster().api().uri() + "\"",
                "\"%s\", certificate-authority: \"%s\"".formatted(api.uri(), certificate.pem())));
    Map<String, String> environment =
        new HashMap<>(RunningProgram.environment(home.cluster(), home.isp()));
    environment.put("KUBECONFIG", kubeconfig.toString());
    environment.put("METALLB_DYN6_MY_IP_URL", isp.uri() + "/v2/ip.json");
    return environment;
  }

  /** Returns the options that make a JVM trust the source. */
  public List<String> trust() {
    return List.of(
        "-Djavax.net.ssl.trustStore=" + certificate.keyStore(),
        "-Djavax.net.ssl.trustStorePassword=" + TestCertificate.PASSWORD);
  }

  @Override
  public void close() throws Exception {
    isp.close();
    api.close();
    home.close();
  }
}
