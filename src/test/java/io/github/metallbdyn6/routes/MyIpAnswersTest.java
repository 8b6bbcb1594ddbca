package io.github.metallbdyn6.routes;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.metallbdyn6.answer.RefusedAnswer;
import io.github.metallbdyn6.pass.Pass;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.camel.Exchange;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.slf4j.LoggerFactory;

/** Every answer that the my-ip source can send with status 200, and the verdict of the routes. */
class MyIpAnswersTest extends RouteAlone {
  private static final int FUZZED = 12_000;
  private static final long SEED = 20_261_122;
  private static final String GOOD =
      "{\"success\":true,\"ip\":\"2001:db8:b:5::1\",\"type\":\"IPv6\"}";

  private static final List<String> REASONS =
      Arrays.stream(RefusedAnswer.Reason.values()).map(Enum::name).toList();

  private static final Logger LOGGER = (Logger) LoggerFactory.getLogger("metallb-dyn6");

  private MockEndpoint http;
  private MockEndpoint follower;
  private byte[] answer = {};

  /** Thousands of refusals in a row are not worth thousands of lines. */
  @BeforeAll
  static void beQuiet() {
    LOGGER.setLevel(Level.OFF);
  }

  @AfterAll
  static void speakAgain() {
    LOGGER.setLevel(null);
  }

  @BeforeEach
  void loadRoutes() throws Exception {
    load("0-run-pass", "1-find-prefix", "source-my-ip");
    makeRouteThatAsks("my-ip");
    AdviceWith.adviceWith(context, "run-pass", advice -> advice.replaceFromWith("direct:run-pass"));
    http = mockStep("ask-web", "send-question");
    http.setRetainLast(1);
    http.whenAnyExchangeReceived(
        exchange -> exchange.getMessage().setBody(new ByteArrayInputStream(answer)));
    follower = mockStep("run-pass", "one-pool-or-several");
    mockStep("run-pass", "for-each-followed-pool").setRetainLast(1);
    follower.setRetainLast(1);
    context.start();
  }

  /** Returns the prefix that comes of the answer, or the reason why none does. */
  private String pass(byte[] bytes) {
    answer = bytes;
    follower.reset();
    Exchange exchange = template.send("direct:run-pass", it -> {});
    if (follower.getReceivedCounter() == 1) {
      return follower
          .getReceivedExchanges()
          .get(0)
          .getMessage()
          .getBody(Pass.class)
          .prefix()
          .prefix()
          .toString();
    }
    Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    if (failure instanceof RefusedAnswer refused) {
      return refused.reason().name();
    }
    return failure instanceof JsonProcessingException ? "MALFORMED" : String.valueOf(failure);
  }

  @ParameterizedTest
  @CsvFileSource(
      resources = "/my-ip-answers.csv",
      numLinesToSkip = 1,
      delimiter = '|',
      quoteCharacter = '`')
  void everyAnswerIsJudged(String text, String expected, String why) {
    assertThat(pass(text.getBytes(StandardCharsets.UTF_8))).as(why).isEqualTo(expected);
  }

  @Test
  void noRandomBytesAndNoDamagedAnswerGiveAPrefixThatWasNotInThem() {
    Random random = new Random(SEED);
    int accepted = 0;
    for (int i = 0; i < FUZZED; i++) {
      byte[] bytes = i % 4 == 0 ? noise(random) : damaged(random);
      String result = pass(bytes);
      if (result.contains(":")) {
        accepted++;
        assertThat(isAnswerWith(bytes, result))
            .as(
                "seed %d, input %d: %s -> %s",
                SEED, i, new String(bytes, StandardCharsets.UTF_8), result)
            .isTrue();
      } else {
        assertThat(REASONS).as("seed %d, input %d", SEED, i).contains(result);
      }
    }
    assertThat(accepted).as("damaged answers that are answers still").isBetween(1, FUZZED / 2);
    assertThat(pass(GOOD.getBytes(StandardCharsets.UTF_8))).isEqualTo("2001:db8:b:5::/64");
  }

  private static byte[] noise(Random random) {
    byte[] bytes = new byte[random.nextInt(200)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] damaged(Random random) {
    byte[] bytes = GOOD.getBytes(StandardCharsets.UTF_8);
    for (int hits = 1 + random.nextInt(3); hits > 0; hits--) {
      int at = random.nextInt(bytes.length);
      bytes[at] =
          random.nextBoolean()
              ? (byte) "0123456789abcdef:./%,\"{}[] \n".charAt(random.nextInt(28))
              : (byte) (bytes[at] ^ 1 << random.nextInt(8));
    }
    return bytes;
  }

  /**
   * Judges by other means, the JDK's: one JSON object whose ip is a global address under the
   * prefix.
   */
  private static boolean isAnswerWith(byte[] bytes, String prefix) {
    try {
      JsonNode json = new ObjectMapper().readTree(bytes);
      String ip = json.path("ip").asText().strip().replaceFirst("/.*", "");
      byte[] address = InetAddress.getByName(ip).getAddress();
      byte[] network = InetAddress.getByName(prefix.replaceFirst("/.*", "")).getAddress();
      boolean sameSubnet = true;
      for (int i = 0; i < 8; i++) {
        sameSubnet &= address[i] == network[i];
      }
      return InetAddress.getByName(ip) instanceof Inet6Address
          && sameSubnet
          && (address[0] & 0xe0) == 0x20
          && !json.path("success").asText("true").equals("false");
    } catch (IOException e) {
      return false;
    }
  }
}
