package io.github.metallbdyn6;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which package may know which, and how long a file may be. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new DoNotIncludeTests())
          .importPackages("io.github.metallbdyn6");

  private static final String BASE = "io.github.metallbdyn6.";
  private static final String IPV6 = BASE + "ipv6..";

  /** Values and decisions; the inner ones first. */
  private static final List<String> PURE =
      List.of("text", "lease", "ipv6", "answer", "pool", "metallb", "handover", "pass", "follower");

  /** Packages that talk to the world, and serve it. */
  private static final List<String> OUTER =
      List.of(
          "settings",
          "manifest",
          "kubernetes",
          "source",
          "report",
          "http",
          "push",
          "metrics",
          "status",
          "health",
          "management",
          "release",
          "telling",
          "routing");

  private static final int LONGEST_FILE = 200;

  private static String[] packages(List<String> names) {
    return names.stream().map(name -> BASE + name + "..").toArray(String[]::new);
  }

  private static final String[] PURE_PACKAGES = packages(PURE);

  @Test
  void isAboutAllPackages() {
    Set<String> packages =
        CLASSES.stream()
            .map(type -> type.getPackageName().replaceFirst("io.github.metallbdyn6\\.?", ""))
            .filter(name -> !name.isEmpty())
            .collect(Collectors.toSet());
    assertThat(Stream.concat(PURE.stream(), OUTER.stream()))
        .containsExactlyInAnyOrderElementsOf(packages);
  }

  @Test
  void purePackagesDoNoIo() {
    noClasses()
        .that()
        .resideInAnyPackage(PURE_PACKAGES)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.camel..", "io.fabric8..", "java.net..", "java.nio..", "org.slf4j..")
        .check(CLASSES);
  }

  @Test
  void purePackagesReadNoClock() {
    noClasses()
        .that()
        .resideInAnyPackage(PURE_PACKAGES)
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(Instant.class, "now")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Clock.class)
        .check(CLASSES);
  }

  @Test
  void purePackagesKnowOnlyThoseFurtherInside() {
    for (int i = 0; i < PURE.size(); i++) {
      List<String> others =
          Stream.concat(PURE.subList(i + 1, PURE.size()).stream(), OUTER.stream()).toList();
      never(PURE.get(i), others.toArray(String[]::new));
    }
  }

  private static void never(String one, String... others) {
    noClasses()
        .that()
        .resideInAPackage(BASE + one + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages(List.of(others)))
        .check(CLASSES);
  }

  /** Those that stand side by side do not know one another, nor what stands around them. */
  @Test
  void packagesNeverLeanOnTheirNeighbours() {
    never("settings", "report", "source", "kubernetes", "push", "management", "routing");
    never("manifest", OUTER.stream().filter(it -> !it.equals("manifest")).toArray(String[]::new));
    never("kubernetes", "source", "report", "settings", "push", "management", "routing");
    never("source", "kubernetes", "report", "settings", "push", "management", "routing");
    never("report", "kubernetes", "source", "push", "management", "routing");
    never("telling", "management", "push", "routing", "kubernetes", "source", "settings", "status");
    never("push", "management", "routing", "kubernetes", "source");
    never("release", "settings", "source", "report", "push", "management", "routing");
    never("routing", "management", "push", "source", "kubernetes");
    never("status", "management", "kubernetes", "push", "routing", "source");
    never("metrics", "management", "kubernetes", "push", "routing", "source", "status");
  }

  @Test
  void onlyIpv6KnowsTheAddressLibrary() {
    noClasses()
        .that()
        .resideOutsideOfPackage(IPV6)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("inet.ipaddr..")
        .check(CLASSES);
  }

  @Test
  void onlyKubernetesTalksToTheCluster() {
    noClasses()
        .that()
        .resideInAnyPackage(
            packages(List.of("settings", "source", "push", "metrics", "status", "http")))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.fabric8..")
        .check(CLASSES);
  }

  /**
   * The code that both HTTP ports share does not know what they serve, and neither port knows the
   * other.
   */
  @Test
  void httpPortsKnowNothingOfOneAnother() {
    noClasses()
        .that()
        .resideInAPackage("io.github.metallbdyn6.http..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages(OUTER.stream().filter(name -> !name.equals("http")).toList()))
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage("io.github.metallbdyn6.push..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.github.metallbdyn6.management..")
        .check(CLASSES);
  }

  /** Vert.x is for the developer console alone, which is off unless somebody wants it. */
  @Test
  void onlyTheConsoleRunsOnVertx() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "io.github.metallbdyn6.http..",
            "io.github.metallbdyn6.push..",
            "io.github.metallbdyn6.metrics..")
        .or()
        .haveSimpleNameStartingWith("Management")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.vertx..")
        .check(CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("io.github.metallbdyn6.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void noFileIsLong() throws IOException {
    Map<String, Long> tooLong = new TreeMap<>();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(it -> it.toString().endsWith(".java")).toList()) {
        long lines = Files.readAllLines(file).size();
        if (lines > LONGEST_FILE) {
          tooLong.put(file.toString(), lines);
        }
      }
    }
    assertThat(tooLong)
        .as(
            "files with more than %d lines; each class has one reason to exist: find the second one, and give it a class of its own with a noun of the domain for a name; or take out what is dead or said twice",
            LONGEST_FILE)
        .isEmpty();
  }
}
