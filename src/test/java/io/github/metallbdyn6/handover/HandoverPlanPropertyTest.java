package io.github.metallbdyn6.handover;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.ipv6.AddressRange;
import io.github.metallbdyn6.pool.EarlierRanges;
import io.github.metallbdyn6.pool.Uptake;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Properties of every street of services. The seed in a test's name is all that its case depends
 * on.
 */
class HandoverPlanPropertyTest {
  private static final Instant BEGUN = Instant.parse("2026-11-22T20:00:00Z");
  private static final List<String> PREFIXES = List.of("2001:db8:a", "2001:db8:b", "2001:db8:c");

  /** More rounds than any service needs steps. */
  private static final int ROUNDS = 40;

  static LongStream seeds() {
    return LongStream.range(0, 500);
  }

  private static AddressRange range(String prefix) {
    return AddressRange.parseEntry("%1$s::1000-%1$s::1999".formatted(prefix)).orElseThrow();
  }

  private static HandoverGoal goal(String prefix) {
    return new HandoverGoal(
        new HomePool("metallb-system/public", List.of(), new EarlierRanges(List.of())),
        range(prefix),
        PREFIXES.stream().filter(it -> !it.equals(prefix)).map(it -> range(it)).toList(),
        List.of(),
        Uptake.SILENT,
        Duration.ofHours(1),
        BEGUN,
        BEGUN);
  }

  /** Services of many kinds under one prefix, no two with the same host part unless they share. */
  private static Map<String, LiveService> street(Random random, String prefix) {
    Map<String, LiveService> street = new TreeMap<>();
    for (int i = 0; i < 1 + random.nextInt(12); i++) {
      String ipv4 = "192.0.2." + (10 + i);
      String ipv6 = "%s::%x".formatted(prefix, 0x1000 + i * 7 + random.nextInt(7));
      String[] both = random.nextBoolean() ? new String[] {ipv4, ipv6} : new String[] {ipv6, ipv4};
      String text = String.join(random.nextBoolean() ? "," : " , ", both);
      LiveService service = LiveService.at("s" + i, both);
      service =
          switch (random.nextInt(8)) {
            case 0 -> service.annotated(ServiceAnnotations.PIN, text);
            case 1 -> service.annotated(ServiceAnnotations.NEWER_PIN, text);
            case 2 ->
                service
                    .annotated(ServiceAnnotations.PIN, text)
                    .annotated(ServiceAnnotations.NEWER_PIN, text);
            case 3 -> LiveService.at("s" + i, ipv6).asking(ipv6);
            case 4 -> LiveService.at("s" + i, ipv6);
            case 5 -> LiveService.at("s" + i, ipv4);
            default -> service;
          };
      if (random.nextInt(4) == 0) {
        service =
            service.annotated(
                ServiceAnnotations.DNS_TARGET, "home.example," + text + ",2001:db8:f::1");
      }
      street.put(service.name(), service.annotated("example.com/kept", "2001:db8:a::1001"));
      if (random.nextInt(6) == 0) {
        LiveService one = service.annotated(ServiceAnnotations.SHARING, "door" + i);
        street.put(one.name(), one);
        street.put(
            "t" + i,
            new LiveService("t" + i, 1, one.annotations(), one.loadBalancerIp(), one.ingress()));
      }
    }
    return street;
  }

  /** One look: all patches are carried out, and MetalLB serves some of the services. */
  private static boolean look(Map<String, LiveService> street, HandoverGoal goal, Random random) {
    HandoverPlan plan =
        HandoverPlan.of(goal, street.values().stream().map(LiveService::state).toList());
    plan.patches()
        .forEach(
            it -> street.computeIfPresent(it.service().name(), (name, one) -> one.patched(it)));
    street.replaceAll((name, one) -> random.nextInt(3) == 0 ? one : one.served());
    return plan.isSettled();
  }

  private static void settle(Map<String, LiveService> street, HandoverGoal goal, Random random) {
    boolean settled = false;
    for (int round = 0; round < ROUNDS && !settled; round++) {
      settled = look(street, goal, random);
    }
    assertThat(settled).isTrue();
  }

  private static Set<String> under(List<String> addresses, String prefix) {
    Set<String> values = new HashSet<>();
    addresses.forEach(it -> values.add(it.replaceFirst("2001:db8:[abc]::", prefix + "::")));
    return values;
  }

  private static String renumbered(String text, String prefix) {
    return text.replaceAll("2001:db8:[abc]::", prefix + "::");
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void everybodyKeepsIpv4AndHostPartHoweverOftenThePrefixChanges(long seed) {
    Random random = new Random(seed);
    Map<String, LiveService> street = street(random, PREFIXES.get(0));
    Map<String, LiveService> before = new HashMap<>(street);
    String prefix = PREFIXES.get(0);
    for (int changes = random.nextInt(4); changes >= 0; changes--) {
      prefix = PREFIXES.get(random.nextInt(PREFIXES.size()));
      for (int looks = random.nextInt(6); looks > 0; looks--) {
        look(street, goal(prefix), random);
      }
    }
    settle(street, goal(prefix), random);

    String last = prefix;
    street.forEach(
        (name, now) -> {
          LiveService old = requireNonNull(before.get(name));
          assertThat(under(now.ingress(), last)).isEqualTo(under(old.ingress(), last));
          assertThat(new HashSet<>(now.ingress())).isEqualTo(under(old.ingress(), last));
          assertThat(now.loadBalancerIp()).isEqualTo(renumbered(old.loadBalancerIp(), last));
        });
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void annotationsAreTheSameUnderTheNewPrefixAndNothingOfOursStays(long seed) {
    Random random = new Random(seed);
    Map<String, LiveService> street = street(random, "2001:db8:a");
    Map<String, LiveService> before = new HashMap<>(street);

    settle(street, goal("2001:db8:b"), random);

    street.forEach(
        (name, now) -> {
          LiveService old = requireNonNull(before.get(name));
          Map<String, String> expected = new TreeMap<>(old.annotations());
          boolean moved = !now.ingress().equals(old.ingress());
          expected.replaceAll(
              (key, value) ->
                  moved && !key.equals("example.com/kept")
                      ? renumbered(value, "2001:db8:b")
                      : value);
          assertThat(now.annotations()).isEqualTo(expected);
        });
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void noPatchEverAsksForAnotherIpv4OrTouchesWhatIsForeign(long seed) {
    Random random = new Random(seed);
    Map<String, LiveService> street = street(random, "2001:db8:a");
    List<ServicePatch> patches = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      HandoverGoal goal = goal(PREFIXES.get(random.nextInt(PREFIXES.size())));
      patches.addAll(
          HandoverPlan.of(goal, street.values().stream().map(LiveService::state).toList())
              .patches());
      look(street, goal, random);
    }
    assertThat(patches)
        .allSatisfy(
            patch -> {
              assertThat(ServiceAnnotations.ALL).containsAll(patch.annotations().keySet());
              String pin = patch.annotations().get(ServiceAnnotations.PIN);
              List<String> ipv4 =
                  patch.service().ingress().stream().filter(it -> it.contains(".")).toList();
              if (pin != null && !ipv4.isEmpty()) {
                assertThat(pin).contains(ipv4);
              }
            });
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void planningAgainGivesNothing(long seed) {
    Random random = new Random(seed);
    Map<String, LiveService> street = street(random, "2001:db8:a");
    settle(street, goal("2001:db8:b"), random);

    HandoverPlan again =
        HandoverPlan.of(
            goal("2001:db8:b"), street.values().stream().map(LiveService::state).toList());

    assertThat(again.isSettled()).isTrue();
    assertThat(again.inUse()).isEmpty();
    assertThat(again.problems()).isEmpty();
  }
}
