package io.github.metallbdyn6.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.metallbdyn6.testbed.AttackReport;
import io.github.metallbdyn6.testbed.HomeWithServices;
import io.github.metallbdyn6.testbed.Installation;
import io.github.metallbdyn6.testbed.PodMemory;
import io.github.metallbdyn6.testbed.ProgramProcess;
import io.github.metallbdyn6.testbed.RealMetalLbRelease;
import io.github.metallbdyn6.testbed.RealParts;
import io.github.metallbdyn6.testbed.TestServices;
import io.github.metallbdyn6.testbed.TestServices.Wanted;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Others write into Services and into the pool until a pod's memory is full: 60 services move to
 * the next prefix all the same.
 */
@TestInstance(Lifecycle.PER_CLASS)
class MemoryIT {
  private static final int OURS = 60;
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String HOST_PART = "metallb-dyn6/host-part";
  private static final String PIN = "metallb.io/loadBalancerIPs";

  private HomeWithServices home;
  private TestServices services;
  private Installation installation;
  private ProgramProcess program;
  private PodMemory memory;
  private int prefixes = 10;

  @BeforeAll
  void startHomeAndProgram() {
    RealParts.require();
    home = HomeWithServices.real(RealMetalLbRelease.V0_15, prefix());
    services = home.services();
    create(OURS, number -> Wanted.ipv6Only("ours-" + number));
    installation =
        new Installation(
            RealMetalLbRelease.V0_15.server(), home.cluster().namespace(), List.of("handover"));
    program = installation.start(home.isp(), Map.of());
    memory = PodMemory.limit(program);
    assertPassesGoOn();
  }

  @AfterAll
  void stop() throws Exception {
    program.close();
    memory.close();
    installation.close();
    services.names().parallelStream().forEach(services::delete); // together they take too long
    home.close();
  }

  private String prefix() {
    return "2001:db8:" + prefixes;
  }

  private interface Service {
    Wanted of(int number);
  }

  private void create(int count, Service service) {
    IntStream.range(0, count).parallel().mapToObj(service::of).forEach(services::create);
  }

  private void assertPassesGoOn() {
    int asked = home.isp().timesAsked();
    await().atMost(PATIENCE).until(() -> home.isp().timesAsked() > asked + 2);
  }

  private void changePrefix() {
    prefixes++;
    home.changePrefix(prefix());
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(home.cluster().addresses())
                    .as(program::output)
                    .containsExactly(HomeWithServices.pool(prefix())));
    assertThat(services.addresses("ours-1"))
        .isNotEmpty()
        .allMatch(it -> it.startsWith(prefix() + "::"));
  }

  @AfterEach
  void assertWithinItsMemory() {
    assertThat(program.output()).doesNotContain("OutOfMemoryError");
    assertThat(program.isRunning()).as(program::output).isTrue();
    assertThat(memory.peak()).isLessThanOrEqualTo(PodMemory.LIMIT);
    assertPassesGoOn();
  }

  @ParameterizedTest(name = "{0} services of others with 250 KB of annotations each")
  @ValueSource(ints = 120)
  void foreignAnnotations(int count, TestReporter reporter) {
    reporter.publishEntry(AttackReport.ATTEMPTS, String.valueOf(count));
    create(
        count,
        number ->
            Wanted.clusterIp("foreign-%d-%d".formatted(count, number))
                .annotated("example.com/last-applied", "x".repeat(250_000)));

    changePrefix();
  }

  /** The services are of another class, so that the program reads them, and not MetalLB. */
  @Test
  @DisplayName("12 services of type LoadBalancer with 250 KB in every text that the program reads")
  void longTextsWhereTheProgramReads(TestReporter reporter) {
    reporter.publishEntry(AttackReport.ATTEMPTS, "12");
    create(
        12,
        number ->
            Wanted.ipv6Only("long-" + number)
                .annotated(number % 2 == 0 ? HOST_PART : PIN, "<".repeat(250_000))
                .loadBalancerIp("1".repeat(1_000_000))
                .inClass("example.com/other"));

    changePrefix();
  }

  @Test
  @DisplayName("a host part of 200 KB that is edited 23 times in a row")
  void editsOfALongHostPart(TestReporter reporter) {
    reporter.publishEntry(AttackReport.ATTEMPTS, "23");
    int before = program.output().length();
    for (int edit = 0; edit < 23; edit++) {
      String letter = String.valueOf((char) ('a' + edit));
      services.annotate("ours-7", HOST_PART, letter.repeat(200_000));
    }
    changePrefix();

    assertThat(services.addresses("ours-7")).allMatch(it -> it.startsWith(prefix() + "::"));
    assertThat(program.output().length() - before).as("characters of log").isLessThan(20_000);
    services.annotate("ours-7", HOST_PART, null);
  }

  @Test
  @DisplayName("a pool with 250 KB of annotations and 150 KB of labels")
  void aPoolWithLongTexts(TestReporter reporter) {
    reporter.publishEntry(AttackReport.ATTEMPTS, "2");
    home.cluster()
        .patchPool(
            "{\"metadata\":{\"annotations\":{\"example.com/note\":\"%s\"},\"labels\":{%s}}}"
                .formatted(
                    "x".repeat(250_000),
                    IntStream.range(0, 2000)
                        .mapToObj(i -> "\"example.com/%d\":\"%s\"".formatted(i, "x".repeat(60)))
                        .collect(Collectors.joining(","))));

    changePrefix();
  }

  @Test
  @DisplayName("a pool with 20,000 addresses, until somebody takes them out again")
  void aPoolOfManyAddresses(TestReporter reporter) {
    reporter.publishEntry(AttackReport.ATTEMPTS, "20000");
    List<String> before = home.cluster().addresses();
    String many =
        IntStream.range(0, 20_000)
            .mapToObj(i -> "\"2001:db8:ffff::%x/128\"".formatted(i))
            .collect(Collectors.joining(","));
    home.realMetalLb().orElseThrow().withoutWebhook();
    home.cluster().patchPool("{\"spec\":{\"addresses\":[%s]}}".formatted(many));
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(program.output()).contains("longer than the program reads"));
    assertThat(home.cluster().addresses()).hasSize(20_000);

    home.cluster()
        .patchPool("{\"spec\":{\"addresses\":[\"%s\"]}}".formatted(String.join("\",\"", before)));
    changePrefix();
  }
}
