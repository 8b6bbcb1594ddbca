package io.github.metallbdyn6.kustomize;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The folders in {@code kustomize/components}. */
public final class Components {
  private Components() {}

  /** Returns the names of all components. */
  public static List<String> names() {
    try (Stream<Path> folders = Files.list(Path.of("kustomize", "components"))) {
      return folders.map(folder -> String.valueOf(folder.getFileName())).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes an overlay with these components over the base, and returns its folder. */
  public static Path overlay(String name, List<String> components) {
    return Kubectl.writeOverlay(
        "component-" + name,
        """
        resources: ["{repo}/kustomize/base"]
        components: [%s]
        configMapGenerator:
          - name: metallb-dyn6-settings
            behavior: merge
            literals: [METALLB_DYN6_METALLB_NAMESPACE=metallb-system]
        """
            .formatted(
                components.stream()
                    .map(component -> "\"{repo}/kustomize/components/" + component + "\"")
                    .collect(Collectors.joining(", "))));
  }
}
