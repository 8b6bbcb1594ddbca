package io.github.metallbdyn6.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.testbed.RealMetalLbRelease;
import io.github.metallbdyn6.testbed.TestServices.Wanted;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Somebody who may edit the services of one namespace takes what others are about to get. */
class SquattersIT {
  private static final String PIN = "metallb.io/loadBalancerIPs";

  private static final int CROWD = 400;

  private Neighbourhood here;

  @BeforeEach
  void start() {
    here = new Neighbourhood(RealMetalLbRelease.V0_15, Duration.ofSeconds(15));
    here.awaitStart();
  }

  @AfterEach
  void stop() throws Exception {
    here.insider.leave();
    here.close();
  }

  private String part(String address, boolean ipv6) {
    return List.of(address.split(",")).stream()
        .filter(it -> it.contains(":") == ipv6)
        .findFirst()
        .orElse("");
  }

  private String addresses(String victim) {
    return String.join(",", here.services().addresses(victim));
  }

  private String hostPart(String victim) {
    return part(addresses(victim), true).replaceFirst("^.*::", "::");
  }

  private void squat(String name, String addresses) {
    here.insider.services().create(Wanted.ipv6Only(name).annotated(PIN, addresses));
  }

  @Test
  @DisplayName("Host parts of neighbours pinned under the next prefix cost nobody his IPv4 address")
  void nextPrefix() {
    int present = Integer.parseInt(here.prefix().replace("2001:db8:", ""));
    String next = "2001:db8:" + (present + 1);
    Map<String, String> before = new TreeMap<>();
    for (String victim : List.of("web", "mail", "pinned")) {
      before.put(victim, part(addresses(victim), false));
      squat("squatter-of-" + victim, next + hostPart(victim));
    }
    here.changePrefix();
    here.awaitOnlyThePrefix();

    Neighbourhood.soon(
        () ->
            before.forEach(
                (victim, ipv4) -> assertThat(addresses(victim)).as(victim).contains(ipv4)));
  }

  @Test
  @DisplayName("Who takes a host part under an older prefix does not get it under the next one")
  void olderPrefix() {
    String older = here.prefix();
    here.create(Wanted.ipv6Only("immovable"));
    for (int i = 0; i < 4; i++) {
      here.insider.services().annotate("immovable", "example.com/" + i, "x".repeat(65_000));
    }
    int used =
        here.insider.services().annotations("immovable").entrySet().stream()
            .mapToInt(it -> it.getKey().length() + it.getValue().length())
            .sum();
    here.insider.services().annotate("immovable", "example.com/z", "x".repeat(262_144 - used - 13));
    here.changePrefix();
    here.awaitEverybodyUnderThePrefix();
    List<String> victims = List.of("web", "mail", "pinned", "six");
    victims.forEach(victim -> squat("heir-of-" + victim, older + hostPart(victim)));
    victims.forEach(
        victim ->
            Neighbourhood.soon(
                () ->
                    assertThat(here.insider.services().addresses("heir-of-" + victim))
                        .containsExactly(older + hostPart(victim))));
    here.changePrefix();

    here.awaitEverybodyUnderThePrefix();
  }

  /** MetalLB gives the crowd their addresses one after the other. */
  @Test
  @DisplayName("Many services of a namespace that sorts first do not delay those of others")
  void crowd() {
    IntStream.range(0, CROWD)
        .parallel()
        .forEach(i -> here.insider.services().create(Wanted.ipv6Only("a" + i)));
    IntStream.range(0, CROWD)
        .parallel()
        .forEach(
            i ->
                Neighbourhood.soon(
                    () -> assertThat(here.insider.services().addresses("a" + i)).isNotEmpty()));
    here.changePrefix();
    here.awaitEverybodyUnderThePrefix();

    assertThat(IntStream.range(0, CROWD).parallel().filter(this::isLeft).count())
        .as("services of the crowd that still wait")
        .isPositive();
  }

  private boolean isLeft(int number) {
    return here.insider.services().addresses("a" + number).stream()
        .noneMatch(address -> address.startsWith(here.prefix() + "::"));
  }
}
