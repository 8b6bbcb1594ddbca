package io.github.metallbdyn6.testbed;

import io.github.metallbdyn6.Application;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How the program is started.
 *
 * @param java the JVM and its options
 * @param jar the program
 * @param libraries folders with jars besides those that the program brings
 * @param directory the working directory
 */
public record Launch(List<String> java, Path jar, List<Path> libraries, Path directory) {
  private static final Path CHECKOUT = Path.of("").toAbsolutePath();

  private static final List<String> QUICK_START =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  /** The argument of {@code java} that stands for the options of the image. */
  static final String IMAGE_OPTIONS = "@" + CHECKOUT.resolve("src/main/runtime/java.options");

  /** Starts this jar with nothing besides. */
  public Launch(List<String> java, Path jar, Path directory) {
    this(java, jar, List.of(), directory);
  }

  /** As users start it: {@code java -jar target/metallb-dyn6.jar}, in the checkout. */
  public static Launch ofJar() {
    return new Launch(
        List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()),
        CHECKOUT.resolve("target/metallb-dyn6.jar"),
        CHECKOUT);
  }

  /**
   * The same with a JVM that starts in a third of the processor time: tests start hundreds, and
   * none of them runs for long.
   */
  static Launch ofJarSoon() {
    Launch jar = ofJar();
    return jar.with(QUICK_START)
        .with(List.of("-XX:SharedArchiveFile=" + ClassArchive.of(jar, QUICK_START)));
  }

  /** The jar with the options of the image: its heap, its threads' stacks, its buffers. */
  public static Launch asInPod() {
    return ofJar().with(List.of(IMAGE_OPTIONS));
  }

  /** As the image starts it, from the folder that {@code mvn -Pruntime package} makes. */
  public static Launch ofRuntime(Path folder) {
    Path home = folder.toAbsolutePath();
    return new Launch(
        List.of(home.resolve("jre/bin/java").toString(), "@" + home.resolve("java.options")),
        home.resolve("metallb-dyn6.jar"),
        home);
  }

  /** Returns the same with more options for the JVM. */
  public Launch with(List<String> options) {
    return new Launch(
        Stream.concat(java.stream(), options.stream()).toList(), jar, libraries, directory);
  }

  /** Returns the same with the jars of this folder besides. */
  public Launch withLibraries(Path folder) {
    return new Launch(java, jar, List.of(folder), directory);
  }

  /** Returns the same with JMX on this port of loopback, for whoever comes. */
  public Launch withJmx(int port) {
    return with(
        List.of(
            "-Dcom.sun.management.jmxremote.port=" + port,
            "-Dcom.sun.management.jmxremote.rmi.port=" + port,
            "-Dcom.sun.management.jmxremote.host=127.0.0.1",
            "-Djava.rmi.server.hostname=127.0.0.1",
            "-Dcom.sun.management.jmxremote.authenticate=false",
            "-Dcom.sun.management.jmxremote.ssl=false"));
  }

  /** Returns the same in another working directory. */
  public Launch in(Path newDirectory) {
    return new Launch(java, jar, libraries, newDirectory);
  }

  /** Returns the command with these arguments for the program. */
  public List<String> command(String... arguments) {
    return Stream.of(java.stream(), program(), Stream.of(arguments))
        .flatMap(words -> words)
        .toList();
  }

  /** The JVM takes no other library beside {@code -jar}. */
  private Stream<String> program() {
    if (libraries.isEmpty()) {
      return Stream.of("-jar", jar.toString());
    }
    Stream<String> folders = libraries.stream().map(folder -> folder.resolve("*").toString());
    String classPath =
        Stream.concat(Stream.of(jar.toString()), folders)
            .collect(Collectors.joining(File.pathSeparator));
    return Stream.of("-cp", classPath, Application.class.getName());
  }
}
