package io.github.metallbdyn6.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.answer.RefusedAnswer;
import io.github.metallbdyn6.answer.RefusedAnswer.Reason;
import io.github.metallbdyn6.source.XmlAnswer;
import io.github.metallbdyn6.testbed.FakeRouter;
import io.github.metallbdyn6.testbed.FakeRouter.Question;
import io.github.metallbdyn6.testbed.Reply;
import java.net.ConnectException;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceFritzboxTest extends RouteAlone {
  private static final FakeRouter BOX = new FakeRouter();
  private static final String XML = "text/xml; charset=\"utf-8\"";

  /** As FRITZ!OS sends it, line ends included. */
  private static final String ANSWER =
      """
      <?xml version="1.0"?>
      <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" s:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/">
      <s:Body>
      <u:X_AVM_DE_GetIPv6PrefixResponse xmlns:u="urn:schemas-upnp-org:service:WANIPConnection:1">
      <NewIPv6Prefix>%s</NewIPv6Prefix>
      <NewPrefixLength>%s</NewPrefixLength>
      <NewValidLifetime>%s</NewValidLifetime>
      <NewPreferedLifetime>%s</NewPreferedLifetime>
      </u:X_AVM_DE_GetIPv6PrefixResponse>
      </s:Body>
      </s:Envelope>
      """;

  private static final String FAULT =
      """
      <?xml version="1.0"?>
      <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" s:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/">
      <s:Body><s:Fault><faultcode>s:Client</faultcode><faultstring>UPnPError</faultstring><detail>
      <UPnPError xmlns="urn:schemas-upnp-org:control-1-0"><errorCode>606</errorCode><errorDescription>Action Not Authorized</errorDescription></UPnPError>
      </detail></s:Fault></s:Body></s:Envelope>
      """;

  SourceFritzboxTest() {
    super(Map.of("METALLB_DYN6_FRITZBOX_URL", BOX.url()));
  }

  @BeforeEach
  void loadRoute() throws Exception {
    BOX.reset();
    load("1-find-prefix", "source-fritzbox");
    context.start();
  }

  @AfterAll
  static void closeBox() {
    BOX.close();
  }

  private Exchange ask() {
    return template.send("direct:source-fritzbox", exchange -> {});
  }

  private static void answers(Object prefix, Object length, Object valid, Object preferred) {
    BOX.answers(200, XML, ANSWER.formatted(prefix, length, valid, preferred));
  }

  @Test
  void postsTheActionToTheServiceThatKnowsThePrefix() {
    answers("2001:db8:0:1200::", 56, 6767, 3167);
    ask();

    Question question = BOX.questions().get(0);
    assertThat(question.method()).isEqualTo("POST");
    assertThat(question.path()).isEqualTo("/igdupnp/control/WANIPConn1");
    assertThat(question.headers())
        .containsEntry("content-type", "text/xml; charset=utf-8")
        .containsEntry(
            "soapaction", "urn:schemas-upnp-org:service:WANIPConnection:1#X_AVM_DE_GetIPv6Prefix");
    assertThat(XmlAnswer.parse(question.body()))
        .extracting(it -> it.getDocumentElement().getFirstChild().getFirstChild())
        .returns("X_AVM_DE_GetIPv6Prefix", node -> node.getLocalName())
        .returns("urn:schemas-upnp-org:service:WANIPConnection:1", node -> node.getNamespaceURI());
  }

  @ParameterizedTest
  @ValueSource(strings = {"2001:db8:0:1200::", "2001:db8:0:1200::/56"})
  void givesThePrefixWithItsLengthAndLifetimes(String prefix) {
    answers(prefix, 56, 6767, 3167);

    Exchange exchange = ask();

    assertThat(exchange.getException()).isNull();
    assertThat(exchange.getMessage().getBody()).isEqualTo(prefix);
    assertThat(exchange.getMessage().getHeaders())
        .containsOnly(
            Map.entry("prefixLength", "56"),
            Map.entry("validLifetime", "6767"),
            Map.entry("preferredLifetime", "3167"));
  }

  @Test
  void saysThatTheBoxHasNoPrefix() {
    answers("", 0, 0, 0);
    assertRefused(Reason.FAILURE, "no IPv6 prefix");
  }

  @Test
  void saysWhichBoxToTickAfterASoapFault() {
    BOX.answers(500, XML, FAULT);
    assertRefused(Reason.FAILURE, "tick \"Transmit status information over UPnP\"");
  }

  @Test
  void saysWhichBoxToTickWhereTheServiceIsMissing() {
    BOX.answers(404, "text/html", "<html><body>404 Not Found</body></html>");
    assertRefused(Reason.FAILURE, "tick \"Transmit status information over UPnP\"");
  }

  @Test
  void saysWhatToOpenWhereNothingListens() {
    BOX.goDown();
    assertThat(ask().getException())
        .isInstanceOf(ConnectException.class) // which is tried again
        .hasMessageContaining("Allow access for applications")
        .hasMessageContaining(BOX.url().replace("http://", ""));
  }

  @Test
  void leavesATroubledBoxToTheRetries() {
    BOX.answers(503, "text/plain", "restarting");
    assertThat(ask().getException()).isInstanceOf(HttpOperationFailedException.class);
  }

  /** Neither a file is read nor another host asked, and no entity grows. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<!DOCTYPE a [<!ENTITY p SYSTEM 'file:///etc/hostname'>]><a><NewIPv6Prefix>&p;</NewIPv6Prefix></a>",
        "<!DOCTYPE a SYSTEM 'URL/stolen'><a><NewIPv6Prefix>2001:db8::</NewIPv6Prefix></a>",
        "<!DOCTYPE a [<!ENTITY p '2001:db8::'>]><a><NewIPv6Prefix>&p;</NewIPv6Prefix></a>",
        "<a><NewIPv6Prefix>2001:db8::",
        "2001:db8::/56"
      })
  void refusesWhatIsNotPlainXml(String text) {
    BOX.answers(200, XML, text.replace("URL", BOX.url()));
    assertRefused(Reason.MALFORMED, "not plain XML");
    assertThat(BOX.questions()).extracting(Question::path).doesNotContain("/stolen");
  }

  @Test
  void givesNothingWhereThePrefixIsMissing() {
    BOX.answers(question -> new Reply(200, Map.of("Content-Type", XML), "<a/>"));
    Exchange exchange = ask();
    assertThat(exchange.getException()).isNull();
    assertThat(exchange.getMessage().getBody(String.class)).isEmpty();
  }

  private void assertRefused(Reason reason, String message) {
    assertThat(ask().getException())
        .isInstanceOfSatisfying(
            RefusedAnswer.class, refused -> assertThat(refused.reason()).isEqualTo(reason))
        .hasMessageContaining(message);
  }
}
