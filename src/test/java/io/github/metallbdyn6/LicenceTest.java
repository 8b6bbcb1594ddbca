package io.github.metallbdyn6;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The licence is the same wherever it is named, by its SPDX identifier. */
class LicenceTest {
  private static final String LICENCE = "Apache-2.0";

  private static String text(String file) throws IOException {
    return Files.readString(Path.of(file));
  }

  @Test
  void isTheSameInPomImageAndReadme() throws IOException {
    assertThat(text("pom.xml")).containsOnlyOnce("<name>" + LICENCE + "</name>");
    assertThat(text("Dockerfile"))
        .contains("org.opencontainers.image.licenses=\"" + LICENCE + "\"");
    assertThat(text("README.md").strip().lines().reduce("", (before, line) -> line))
        .startsWith("Licence: [" + LICENCE + "](https://");
  }
}
