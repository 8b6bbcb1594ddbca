package io.github.metallbdyn6;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Which package may know which. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new DoNotIncludeTests())
          .importPackages("io.github.metallbdyn6");

  private static final String IPV6 = "io.github.metallbdyn6.ipv6..";
  private static final String POOL = "io.github.metallbdyn6.pool..";
  private static final String METALLB = "io.github.metallbdyn6.metallb..";
  private static final String HANDOVER = "io.github.metallbdyn6.handover..";
  private static final String[] OUTER = {
    "io.github.metallbdyn6",
    "io.github.metallbdyn6.kubernetes..",
    "io.github.metallbdyn6.management..",
    "io.github.metallbdyn6.metrics..",
    "io.github.metallbdyn6.push..",
    "io.github.metallbdyn6.report..",
    "io.github.metallbdyn6.routing..",
    "io.github.metallbdyn6.settings..",
    "io.github.metallbdyn6.source.."
  };

  @Test
  void purePackagesDoNoIo() {
    noClasses()
        .that()
        .resideInAnyPackage(IPV6, POOL, METALLB, HANDOVER)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.camel..",
            "io.fabric8..",
            "java.io..",
            "java.net..",
            "java.nio..",
            "org.slf4j..")
        .check(CLASSES);
  }

  @Test
  void purePackagesReadNoClock() {
    noClasses()
        .that()
        .resideInAnyPackage(IPV6, POOL, METALLB, HANDOVER)
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
  void purePackagesKnowNobodyOutside() {
    noClasses()
        .that()
        .resideInAnyPackage(IPV6, POOL, METALLB, HANDOVER)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(OUTER)
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage(IPV6)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(POOL, METALLB, HANDOVER)
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAnyPackage(POOL, METALLB)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(HANDOVER)
        .check(CLASSES);
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
            "io.github.metallbdyn6.settings..",
            "io.github.metallbdyn6.source..",
            IPV6,
            POOL,
            HANDOVER)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.fabric8..")
        .check(CLASSES);
  }

  /** What both HTTP ports share has no idea of what they serve, and neither port of the other. */
  @Test
  void httpPortsKnowNothingOfOneAnother() {
    noClasses()
        .that()
        .resideInAPackage("io.github.metallbdyn6.http..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(OUTER)
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
}
