package io.github.metallbdyn6.kustomize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * {@code kubectl kustomize}, which needs no cluster. Where kubectl is missing, CI fails and others
 * skip.
 */
public final class Kubectl {
  private static final Map<Path, Manifests> BUILT = new ConcurrentHashMap<>();

  private Kubectl() {}

  /** Returns what {@code kubectl apply -k} would send for this folder. */
  public static Manifests build(Path folder) {
    requireKustomize5();
    return BUILT.computeIfAbsent(
        folder, it -> Manifests.parse(run("kubectl", "kustomize", it.toString())));
  }

  /**
   * Writes a user's overlay and returns its folder.
   *
   * @param kustomization its text, with {@code {repo}} for the way to this repository
   */
  public static Path writeOverlay(String name, String kustomization) {
    Path folder = Path.of("target", "overlays", name);
    try {
      Files.createDirectories(folder);
      Files.writeString(
          folder.resolve("kustomization.yaml"),
          "apiVersion: kustomize.config.k8s.io/v1beta1%nkind: Kustomization%n".formatted()
              + kustomization.replace("{repo}", "../../.."));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return folder;
  }

  /** Components, replacements and labels came by and by; since 5 all of them are there. */
  private static void requireKustomize5() {
    String version;
    try {
      version = run("kubectl", "version", "--client");
    } catch (UncheckedIOException e) {
      version = "no kubectl: " + e.getMessage();
    }
    if ("true".equals(System.getenv("CI"))) {
      assertThat(version).contains("Kustomize Version: v5");
    }
    assumeThat(version).contains("Kustomize Version: v5");
  }

  /** Runs a command and returns what it printed; fails where its status is not 0. */
  public static String run(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as("%s: %s", List.of(command), output).isZero();
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
