package io.github.metallbdyn6.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.testbed.ConfigMapVolume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouteFilesTest {
  private final Path folder;

  RouteFilesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private RouteFiles write(String file, String text) throws IOException {
    Files.writeString(folder.resolve(file), text);
    return RouteFiles.read(folder);
  }

  @Test
  void areEqualWhenTheirContentsAre() throws Exception {
    RouteFiles before = write("a.camel.yaml", "one");

    assertThat(write("a.camel.yaml", "one")).isEqualTo(before);
    assertThat(write("notes.txt", "not a route")).isEqualTo(before);
    assertThat(write("a.camel.yaml", "two")).isNotEqualTo(before);
    assertThat(write("b.camel.yaml", "")).isNotEqualTo(before);
  }

  @Test
  void doNotWaitForAPipe() throws Exception {
    Path pipe = folder.resolve("p.camel.yaml");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertThat(write("a.camel.yaml", "one").unreadable())
        .extracting(RouteProblem::toString)
        .containsExactly("p.camel.yaml: it is no file");
  }

  @Test
  void sayWhatChangedSince() throws Exception {
    write("a.camel.yaml", "one");
    write("b.camel.yaml", "one");
    RouteFiles before = write("c.camel.yaml", "one");
    write("a.camel.yaml", "two");
    Files.delete(folder.resolve("b.camel.yaml"));
    RouteFiles after = write("d.camel.yaml", "one");

    assertThat(after.changesSince(before))
        .isEqualTo("changed a.camel.yaml; added d.camel.yaml; removed b.camel.yaml");
  }

  @Test
  void areSeenThroughAConfigMapsLinks() throws Exception {
    ConfigMapVolume volume = new ConfigMapVolume(folder, Map.of("a.camel.yaml", "one"));
    RouteFiles before = RouteFiles.read(folder);
    assertThat(before.texts()).containsExactly(Map.entry("a.camel.yaml", "one"));

    volume.publish(Map.of("a.camel.yaml", "one"));
    assertThat(RouteFiles.read(folder)).isEqualTo(before);
    volume.publish(Map.of("a.camel.yaml", "two"));
    assertThat(RouteFiles.read(folder).texts()).containsExactly(Map.entry("a.camel.yaml", "two"));
  }

  @Test
  void nameWhatCannotBeRead() throws Exception {
    assertThat(RouteFiles.read(folder).unreadable())
        .containsExactly(new RouteProblem(folder.toString(), 0, "no *.camel.yaml file in it"));
    assertThat(RouteFiles.read(folder.resolve("missing")).unreadable())
        .containsExactly(
            new RouteProblem(folder.resolve("missing").toString(), 0, "the folder cannot be read"));
    Files.createSymbolicLink(folder.resolve("a.camel.yaml"), Path.of("..data", "a.camel.yaml"));
    assertThat(RouteFiles.read(folder).unreadable())
        .containsExactly(new RouteProblem("a.camel.yaml", 0, "the file cannot be read"));
  }

  @Test
  void leaveOutSourcesThatNobodyAsks() throws IOException {
    for (String source : List.of("a", "a-b", "b", "c", "d", "e")) {
      write("source-" + source + ".camel.yaml", "name: source-" + source);
    }
    write("source-b.camel.yaml", "uri: direct:source-c");
    write("source-c.camel.yaml", "parameters:\n  name: \"source-d\"");
    write("1-other.camel.yaml", "description: as source-e does");

    assertThat(RouteFiles.read(folder).withSources(List.of("a", "b")).texts().keySet())
        .containsExactly(
            "1-other.camel.yaml",
            "METALLB_DYN6_SOURCE.camel.yaml",
            "source-a.camel.yaml",
            "source-b.camel.yaml",
            "source-c.camel.yaml",
            "source-d.camel.yaml");
  }
}
