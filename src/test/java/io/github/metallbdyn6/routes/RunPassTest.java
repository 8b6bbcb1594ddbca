package io.github.metallbdyn6.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.github.metallbdyn6.answer.CurrentPrefix;
import io.github.metallbdyn6.answer.Lifetimes;
import io.github.metallbdyn6.answer.RefusedAnswer;
import io.github.metallbdyn6.ipv6.AddressRange;
import io.github.metallbdyn6.ipv6.Ipv6Prefix;
import io.github.metallbdyn6.pass.Pass;
import io.github.metallbdyn6.pass.PoolPass;
import io.github.metallbdyn6.pool.PoolPlan;
import io.github.metallbdyn6.pool.PoolState;
import io.github.metallbdyn6.testbed.ProgramLog;
import java.net.ConnectException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.camel.Message;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RunPassTest extends RouteAlone {
  private final ProgramLog log = new ProgramLog();
  private MockEndpoint source;
  private MockEndpoint follower;

  @BeforeEach
  void loadRoute() throws Exception {
    load("0-run-pass", "1-find-prefix");
    source = mockStep("run-pass", "ask-for-prefix");
    follower = mockStep("run-pass", "have-pool-follow");
    context.start();
  }

  @AfterEach
  void closeLog() {
    log.close();
  }

  private void pass() {
    template.sendBody("direct:run-pass", null);
  }

  private void sourceAnswers(String prefix) {
    CurrentPrefix answer =
        new CurrentPrefix(Ipv6Prefix.parse(prefix), List.of("my-ip"), Lifetimes.UNKNOWN);
    Pass pass = new Pass(answer, List.of(PoolPass.follow(pool, answer, 1)));
    source.whenAnyExchangeReceived(exchange -> exchange.getMessage().setBody(pass));
    follower.whenAnyExchangeReceived(
        exchange -> exchange.getMessage().setBody(followed(exchange.getMessage())));
  }

  /** A pass in which the pool is as it should be. */
  private static PoolPass followed(Message message) {
    PoolState pool = PoolState.of("1", List.of(), Map.of(), Instant.EPOCH);
    return message
        .getBody(PoolPass.class)
        .with(pool)
        .with(PoolPlan.of(pool, AddressRange.parseEntry("2001:db8::1-2001:db8::2").orElseThrow()));
  }

  private static List<Ipv6Prefix> prefixes(MockEndpoint mock) {
    return mock.getReceivedExchanges().stream()
        .map(it -> it.getMessage().getBody(PoolPass.class).prefix().orElseThrow().prefix())
        .toList();
  }

  @Test
  void handsThePrefixOn() throws Exception {
    sourceAnswers("2001:db8:1:2::/64");
    follower.expectedMessageCount(1);
    pass();
    follower.assertIsSatisfied();
    assertThat(prefixes(follower)).containsExactly(Ipv6Prefix.parse("2001:db8:1:2::/64"));
    assertThat(log.lines()).noneMatch(line -> line.startsWith("WARN"));
  }

  @Test
  void stopsAtARefusedAnswerAndSaysWhyOnce() throws Exception {
    source.whenAnyExchangeReceived(
        exchange -> {
          throw new RefusedAnswer(RefusedAnswer.Reason.UNIQUE_LOCAL, "fd00:db8::1 is unique-local");
        });
    follower.expectedMessageCount(0);
    pass();
    pass();
    follower.assertIsSatisfied();
    assertThat(source.getReceivedCounter()).isEqualTo(2);
    assertThat(log.lines()).singleElement().asString().contains("unique_local");
  }

  @Test
  void asksAgainWhenTheSourceCannotBeReached() throws Exception {
    source.whenExchangeReceived(
        1,
        exchange -> {
          throw new ConnectException("refused");
        });
    sourceAnswers("2001:db8::/64");
    follower.expectedMessageCount(1);
    pass();
    follower.assertIsSatisfied();
    assertThat(source.getReceivedCounter()).isEqualTo(2);
    assertThat(log.lines()).noneMatch(line -> line.startsWith("WARN"));
  }

  @Test
  void hasThePoolReadAgainAfterAConflict() throws Exception {
    sourceAnswers("2001:db8::/64");
    follower.whenExchangeReceived(1, exchange -> fail(409));
    follower.whenExchangeReceived(2, exchange -> fail(409));
    Ipv6Prefix prefix = Ipv6Prefix.parse("2001:db8::/64");
    follower.expectedMessageCount(3);
    pass();
    follower.assertIsSatisfied();
    assertThat(prefixes(follower)).containsExactly(prefix, prefix, prefix);
    assertThat(source.getReceivedCounter()).as("times asked").isEqualTo(1);
    assertThat(log.lines()).noneMatch(line -> line.startsWith("WARN"));
  }

  @Test
  void doesNotRepeatWhatIsForbidden() throws Exception {
    sourceAnswers("2001:db8::/64");
    follower.whenAnyExchangeReceived(exchange -> fail(403));
    follower.expectedMessageCount(1);
    pass();
    follower.assertIsSatisfied();
    assertThat(log.lines()).singleElement().asString().contains("access refused (403)");
  }

  private static void fail(int code) {
    throw new KubernetesClientException("test", code, null);
  }
}
