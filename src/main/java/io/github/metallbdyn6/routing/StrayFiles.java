package io.github.metallbdyn6.routing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Files beside the routes that hold routes, too, and that nobody reads since their names are wrong.
 */
public final class StrayFiles {
  /** Where only upper and lower case differ, Linux sees another name. */
  private static final Pattern YAML = Pattern.compile("(?i)[^.].*\\.ya?ml");

  private static final Pattern ROUTES =
      Pattern.compile(
          "(?m)^- *[\"']?(route|from|routeTemplate|templatedRoute|routeConfiguration|onException|intercept|beans)\\b");

  private StrayFiles() {}

  /** Finds them in a folder. */
  public static List<RouteProblem> in(Path folder) {
    List<RouteProblem> found = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, StrayFiles::isStray)) {
      files.forEach(file -> found.add(problem(String.valueOf(file.getFileName()))));
    } catch (IOException | DirectoryIteratorException e) {
      return List.of(); // the folder is judged elsewhere
    }
    return found.stream().sorted((one, other) -> one.file().compareTo(other.file())).toList();
  }

  private static RouteProblem problem(String file) {
    return new RouteProblem(
        file, 0, "nobody reads this file, since its name does not end in " + RouteFiles.SUFFIX);
  }

  private static boolean isStray(Path file) throws IOException {
    String name = String.valueOf(file.getFileName());
    return YAML.matcher(name).matches()
        && !name.endsWith(RouteFiles.SUFFIX)
        && Files.isRegularFile(file)
        && ROUTES.matcher(Files.readString(file, StandardCharsets.ISO_8859_1)).find();
  }
}
