package io.github.metallbdyn6.settings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Certificates that sources may show besides those that the JVM trusts: a router signs its own. It
 * still must be asked by a name that its certificate is for.
 */
public final class TrustedCertificates {
  private TrustedCertificates() {}

  /**
   * Reads certificates.
   *
   * @param file the path of a file in PEM
   * @throws IllegalArgumentException with a phrase that says what is wrong
   */
  public static Collection<? extends Certificate> read(String file) {
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      Collection<? extends Certificate> certificates =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (certificates.isEmpty()) {
        throw new IllegalArgumentException("there is no certificate in it");
      }
      return certificates;
    } catch (CertificateException e) {
      throw new IllegalArgumentException("not a file with certificates in PEM", e);
    } catch (IOException e) {
      throw new IllegalArgumentException("the file cannot be read", e);
    }
  }

  /**
   * Returns TLS that trusts the JVM's certificates and those of the file.
   *
   * @param file as for {@link #read}; empty for the JVM's alone, which is nothing special
   * @throws IllegalArgumentException as for {@link #read}
   */
  public static Optional<SSLContext> trust(String file) {
    if (file.isEmpty()) {
      return Optional.empty();
    }
    try {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      int number = 0;
      for (X509Certificate certificate : trustManager(null).getAcceptedIssuers()) {
        trusted.setCertificateEntry("jvm-" + number++, certificate);
      }
      for (Certificate certificate : read(file)) {
        trusted.setCertificateEntry("file-" + number++, certificate);
      }
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {trustManager(trusted)}, null);
      return Optional.of(context);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("every JVM has TLS and a key store in memory", e);
    }
  }

  private static X509TrustManager trustManager(@Nullable KeyStore trusted)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    return (X509TrustManager) factory.getTrustManagers()[0];
  }
}
