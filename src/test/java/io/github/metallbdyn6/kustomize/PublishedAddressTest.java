package io.github.metallbdyn6.kustomize;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Where a release is published, its image and its repository, stands in two properties of the pom;
 * every other line that has an address has this one, so that a fork finds them all.
 */
class PublishedAddressTest {
  /** An image with a registry, as the project's own is named. */
  private static final Pattern IMAGE = Pattern.compile("\\bghcr\\.io/[\\w.-]+/metallb-dyn6\\b");

  /** The predecessor's is not ours. */
  private static final Pattern REPOSITORY =
      Pattern.compile("\\bhttps://github\\.com/(?!spacebird-dev/)[\\w.-]+/metallb-dyn6\\b");

  private static final List<String> FOLDERS =
      List.of("README.md", "Dockerfile", "kustomize", "routes", ".github", ".ci", "src");

  private static String property(String name) throws IOException {
    return Pattern.compile("<%1$s>([^<]+)</%1$s>".formatted(Pattern.quote(name)))
        .matcher(Files.readString(Path.of("pom.xml")))
        .results()
        .map(match -> match.group(1))
        .reduce(
            (one, another) -> {
              throw new AssertionError(name + " is there twice: " + one + ", " + another);
            })
        .orElseThrow();
  }

  /** Returns each line with such an address, behind its file's name. */
  private static List<String> lines(Pattern address) throws IOException {
    List<String> found = new ArrayList<>();
    for (String folder : FOLDERS) {
      try (Stream<Path> files = Files.walk(Path.of(folder))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          text(file)
              .lines()
              .filter(line -> address.matcher(line).find())
              .map(line -> file + ": " + line.strip())
              .forEach(found::add);
        }
      }
    }
    return found;
  }

  /** Nothing for a picture. */
  private static String text(Path file) throws IOException {
    try {
      return Files.readString(file);
    } catch (MalformedInputException e) {
      return "";
    }
  }

  private static void assertTheSame(Pattern pattern, String address, String... files)
      throws IOException {
    List<String> lines = lines(pattern);
    for (String file : files) {
      assertThat(lines).as(file).anyMatch(line -> line.startsWith(file + ": "));
    }
    for (String line : lines) {
      assertThat(pattern.matcher(line).results().map(match -> match.group()))
          .as(line)
          .containsOnly(address);
    }
  }

  @Test
  void ofTheImageIsTheSameEverywhere() throws IOException {
    assertTheSame(
        IMAGE,
        property("image.name"),
        "kustomize/base/kustomization.yaml",
        "kustomize/overlays/example/kustomization.yaml",
        ".github/end-to-end/kustomization.yaml",
        ".github/workflows/image.yml",
        ".github/workflows/end-to-end.yml",
        "src/site/markdown/install.md");
  }

  @Test
  void ofTheRepositoryIsTheSameEverywhere() throws IOException {
    assertTheSame(
        REPOSITORY,
        property("repository.url"),
        "Dockerfile",
        "kustomize/overlays/example/kustomization.yaml",
        "src/site/markdown/install.md");
  }

  /** One line in a kustomization, and none elsewhere under it. */
  @Test
  void ofTheImageIsInEachKustomizationOnce() throws IOException {
    List<String> lines = lines(IMAGE).stream().filter(it -> it.startsWith("kustomize/")).toList();
    assertThat(lines).hasSize(2).allMatch(line -> line.contains("/kustomization.yaml: "));
  }

  /** The image of a clone alone: the manual's block, in the place of the example's. */
  @Test
  void canBeReplacedByAnImageOfOnesOwn() throws IOException {
    String example = Files.readString(Path.of("kustomize/overlays/example/kustomization.yaml"));
    String own = example.replace("#    newName: ", "    newName: ");
    assertThat(own).isNotEqualTo(example);
    String block = own.substring(own.indexOf("images:\n"), own.indexOf("\n\nconfigMapGenerator"));
    assertThat(Files.readString(Path.of("src/site/markdown/install.md")))
        .contains("```yaml\n" + block + "\n```");
    Path overlay =
        Kubectl.writeOverlay("own-image", "resources: [\"{repo}/kustomize/base\"]\n" + block);
    assertThat(Kubectl.build(overlay).container().getImage())
        .isEqualTo("registry.example.com/metallb-dyn6:1.0.0");
    assertThat(Kubectl.build(Path.of("kustomize/overlays/example")).container().getImage())
        .isEqualTo(property("image.name") + ":1.0.0");
  }
}
