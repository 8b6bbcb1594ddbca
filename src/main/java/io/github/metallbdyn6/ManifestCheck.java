package io.github.metallbdyn6;

import io.github.metallbdyn6.manifest.InstalledProgram;
import io.github.metallbdyn6.manifest.Manifests;
import io.github.metallbdyn6.settings.Arguments;
import io.github.metallbdyn6.settings.Example;
import io.github.metallbdyn6.settings.Setting;
import io.github.metallbdyn6.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether the settings and routes in manifests are right, before anybody applies them. */
final class ManifestCheck {
  private static final String STANDARD_INPUT = "-";

  private ManifestCheck() {}

  /** Checks the file, or what comes in, as {@code kubectl kustomize} prints it. */
  static Verdict of(String file) {
    try {
      List<InstalledProgram> programs = Manifests.parse(read(file)).programs();
      return programs.isEmpty()
          ? new Verdict(false, "no container in the manifests runs metallb-dyn6")
          : all(programs.stream().map(ManifestCheck::of).toList());
    } catch (IllegalArgumentException e) {
      return new Verdict(false, "the manifests cannot be read: " + e.getMessage());
    } catch (IOException e) {
      return new Verdict(false, "the manifests cannot be read: there is no file " + file);
    }
  }

  private static String read(String file) throws IOException {
    byte[] bytes =
        file.equals(STANDARD_INPUT) ? System.in.readAllBytes() : Files.readAllBytes(Path.of(file));
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static Verdict all(List<Verdict> verdicts) {
    return new Verdict(
        verdicts.stream().allMatch(Verdict::isRight),
        verdicts.stream().map(Verdict::text).collect(Collectors.joining("%n".formatted())));
  }

  private static Verdict of(InstalledProgram program) {
    Map<String, String> files = program.routes().orElse(Map.of());
    if (files.isEmpty() && program.problems().isEmpty()) {
      return named(program, new Verdict(true, "a release, which runs no routes"), "");
    }
    if (!program.problems().isEmpty()) {
      return named(program, new Verdict(false, lines(program.problems())), "");
    }
    try {
      Path folder = Files.createTempDirectory("metallb-dyn6-routes");
      try {
        write(files, folder);
        return named(program, inFolder(program, folder), folder.toString());
      } finally {
        remove(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Verdict inFolder(InstalledProgram program, Path folder) {
    List<String> notes = new ArrayList<>(program.notes());
    Map<String, String> environment = new HashMap<>(program.variables());
    program.secret().forEach(name -> environment.put(name, Example.standIn(name, folder)));
    if (environment.remove(Setting.CA_FILE.variable()) != null) {
      notes.add(Setting.CA_FILE.variable() + " is not checked: the file is in the cluster");
    }
    environment.put(Setting.ROUTES.variable(), folder.toString());
    Arguments arguments = Arguments.of(program.arguments());
    Verdict verdict = Check.of(arguments, Settings.read(arguments, environment, new Properties()));
    notes.add(verdict.text());
    return new Verdict(verdict.isRight(), lines(notes));
  }

  /** The user knows the folder by the name that it has in the cluster. */
  private static Verdict named(InstalledProgram program, Verdict verdict, String folder) {
    String routes = program.variables().getOrDefault(Setting.ROUTES.variable(), "");
    String text = folder.isEmpty() ? verdict.text() : verdict.text().replace(folder, routes);
    return new Verdict(verdict.isRight(), "%s: %s".formatted(program.name(), text));
  }

  private static String lines(List<String> lines) {
    return String.join("%n".formatted(), lines);
  }

  private static void write(Map<String, String> files, Path folder) throws IOException {
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path name = Path.of(file.getKey()).getFileName(); // never outside of the folder
      Files.writeString(folder.resolve(String.valueOf(name)), file.getValue());
    }
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
