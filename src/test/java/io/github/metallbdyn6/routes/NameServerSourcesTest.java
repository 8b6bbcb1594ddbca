package io.github.metallbdyn6.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.metallbdyn6.answer.RefusedAnswer;
import io.github.metallbdyn6.testbed.DnsMessage;
import io.github.metallbdyn6.testbed.FakeNameServer;
import io.github.metallbdyn6.testbed.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sources that are a name server, against a real one. */
class NameServerSourcesTest extends RouteAlone {
  private static final Duration TIMEOUT = Duration.ofSeconds(1);

  private static final FakeNameServer SERVER = new FakeNameServer(InetAddress.getLoopbackAddress());

  NameServerSourcesTest() {
    super(
        Map.of(
            "METALLB_DYN6_OPENDNS_SERVER",
            SERVER.address(),
            "METALLB_DYN6_GOOGLE_DNS_SERVER",
            SERVER.address(),
            "METALLB_DYN6_REQUEST_TIMEOUT",
            String.valueOf(TIMEOUT.toSeconds())));
  }

  @BeforeEach
  void silenceServer() {
    SERVER.beginAnew();
  }

  @AfterAll
  static void stopServer() throws IOException {
    SERVER.close();
  }

  private static DnsMessage good(DnsMessage question) {
    return question.with("AAAA", "2001:db8::5c1e");
  }

  private static DnsMessage lie(DnsMessage question) {
    return question.with("AAAA", "2001:db8:bad::1");
  }

  private String ask(String route) throws Exception {
    load(route);
    context.start();
    return call(route, null, String.class);
  }

  private String askOpenDns() throws Exception {
    return ask("source-opendns");
  }

  @Test
  void readAnAaaaRecord() throws Exception {
    SERVER.answers(NameServerSourcesTest::good);
    assertThat(askOpenDns()).isEqualTo("2001:db8::5c1e");
    assertThat(SERVER.asked()).containsExactly("udp AAAA myip.opendns.com");
  }

  @Test
  void readATextRecord() throws Exception {
    SERVER.answers(question -> question.withText("2001:db8::5c1e"));
    assertThat(ask("source-google-dns")).isEqualTo("2001:db8::5c1e");
    assertThat(SERVER.asked()).containsExactly("udp TXT o-o.myaddr.l.google.com");
  }

  @Test
  void giveEachRecordALineSoThatSeveralAreSeen() throws Exception {
    SERVER.answers(question -> lie(good(question)));
    assertThat(askOpenDns().lines()).hasSize(2);
  }

  /** A resolver on the way adds for whom it asks, and its own address is of no use. */
  @Test
  void showThatAResolverIsOnTheWay() throws Exception {
    SERVER.answers(
        question -> question.withText("2001:db8::53").withText("edns0-client-subnet 192.0.2.0/24"));
    assertThat(ask("source-google-dns")).contains("edns0-client-subnet");
  }

  @Test
  void askByTcpWhereTheAnswerIsTooLong() throws Exception {
    SERVER.answers(DnsMessage::truncated);
    SERVER.answersByTcp(NameServerSourcesTest::good);
    assertThat(askOpenDns()).isEqualTo("2001:db8::5c1e");
    assertThat(SERVER.asked())
        .containsExactly("udp AAAA myip.opendns.com", "tcp AAAA myip.opendns.com");
  }

  @Test
  void takeNothingFromATruncatedAnswerThatTcpDoesNotComplete() {
    SERVER.answers(DnsMessage::truncated);
    assertThatThrownBy(this::askOpenDns).hasRootCauseInstanceOf(RefusedAnswer.class);
  }

  @Test
  void refuseAnAnswerWithoutAnAaaaRecord() {
    SERVER.answers(question -> question.with("A", "192.0.2.1"));
    assertThatThrownBy(this::askOpenDns)
        .rootCause()
        .isInstanceOfSatisfying(
            RefusedAnswer.class,
            refused -> assertThat(refused.reason()).isEqualTo(RefusedAnswer.Reason.EMPTY));
  }

  /** As resolvers do that do not belong to OpenDNS, because a router has caught the question. */
  @Test
  void refuseThatThereIsNoSuchName() {
    SERVER.answers(question -> question.withCode(3));
    assertThatThrownBy(this::askOpenDns)
        .hasRootCauseInstanceOf(RefusedAnswer.class)
        .hasStackTraceContaining(SERVER.address() + " does not know myip.opendns.com");
  }

  /** SERVFAIL, not implemented, refused. */
  @ParameterizedTest
  @ValueSource(ints = {2, 4, 5})
  void failWhereTheServerDoes(int code) {
    SERVER.answers(question -> question.withCode(code));
    assertThatThrownBy(this::askOpenDns).hasCauseInstanceOf(IOException.class);
  }

  @Test
  void failWhereTheAnswerIsNonsense() {
    SERVER.answers(DnsMessage::withNonsense);
    assertThatThrownBy(this::askOpenDns).hasCauseInstanceOf(IOException.class);
  }

  @Test
  void failInTimeWhereTheServerIsSilent() {
    long start = System.nanoTime();
    assertThatThrownBy(this::askOpenDns)
        .hasCauseInstanceOf(IOException.class)
        .hasStackTraceContaining(SERVER.address() + " does not answer");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(TIMEOUT.multipliedBy(4));
    assertThat(SERVER.asked()).hasSize(2);
  }

  @Test
  void passOverAnAnswerWithAnotherNumber() throws Exception {
    SERVER.answers(question -> lie(question).withOtherId(), NameServerSourcesTest::good);
    assertThat(askOpenDns()).isEqualTo("2001:db8::5c1e");
  }

  @Test
  void passOverAnAnswerToAnotherQuestion() throws Exception {
    SERVER.answers(question -> lie(question).withName("example.net"), NameServerSourcesTest::good);
    assertThat(askOpenDns()).isEqualTo("2001:db8::5c1e");
  }

  @Test
  void takeNothingFromSpoofedAnswersAlone() {
    SERVER.answers(question -> lie(question).withOtherId());
    assertThatThrownBy(this::askOpenDns).hasCauseInstanceOf(IOException.class);
  }

  @Nested
  class ByIpv6 extends RouteAlone {
    private static final FakeNameServer SERVER_V6 = new FakeNameServer(loopback());

    ByIpv6() {
      super(Map.of("METALLB_DYN6_OPENDNS_SERVER", SERVER_V6.address()));
    }

    private static InetAddress loopback() {
      try {
        return InetAddress.getAllByName("::1")[0];
      } catch (UnknownHostException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Test
    void aServerIsAsked() throws Exception {
      try (SERVER_V6) {
        SERVER_V6.answers(NameServerSourcesTest::good);
        load("source-opendns");
        context.start();
        assertThat(call("source-opendns", null, String.class)).isEqualTo("2001:db8::5c1e");
      }
    }
  }

  @Nested
  class WhereNobodyListens extends RouteAlone {
    WhereNobodyListens() {
      super(Map.of("METALLB_DYN6_OPENDNS_SERVER", "127.0.0.1:" + FreePort.find()));
    }

    @Test
    void thatIsAFailure() throws Exception {
      load("source-opendns");
      context.start();
      assertThatThrownBy(() -> call("source-opendns", null, String.class))
          .hasCauseInstanceOf(IOException.class);
    }
  }

  @Nested
  class WithANonsensicalServer extends RouteAlone {
    WithANonsensicalServer() {
      super(Map.of("METALLB_DYN6_OPENDNS_SERVER", "a_b:c"));
    }

    @Test
    void thatIsSaid() throws Exception {
      load("source-opendns");
      context.start();
      assertThatThrownBy(() -> call("source-opendns", null, String.class))
          .hasStackTraceContaining("a_b:c is no name server: host or address, and :port");
    }
  }
}
