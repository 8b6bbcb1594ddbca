package io.github.metallbdyn6.routing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The route files of a folder as they were at one moment. Two of them are equal when every byte is,
 * so that a symbolic link that leads elsewhere is seen, and one that leads to the same is not.
 *
 * @param texts contents by file name
 * @param unreadable what could not be read, the folder or a file of it
 */
public record RouteFiles(SortedMap<String, String> texts, List<RouteProblem> unreadable) {
  static final RouteFiles NONE = new RouteFiles(Collections.emptySortedMap(), List.of());

  static final String SUFFIX = ".camel.yaml";
  private static final String PATTERN = "*" + SUFFIX;
  private static final String SOURCE = "source-";
  private static final String FOLLOWER = "follower-";

  /** Not a file, but treated like one. */
  private static final String ASKED = "METALLB_DYN6_SOURCE" + SUFFIX;

  /** No id in a file is written like that: a name with brackets is a template's. */
  private static final String ASK =
      """
      - templatedRoute:
          routeTemplateRef: ask-source
          routeId: ask(%1$s)
          prefixId: ask(%1$s)
          parameters:
            - name: source
              value: %1$s
      """;

  /** Another source's route as a step calls it, in the long form or as a URI. */
  private static final Pattern CALL =
      Pattern.compile("(?:name: *[\"']?|direct:)(" + SOURCE + "[a-z0-9-]+)");

  /** Reads the folder; never fails, since a folder may vanish while it is replaced. */
  public static RouteFiles read(Path folder) {
    SortedMap<String, String> texts = new TreeMap<>();
    List<RouteProblem> unreadable = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, PATTERN)) {
      for (Path file : files) {
        read(file, texts, unreadable);
      }
    } catch (IOException | DirectoryIteratorException e) {
      unreadable.add(new RouteProblem(folder.toString(), 0, "the folder cannot be read"));
    }
    if (texts.isEmpty() && unreadable.isEmpty()) {
      unreadable.add(new RouteProblem(folder.toString(), 0, "no " + PATTERN + " file in it"));
    }
    return new RouteFiles(Collections.unmodifiableSortedMap(texts), List.copyOf(unreadable));
  }

  private static void read(
      Path file, SortedMap<String, String> texts, List<RouteProblem> unreadable) {
    String name = String.valueOf(file.getFileName());
    RenamedFiles.problemOf(name, SUFFIX).ifPresent(unreadable::add);
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      unreadable.add(new RouteProblem(name, 0, "it is no file"));
      return; // a pipe, for example, would never end
    }
    try {
      texts.put(name, new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    } catch (IOException e) {
      unreadable.add(new RouteProblem(name, 0, "the file cannot be read"));
    }
  }

  /**
   * Leaves out the sources that nobody asks: a source is there if it is named, or if a file that is
   * there calls it. A source that is not asked costs no memory, opens no port and breaks no start.
   *
   * @param named the sources' names
   */
  public RouteFiles withSources(Collection<String> named) {
    SortedMap<String, String> kept = new TreeMap<>(texts);
    kept.keySet().removeIf(RouteFiles::isSource);
    Deque<String> wanted = new ArrayDeque<>();
    texts.keySet().stream()
        .filter(RouteFiles::isSource)
        .filter(file -> named.contains(sourceIn(file)))
        .forEach(wanted::add);
    kept.values().forEach(text -> wanted.addAll(sourcesCalledIn(text)));
    while (!wanted.isEmpty()) {
      String file = wanted.remove();
      String text = texts.get(file);
      if (text != null && kept.put(file, text) == null) {
        wanted.addAll(sourcesCalledIn(text));
      }
    }
    kept.put(ASKED, asked(named));
    return new RouteFiles(Collections.unmodifiableSortedMap(kept), unreadable);
  }

  /**
   * Leaves out the followers that are not chosen: one that is not there costs nothing.
   *
   * @param chosen the followers' names
   */
  public RouteFiles withFollowers(Collection<String> chosen) {
    SortedMap<String, String> kept = new TreeMap<>(texts);
    kept.keySet().removeIf(file -> isFollower(file) && !chosen.contains(followerIn(file)));
    return new RouteFiles(Collections.unmodifiableSortedMap(kept), unreadable);
  }

  public List<String> followers() {
    return texts.keySet().stream()
        .filter(RouteFiles::isFollower)
        .map(RouteFiles::followerIn)
        .toList();
  }

  private static boolean isFollower(String file) {
    return file.startsWith(FOLLOWER);
  }

  private static String followerIn(String file) {
    return file.substring(FOLLOWER.length(), file.length() - SUFFIX.length());
  }

  /** Each source is asked by a route of its own, made from the template ask-source. */
  private static String asked(Collection<String> sources) {
    return sources.stream().map(ASK::formatted).collect(Collectors.joining());
  }

  public List<String> sources() {
    return texts.keySet().stream().filter(RouteFiles::isSource).map(RouteFiles::sourceIn).toList();
  }

  private static boolean isSource(String file) {
    return file.startsWith(SOURCE);
  }

  private static String sourceIn(String file) {
    return file.substring(SOURCE.length(), file.length() - SUFFIX.length());
  }

  private static List<String> sourcesCalledIn(String text) {
    return CALL.matcher(text).results().map(call -> call.group(1) + SUFFIX).toList();
  }

  /** Says which files differ from those before: {@code changed a, b; added c; removed d}. */
  String changesSince(RouteFiles before) {
    List<String> changed = new ArrayList<>();
    List<String> added = new ArrayList<>();
    texts.forEach(
        (name, text) -> {
          if (!before.texts.containsKey(name)) {
            added.add(name);
          } else if (!text.equals(before.texts.get(name))) {
            changed.add(name);
          }
        });
    List<String> removed =
        before.texts.keySet().stream().filter(name -> !texts.containsKey(name)).toList();
    List<String> parts = new ArrayList<>();
    say("changed", changed, parts);
    say("added", added, parts);
    say("removed", removed, parts);
    return String.join("; ", parts);
  }

  private static void say(String what, List<String> names, List<String> parts) {
    if (!names.isEmpty()) {
      parts.add(what + " " + String.join(", ", names));
    }
  }
}
