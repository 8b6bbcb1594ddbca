package io.github.metallbdyn6.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.answer.CurrentPrefix;
import io.github.metallbdyn6.answer.Lifetimes;
import io.github.metallbdyn6.ipv6.AddressRange;
import io.github.metallbdyn6.ipv6.Ipv6Prefix;
import io.github.metallbdyn6.pass.Explanation;
import io.github.metallbdyn6.pass.PoolPass;
import io.github.metallbdyn6.pool.PoolPlan;
import io.github.metallbdyn6.pool.PoolState;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProgramStateTest {
  private static final Instant START = Instant.parse("2026-01-02T10:14:00Z");
  private static final Instant LATER = START.plusSeconds(60);
  private static final String OLD = "2001:db8:a::1000-2001:db8:a::1999";
  private static final AddressRange NEW =
      AddressRange.parseEntry("2001:db8:b::1000-2001:db8:b::1999").orElseThrow();

  private final ProgramState state = new ProgramState("my-ip,ipify", START);

  private Status status() {
    return state.status(new Attention(Clock.systemUTC()), List.of());
  }

  private static CurrentPrefix prefix(String... sources) {
    return new CurrentPrefix(
        Ipv6Prefix.parse("2001:db8:a::/64"), List.of(sources), Lifetimes.UNKNOWN);
  }

  private static PoolPass change() {
    PoolState pool = PoolState.of("1", List.of(OLD), Map.of(PoolState.RECORD, OLD), START);
    return PoolPass.place("home/public").with(pool).with(PoolPlan.of(pool, NEW));
  }

  @Test
  void knowsNothingAtFirst() {
    assertThat(state.hasPlanned()).isFalse();
    assertThat(status().startedAt()).isEqualTo(START);
    assertThat(status().current()).isEmpty();
    assertThat(status().isInSync()).isFalse();
  }

  @Test
  void theSamePrefixFromOtherSourcesThatAgreeIsNoNews() {
    assertThat(state.answered(prefix("my-ip", "ipify"), START)).isPresent();
    assertThat(state.answered(prefix("my-ip"), LATER)).isEmpty();
    assertThat(status().prefixSince()).contains(START);
  }

  @Test
  void theRangeThatThePoolHoldsIsKnownOnceItWasWritten() {
    state.planned(change().plan(), START);
    assertThat(state.hasPlanned()).isTrue();
    assertThat(status().kept()).isEmpty();

    state.patched(change(), LATER);
    assertThat(status().kept()).contains(NEW);
    assertThat(status().lastChange()).contains(LATER);
  }

  @Test
  void aTroubleIsOverWithTheNextSuccess() {
    Explanation why = Explanation.failure(Explanation.Area.SOURCE, "test", "test");
    state.failed(why, START);
    assertThat(state.failed(why, LATER).passes()).isEqualTo(2);

    Optional<Trouble> ended = state.succeeded(LATER);
    assertThat(ended).map(Trouble::since).contains(START);
    assertThat(state.succeeded(LATER)).isEmpty();
    assertThat(status().trouble()).isEmpty();
  }
}
