package io.github.metallbdyn6.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.github.metallbdyn6.ipv6.CurrentPrefix;
import io.github.metallbdyn6.ipv6.Ipv6Prefix;
import io.github.metallbdyn6.ipv6.Lifetimes;
import io.github.metallbdyn6.ipv6.RefusedAnswer;
import io.github.metallbdyn6.testbed.ProgramLog;
import java.net.ConnectException;
import java.util.List;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WatchPrefixTest extends RouteAlone {
  private final ProgramLog log = new ProgramLog();
  private MockEndpoint source;
  private MockEndpoint follower;

  @BeforeEach
  void loadRoute() throws Exception {
    load("1-watch-prefix");
    source = mockStep("watch-prefix", "find-prefix");
    follower = mockStep("watch-prefix", "follow-prefix");
    context.start();
  }

  @AfterEach
  void closeLog() {
    log.close();
  }

  private void pass() {
    template.sendBody("direct:watch-prefix", null);
  }

  private void sourceAnswers(String prefix) {
    CurrentPrefix answer =
        new CurrentPrefix(Ipv6Prefix.parse(prefix), List.of("my-ip"), Lifetimes.UNKNOWN);
    source.whenAnyExchangeReceived(exchange -> exchange.getMessage().setBody(answer));
  }

  @Test
  void handsThePrefixOn() throws Exception {
    sourceAnswers("2001:db8:1:2::/64");
    follower.expectedBodiesReceived(Ipv6Prefix.parse("2001:db8:1:2::/64"));
    pass();
    follower.assertIsSatisfied();
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
    follower.expectedBodiesReceived(prefix, prefix, prefix);
    pass();
    follower.assertIsSatisfied();
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
