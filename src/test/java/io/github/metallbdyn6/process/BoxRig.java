package io.github.metallbdyn6.process;

import io.github.metallbdyn6.testbed.FakeRouter;
import io.github.metallbdyn6.testbed.FakeRouter.Question;
import io.github.metallbdyn6.testbed.Reply;
import java.util.List;
import java.util.Map;

/** A router that knows what the ISP has delegated: a FRITZ!Box by SOAP, OpenWrt by ubus. */
final class BoxRig extends SourceRig {
  private static final String SESSION = "c1ed6c7b025d0caca723a816fa61b668";

  private final FakeRouter router = new FakeRouter();
  private final String source;

  private BoxRig(String source) {
    this.source = source;
  }

  static BoxRig fritzbox() {
    return new BoxRig("fritzbox");
  }

  static BoxRig openwrt() {
    return new BoxRig("openwrt");
  }

  private boolean isFritzbox() {
    return source.equals("fritzbox");
  }

  @Override
  String source() {
    return source;
  }

  @Override
  String shape() {
    return isFritzbox() ? "UPnP by SOAP" : "ubus by JSON-RPC, with a login";
  }

  @Override
  Map<String, String> environment() {
    return isFritzbox()
        ? Map.of("METALLB_DYN6_FRITZBOX_URL", router.url(), "METALLB_DYN6_SUBNET_OVERRIDE", "::")
        : Map.of(
            "METALLB_DYN6_OPENWRT_URL",
            router.url() + "/ubus",
            "METALLB_DYN6_OPENWRT_PASSWORD",
            "right",
            "METALLB_DYN6_SUBNET_OVERRIDE",
            "::");
  }

  @Override
  void beGood() {
    router.answers(
        question ->
            isFritzbox()
                ? soap("2001:db8:b::", 56)
                : ubus(
                    question,
                    "right",
                    "{\"address\":\"2001:db8:b::\",\"mask\":56,\"preferred\":3411,\"valid\":7011}"));
  }

  @Override
  List<Failure> failures() {
    return isFritzbox()
        ? List.of(
            Failure.of(
                "UPnP is off",
                () -> router.answers(question -> new Reply(500, Map.of(), "<fault/>")),
                HELD
                    + "(failure): the FRITZ!Box does not tell its prefix (HTTP status 500); in the box, Home Network > Network > Network Settings, tick \"Transmit status information over UPnP\""),
            Failure.of(
                "no IPv6 from the ISP",
                () -> router.answers(question -> soap("", 0)),
                HELD + "(failure): the FRITZ!Box has no IPv6 prefix from the ISP at present"))
        : List.of(
            Failure.of(
                "wrong password",
                () -> router.answers(question -> ubus(question, "another", "")),
                HELD
                    + "(failure): OpenWrt lets nobody in with METALLB_DYN6_OPENWRT_USER and METALLB_DYN6_OPENWRT_PASSWORD"),
            Failure.of(
                "nothing delegated",
                () -> router.answers(question -> ubus(question, "right", "")),
                HELD
                    + "(empty): OpenWrt's interface wan6 has no delegated prefix at present (it is up)"));
  }

  private static Reply soap(String prefix, int length) {
    return new Reply(
        200,
        Map.of("Content-Type", "text/xml; charset=\"utf-8\""),
        """
        <?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>
        <u:X_AVM_DE_GetIPv6PrefixResponse xmlns:u="urn:schemas-upnp-org:service:WANIPConnection:1">
        <NewIPv6Prefix>%s</NewIPv6Prefix><NewPrefixLength>%d</NewPrefixLength>
        <NewValidLifetime>7000</NewValidLifetime><NewPreferedLifetime>3000</NewPreferedLifetime>
        </u:X_AVM_DE_GetIPv6PrefixResponse></s:Body></s:Envelope>
        """
            .formatted(prefix, length));
  }

  /** Lets in who has the password, and answers a question in the session about the interface. */
  private static Reply ubus(Question question, String password, String prefixes) {
    String answer;
    if (question.body().contains("\"login\"")) {
      answer =
          question.body().contains("\"password\":\"" + password + "\"")
              ? "[0,{\"ubus_rpc_session\":\"%s\"}]".formatted(SESSION)
              : "[6]";
    } else if (question.body().contains(SESSION)
        && question.body().contains("network.interface.wan6")) {
      answer = "[0,{\"up\":true,\"ipv6-prefix\":[%s]}]".formatted(prefixes);
    } else {
      answer = "[4]";
    }
    return new Reply(
        200,
        Map.of("Content-Type", "application/json"),
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":%s}".formatted(answer));
  }

  @Override
  public void close() {
    router.close();
  }
}
