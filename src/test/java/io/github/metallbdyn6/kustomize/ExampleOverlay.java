package io.github.metallbdyn6.kustomize;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The example overlay as a user copies it into a folder of the same depth, and edits it. */
public final class ExampleOverlay {
  static final Path ORIGINAL = Path.of("kustomize", "overlays", "example");
  private static final Path KUSTOMIZATION = Path.of("kustomization.yaml");
  private static final String TRANSITION = "  - ../../../kustomize/components/handover\n";

  private final Path folder;

  private ExampleOverlay(Path folder) {
    this.folder = folder;
  }

  /** Copies the example, with all that it has. */
  public static ExampleOverlay copy(String name) {
    Path folder = Path.of("target", "overlays", name);
    try (Stream<Path> files = Files.list(ORIGINAL)) {
      Files.createDirectories(folder);
      for (Path original : files.toList()) {
        Files.writeString(
            folder.resolve(original.getFileName()),
            Files.readString(original).replace("../../", "../../../kustomize/"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new ExampleOverlay(folder);
  }

  /** Replaces a text in one of the files. */
  public ExampleOverlay edit(String file, String text, String by) {
    Path path = folder.resolve(file);
    try {
      String content = Files.readString(path);
      assertThat(content).contains(text);
      Files.writeString(path, content.replace(text, by));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** Has it take these components, in the place of the one for the handover. */
  public ExampleOverlay withComponents(List<String> components) {
    String lines =
        components.stream()
            .map(name -> "  - ../../../kustomize/components/%s\n".formatted(name))
            .collect(Collectors.joining());
    return components.isEmpty()
        ? edit(KUSTOMIZATION.toString(), "components:\n", "components: []\n")
            .edit(KUSTOMIZATION.toString(), TRANSITION, "")
        : edit(KUSTOMIZATION.toString(), TRANSITION, lines);
  }

  /** Returns its folder. */
  public Path folder() {
    return folder;
  }
}
