package io.github.metallbdyn6.process;

import io.github.metallbdyn6.testbed.FakeRouter;
import io.github.metallbdyn6.testbed.Reply;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A web service that answers with the address that it was asked from. */
final class WebRig extends SourceRig {
  private static final String PAGE = "<!DOCTYPE html><html><body>Please log in</body></html>";

  private final FakeRouter service = new FakeRouter();
  private final String source;
  private final String type;
  private final String good;
  private final List<Failure> failures;

  private WebRig(String source, String type, String good, Failures failures) {
    this.source = source;
    this.type = type;
    this.good = good;
    this.failures = failures.of(this);
  }

  private interface Failures {
    List<Failure> of(WebRig rig);
  }

  static WebRig text(String source) {
    return new WebRig(
        source, "text/plain", "2001:db8:b::5c1e\n", rig -> List.of(rig.page(), rig.status(403)));
  }

  static WebRig json(String source, String good) {
    return new WebRig(
        source, "application/json", good, rig -> List.of(rig.page(), rig.status(429)));
  }

  static WebRig myIp() {
    return new WebRig(
        "my-ip",
        "application/json",
        "{\"success\":true,\"ip\":\"2001:db8:b::5c1e\",\"type\":\"IPv6\"}",
        rig ->
            List.of(
                rig.answer(
                    "success: false",
                    "application/json",
                    "{\"success\":false}",
                    HELD + "(failure): the my-ip API says success: false. Look at what"),
                rig.answer(
                    "an IPv4 address",
                    "application/json",
                    "{\"success\":true,\"ip\":\"192.0.2.1\",\"type\":\"IPv4\"}",
                    HELD + "(ipv4): '192.0.2.1' is IPv4. The source was asked over IPv4")));
  }

  static WebRig cloudflare() {
    String page = "fl=1\nh=127.0.0.1\nip=%s\nts=1.0\nwarp=%s\n";
    return new WebRig(
        "cloudflare-trace",
        "text/plain",
        page.formatted("2001:db8:b::5c1e", "off"),
        rig ->
            List.of(
                rig.answer(
                    "through the tunnel WARP",
                    "text/plain",
                    page.formatted("2001:db8:bad::1", "on"),
                    HELD
                        + "(failure): the connection goes through a tunnel of Cloudflare: warp=on."),
                rig.page()));
  }

  static WebRig anyText() {
    return new WebRig(
        "text",
        "text/html",
        "2001:db8:b::1/64\n",
        rig ->
            List.of(
                rig.page(),
                rig.answer(
                    "another prefix length",
                    "text/plain",
                    "2001:db8:b::/56",
                    HELD
                        + "(prefix_length): 2001:db8:b::/56 has many subnets, and METALLB_DYN6_SUBNET_OVERRIDE does not say which to use. Set METALLB_DYN6_SUBNET_OVERRIDE")));
  }

  private Failure page() {
    return answer(
        "a web page",
        "text/html",
        PAGE,
        HELD + "(malformed): a web page, as of a captive portal or a block. Look at what");
  }

  private Failure answer(String name, String contentType, String body, String line) {
    return Failure.of(name, () -> service.answers(200, contentType, body), line);
  }

  /** With a time after which it may be asked again, or the program would wait for minutes. */
  private Failure status(int status) {
    return Failure.of(
        "status " + status,
        () -> service.answers(question -> new Reply(status, Map.of("Retry-After", "1"), "no")),
        FAILED + "the source answered %d: %s".formatted(status, service.url()));
  }

  @Override
  String source() {
    return source;
  }

  @Override
  String shape() {
    return "HTTP server, " + type;
  }

  @Override
  Map<String, String> environment() {
    String variable = source.toUpperCase(Locale.ROOT).replace('-', '_');
    return Map.of("METALLB_DYN6_%s_URL".formatted(variable), service.url() + "/ip");
  }

  @Override
  void beGood() {
    service.answers(200, type, good);
  }

  @Override
  List<Failure> failures() {
    return failures;
  }

  /** It may be asked once in a minute, so that what it said counts for so long. */
  @Override
  boolean remembers() {
    return source.equals("ifconfig-co");
  }

  @Override
  public void close() {
    service.close();
  }
}
