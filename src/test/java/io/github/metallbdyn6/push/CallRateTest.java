package io.github.metallbdyn6.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CallRateTest {
  /** As {@link System#nanoTime} may be: below zero, and about to overflow. */
  private final AtomicLong now = new AtomicLong(-5);

  private final CallRate rate = new CallRate(now::get);

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private long allowedOf(int calls, String caller) {
    InetAddress address = address(caller);
    return IntStream.range(0, calls).filter(call -> !rate.isExceeded(address)).count();
  }

  private void after(Duration pause) {
    now.addAndGet(pause.toNanos());
  }

  @Test
  void allowsAFewAtOnceAndOneMoreAfterEachPause() {
    assertThat(allowedOf(100, "192.0.2.1")).isEqualTo(20);
    after(Duration.ofSeconds(3));
    assertThat(allowedOf(100, "192.0.2.1")).isEqualTo(1);
    after(Duration.ofSeconds(30));
    assertThat(allowedOf(100, "192.0.2.1")).isEqualTo(10);
    after(Duration.ofDays(1));
    assertThat(allowedOf(100, "192.0.2.1")).isEqualTo(20);
  }

  @Test
  void countsEverybodyForHimself() {
    allowedOf(100, "192.0.2.1");
    assertThat(allowedOf(100, "192.0.2.2")).isEqualTo(20);
    assertThat(allowedOf(100, "2001:db8::1")).isEqualTo(20);
  }

  @Test
  void countsAllAddressesOfAnIpv6SubnetTogether() {
    allowedOf(100, "2001:db8::1");
    assertThat(allowedOf(100, "2001:db8::ffff:1")).isZero();
    assertThat(allowedOf(100, "2001:db8:0:1::1")).isEqualTo(20);
  }

  @Test
  void remembersOnlySoMany() {
    assertThat(allowedOf(5, "192.0.2.1")).isEqualTo(5);
    guessFromMany();

    assertThat(allowedOf(100, "198.51.100.1")).as("one of everybody else").isZero();
    assertThat(allowedOf(100, "192.0.2.1")).as("known before").isEqualTo(15);
    after(Duration.ofMinutes(2));
    assertThat(allowedOf(100, "198.51.100.1")).isEqualTo(20);
  }

  @Test
  void keepsACountForWhoPushedRightlyHoweverManyGuess() {
    rate.pushedRightly(address("192.0.2.1"));
    after(Duration.ofDays(6));
    guessFromMany();
    assertThat(allowedOf(100, "198.51.100.1")).as("one of everybody else").isZero();
    assertThat(allowedOf(100, "192.0.2.1")).isEqualTo(20);

    after(Duration.ofDays(2));
    guessFromMany();
    assertThat(allowedOf(100, "192.0.2.1")).as("after a week").isZero();
  }

  private void guessFromMany() {
    IntStream.range(0, 5000).forEach(i -> allowedOf(1, "2001:db8:1:%x::1".formatted(i)));
  }

  @Test
  void knowsOnlySoManyRouters() {
    IntStream.range(0, 101).forEach(i -> rate.pushedRightly(address("192.0.2." + i)));
    guessFromMany();
    assertThat(allowedOf(1, "192.0.2.0")).as("the one that was heard of first").isZero();
    assertThat(allowedOf(1, "192.0.2.1")).isEqualTo(1);
  }
}
