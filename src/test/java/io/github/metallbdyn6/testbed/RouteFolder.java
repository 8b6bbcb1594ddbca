package io.github.metallbdyn6.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A copy of {@code routes/} that a test may edit as a user does, file by file. */
public final class RouteFolder {
  private final Path folder;

  /** Copies the routes. */
  public RouteFolder(Path folder) throws IOException {
    this.folder = folder;
    for (Map.Entry<String, String> file : original().entrySet()) {
      write(file.getKey(), file.getValue());
    }
  }

  /** Returns the project's own route files by name. */
  public static Map<String, String> original() throws IOException {
    Map<String, String> texts = new TreeMap<>();
    try (Stream<Path> files = Files.list(Path.of("routes"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".camel.yaml")).toList()) {
        texts.put(String.valueOf(file.getFileName()), Files.readString(file));
      }
    }
    return texts;
  }

  /** Returns the text with the first of what is there replaced; fails if it is not there. */
  public static String edited(String text, String there, String replacement) {
    assertThat(text).contains(there);
    int begin = text.indexOf(there);
    return text.substring(0, begin) + replacement + text.substring(begin + there.length());
  }

  /** Returns the folder. */
  public Path path() {
    return folder;
  }

  /** Writes a file, as an editor does. */
  public void write(String file, String text) throws IOException {
    Files.writeString(folder.resolve(file), text);
  }

  /** Replaces the first of what is there. */
  public void edit(String file, String there, String replacement) throws IOException {
    write(file, edited(Files.readString(folder.resolve(file)), there, replacement));
  }

  /** Removes a file. */
  public void remove(String file) throws IOException {
    Files.delete(folder.resolve(file));
  }
}
