package io.github.metallbdyn6.runtime;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;

/** Which modules of the JDK the program needs: those that its jars refer to, and a few by name. */
final class Modules {

  /** Found at run time by name or as a service, where jdeps cannot see it. */
  private static final List<String> BY_NAME =
      List.of(
          "jdk.crypto.ec", // TLS, up to JDK 21
          "jdk.management", // heap and processor in JMX
          "jdk.management.agent", // JMX from outside
          "jdk.naming.dns", // name servers, as DNS libraries look them up
          "jdk.unsupported"); // sun.misc.Unsafe

  /** Large, and jars that begin like this ask for it only to support who uses it. */
  private static final Map<String, Set<String>> UNUSED =
      Map.of(
          "java.desktop",
          Set.of("com.fasterxml.jackson.databind", "micrometer-core", "org.yaml.snakeyaml"),
          "java.compiler",
          Set.of("vertx-core"));

  private static final Pattern REFERENCE = Pattern.compile("(\\S+) -> (\\S+)");

  private Modules() {}

  /**
   * Returns the modules' names.
   *
   * @param jars the program and all its libraries
   * @throws IllegalStateException when jdeps fails
   */
  static SortedSet<String> neededBy(List<Path> jars) {
    SortedSet<String> needed = new TreeSet<>(BY_NAME);
    Matcher reference = REFERENCE.matcher(summary(jars));
    while (reference.find()) {
      String module = reference.group(2);
      String jar = reference.group(1);
      boolean used = UNUSED.getOrDefault(module, Set.of()).stream().noneMatch(jar::startsWith);
      if (used && ModuleFinder.ofSystem().find(module).isPresent()) {
        needed.add(module);
      }
    }
    return needed;
  }

  /** Lines such as {@code camel-util-4.18.0.jar -> java.xml}. */
  private static String summary(List<Path> jars) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("-summary", "--ignore-missing-deps", "--multi-release"));
    arguments.add(String.valueOf(Runtime.version().feature()));
    jars.forEach(jar -> arguments.add(jar.toString()));
    return run("jdeps", arguments);
  }

  /**
   * Runs a tool of the JDK and returns what it prints.
   *
   * @throws IllegalStateException when the tool fails
   */
  static String run(String tool, List<String> arguments) {
    StringWriter output = new StringWriter();
    PrintWriter printer = new PrintWriter(output);
    int status =
        ToolProvider.findFirst(tool)
            .orElseThrow(() -> new IllegalStateException("a whole JDK is needed, with " + tool))
            .run(printer, printer, arguments.toArray(String[]::new));
    if (status != 0) {
      throw new IllegalStateException(tool + " " + arguments + ": " + output);
    }
    return output.toString();
  }
}
