package io.github.metallbdyn6.pass;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.metallbdyn6.answer.AddressRule;
import io.github.metallbdyn6.answer.CurrentPrefix;
import io.github.metallbdyn6.answer.Lifetimes;
import io.github.metallbdyn6.handover.HandoverRule;
import io.github.metallbdyn6.ipv6.AddressRange;
import io.github.metallbdyn6.ipv6.Ipv6Prefix;
import io.github.metallbdyn6.pool.ChangeRule;
import io.github.metallbdyn6.pool.Transition;
import io.github.metallbdyn6.pool.WrongPoolRules;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Several pools of one home. */
class PlanStepsTest {
  private static final CurrentPrefix PREFIX =
      new CurrentPrefix(
          Ipv6Prefix.parse("2001:db8:1200::/56"), List.of("my-router"), Lifetimes.UNKNOWN);

  private record Home(Map<String, PoolRules> rules) implements PoolSet {
    @Override
    public List<String> pools() {
      return List.copyOf(rules.keySet());
    }

    @Override
    public List<String> following() {
      return pools();
    }

    @Override
    public Optional<PoolRules> rulesOf(String pool) {
      return Optional.ofNullable(rules.get(pool));
    }
  }

  private static PoolRules rules(String pool, String hosts, String subnet) {
    return new PoolRules(
        AddressRule.of(hosts, subnet, ""),
        Transition.REPLACE,
        HandoverRule.of("0", 180).forPool(pool));
  }

  private static Stream<Home> homes() {
    Random random = new Random(17);
    return Stream.generate(() -> home(random)).limit(500);
  }

  /** Few subnets and few host parts, so that pools often are in each other's way. */
  private static Home home(Random random) {
    Map<String, PoolRules> pools = new TreeMap<>();
    int count = 1 + random.nextInt(5);
    for (int i = 0; i < count; i++) {
      String name = "home/pool-" + i;
      int first = 1 + random.nextInt(40) * 16;
      String hosts = "::%x-::%x".formatted(first, first + random.nextInt(48));
      pools.put(name, rules(name, hosts, "0:0:0:%x::".formatted(random.nextInt(4))));
    }
    return new Home(pools);
  }

  /** Returns the range that each pool gets, or why it is held. */
  private static Map<String, Object> ranges(Home home) {
    PlanSteps planning = new PlanSteps(home, new ChangeRule(1, 0));
    Map<String, Object> results = new TreeMap<>();
    for (PoolPass pass : planning.begin(PREFIX).pools()) {
      try {
        PoolRules rules = home.rulesOf(pass.pool()).orElseThrow();
        results.put(pass.pool(), planning.range(pass.with(rules)).range());
      } catch (WrongPoolRules e) {
        results.put(pass.pool(), String.valueOf(e.getMessage()));
      }
    }
    return results;
  }

  private static AddressRange alone(Home home, String pool) {
    PoolRules rules = home.rulesOf(pool).orElseThrow();
    return (AddressRange) requireNonNull(ranges(new Home(Map.of(pool, rules))).get(pool));
  }

  @ParameterizedTest
  @MethodSource("homes")
  void eachPoolGetsWhatItWouldGetAloneOrIsHeldWithTheOtherOne(Home home) {
    Map<String, Object> together = ranges(home);
    for (String pool : home.pools()) {
      AddressRange wanted = alone(home, pool);
      List<String> inTheWay =
          home.pools().stream()
              .filter(it -> !it.equals(pool) && alone(home, it).overlaps(wanted))
              .toList();
      if (inTheWay.isEmpty()) {
        assertThat(together.get(pool)).isEqualTo(wanted);
      } else {
        assertThat(together.get(pool))
            .asString()
            .contains("pool " + pool + " would get " + wanted)
            .containsAnyOf(inTheWay.toArray(String[]::new));
      }
    }
  }

  @Test
  void aSubnetOutsideOfThePrefixIsHeld() {
    Home home = new Home(Map.of("home/far", rules("home/far", "::1-::9", "0:0:0:100::")));
    PlanSteps planning = new PlanSteps(home, new ChangeRule(1, 0));
    PoolPass pass =
        planning.begin(PREFIX).pools().get(0).with(home.rulesOf("home/far").orElseThrow());

    assertThatThrownBy(() -> planning.range(pass))
        .isInstanceOf(WrongPoolRules.class)
        .hasMessageContaining("0:0:0:100::")
        .hasMessageContaining("home/far")
        .hasMessageContaining("2001:db8:1200::/56");
  }
}
