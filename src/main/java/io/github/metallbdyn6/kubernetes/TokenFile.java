package io.github.metallbdyn6.kubernetes;

import io.fabric8.kubernetes.api.model.NamedAuthInfo;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.OAuthTokenProvider;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The {@code tokenFile} of a kubeconfig's user, which fabric8 does not read. As with kubectl, the
 * token in it may change at any time, and counts more than one that stands in the kubeconfig.
 */
final class TokenFile implements OAuthTokenProvider {
  private final Path file;
  private volatile String token;

  private TokenFile(Path file) {
    this.file = file;
    try {
      token = Files.readString(file).strip();
    } catch (IOException e) {
      throw new IllegalStateException(
          "KUBECONFIG names the tokenFile " + file + ", which cannot be read", e);
    }
  }

  /**
   * Has the client take its token from the file that the kubeconfig names, if it names one.
   *
   * @throws IllegalStateException with a sentence for the user when it cannot be read
   */
  static void use(Config config) {
    @Nullable File kubeconfig = config.getFileWithAuthInfo();
    if (kubeconfig == null) {
      return;
    }
    namedIn(kubeconfig, config.getCurrentContext().getContext().getUser())
        .map(name -> kubeconfig.getAbsoluteFile().toPath().resolveSibling(name))
        .ifPresent(path -> config.setOauthTokenProvider(new TokenFile(path)));
  }

  private static Optional<String> namedIn(File kubeconfig, String user) {
    try (var content = Files.newInputStream(kubeconfig.toPath())) {
      return Serialization.unmarshal(content, io.fabric8.kubernetes.api.model.Config.class)
          .getUsers()
          .stream()
          .filter(named -> user.equals(named.getName()))
          .map(NamedAuthInfo::getUser)
          .map(it -> Optional.ofNullable(it.getTokenFile()).orElse(""))
          .filter(name -> !name.isEmpty())
          .findFirst();
    } catch (IOException e) {
      throw new IllegalStateException("KUBECONFIG names %s: %s".formatted(kubeconfig, e), e);
    }
  }

  /** Returns what is in the file; while it cannot be read, what was in it before. */
  @Override
  public String getToken() {
    try {
      token = Files.readString(file).strip();
    } catch (IOException e) {
      return token;
    }
    return token;
  }
}
