package io.github.metallbdyn6.testbed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A mounted ConfigMap as the kubelet writes it: each file is a symbolic link into {@code ..data},
 * itself a link to a folder with a time stamp, which is replaced in one step.
 */
public final class ConfigMapVolume {
  private final Path folder;
  private int version;

  /** Mounts the first version. */
  public ConfigMapVolume(Path folder, Map<String, String> files) throws IOException {
    this.folder = folder;
    publish(files);
  }

  /** Replaces all files in one step, in the kubelet's order. */
  public void publish(Map<String, String> files) throws IOException {
    Path data = folder.resolve("..data");
    Path before = Files.exists(data) ? data.toRealPath() : null;
    Path after = Files.createDirectory(folder.resolve("..2026_11_22_10_00_00." + version++));
    for (Map.Entry<String, String> file : files.entrySet()) {
      Files.writeString(after.resolve(file.getKey()), file.getValue());
    }
    Path next = Files.createSymbolicLink(folder.resolve("..data_tmp"), after.getFileName());
    Files.move(next, data, StandardCopyOption.ATOMIC_MOVE);
    for (String name : files.keySet()) {
      if (!Files.isSymbolicLink(folder.resolve(name))) {
        Files.createSymbolicLink(folder.resolve(name), Path.of("..data", name));
      }
    }
    try (Stream<Path> visible = Files.list(folder)) {
      for (Path link :
          visible.filter(path -> !path.getFileName().toString().startsWith("..")).toList()) {
        if (!files.containsKey(link.getFileName().toString())) {
          Files.delete(link);
        }
      }
    }
    if (before != null) {
      delete(before);
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
  }
}
