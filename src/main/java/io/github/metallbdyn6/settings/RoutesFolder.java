package io.github.metallbdyn6.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The folder that holds the routes, one file each. */
final class RoutesFolder {
  private static final String SUFFIX = ".camel.yaml";
  private static final String SOURCE = "source-";
  private static final String FOLLOWER = "follower-";

  /** How a source's file says that no prefix length comes from it. */
  private static final Pattern ADDRESS_ONLY = Pattern.compile("(?m)^# answers: +(an )?address");

  private RoutesFolder() {}

  static boolean holdsRoutes(Path folder) {
    return Files.isDirectory(folder) && Files.isReadable(folder) && !files(folder, "*").isEmpty();
  }

  static List<String> sources(Path folder) {
    return names(folder, SOURCE);
  }

  static List<String> followers(Path folder) {
    return names(folder, FOLLOWER);
  }

  private static List<String> names(Path folder, String kind) {
    return files(folder, kind + "*").stream()
        .map(file -> String.valueOf(file.getFileName()))
        .map(file -> file.substring(kind.length(), file.length() - SUFFIX.length()))
        .sorted()
        .toList();
  }

  /** Returns the parameters that a source's file describes; none if there is no such file. */
  static List<SourceParameter> parameters(Path folder, String source) {
    return parametersIn(folder, SOURCE + source);
  }

  /** Returns the parameters that a follower's file describes; none if there is no such file. */
  static List<SourceParameter> followerParameters(Path folder, String follower) {
    return parametersIn(folder, FOLLOWER + follower);
  }

  /** Returns the parameters of all sources and followers. */
  static Stream<SourceParameter> allParameters(Path folder) {
    return Stream.of(SOURCE + "*", FOLLOWER + "*")
        .flatMap(files -> parametersIn(folder, files).stream());
  }

  private static List<SourceParameter> parametersIn(Path folder, String name) {
    return files(folder, name).stream()
        .flatMap(file -> SourceParameter.in(read(file)).stream())
        .toList();
  }

  /** Tells whether a source's file says that it knows addresses, and no prefix with its length. */
  static boolean knowsAddressesOnly(Path folder, String source) {
    return files(folder, SOURCE + source).stream()
        .anyMatch(file -> ADDRESS_ONLY.matcher(read(file)).find());
  }

  /** Tells whether any route uses this key; that it uses a longer one does not count. */
  static boolean mentions(Path folder, String key) {
    Pattern wholeKey = wholeKey(key);
    return files(folder, "*").stream().anyMatch(file -> wholeKey.matcher(read(file)).find())
        || allParameters(folder).anyMatch(parameter -> parameter.key().equals(key));
  }

  static List<String> sourcesThatMention(Path folder, String key) {
    Pattern wholeKey = wholeKey(key);
    return sources(folder).stream()
        .filter(source -> wholeKey.matcher(read(file(folder, source))).find())
        .toList();
  }

  /** Returns the followers whose files use or describe this key. */
  static List<String> followersThatMention(Path folder, String key) {
    Pattern wholeKey = wholeKey(key);
    return followers(folder).stream()
        .filter(
            name ->
                wholeKey.matcher(read(folder.resolve(FOLLOWER + name + SUFFIX))).find()
                    || followerParameters(folder, name).stream()
                        .anyMatch(parameter -> parameter.key().equals(key)))
        .toList();
  }

  /** Tells whether a file that is neither a source's nor a follower's uses this key. */
  static boolean flowMentions(Path folder, String key) {
    Pattern wholeKey = wholeKey(key);
    return files(folder, "*").stream()
        .filter(file -> !String.valueOf(file.getFileName()).startsWith(SOURCE))
        .filter(file -> !String.valueOf(file.getFileName()).startsWith(FOLLOWER))
        .anyMatch(file -> wholeKey.matcher(read(file)).find());
  }

  /** Tells whether a source is among those that are asked, or is called by another file. */
  static boolean isCalled(Path folder, String source, List<String> asked) {
    Pattern call =
        Pattern.compile("(?:name: *[\"']?|direct:)%s%s\\b(?!-)".formatted(SOURCE, source));
    return asked.contains(source)
        || files(folder, "*").stream()
            .filter(file -> !file.equals(file(folder, source)))
            .anyMatch(file -> call.matcher(read(file)).find());
  }

  private static Path file(Path folder, String source) {
    return folder.resolve(SOURCE + source + SUFFIX);
  }

  private static Pattern wholeKey(String key) {
    return Pattern.compile(Pattern.quote(key) + "(?![A-Za-z0-9-])");
  }

  private static List<Path> files(Path folder, String name) {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, name + SUFFIX)) {
      found.forEach(files::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
