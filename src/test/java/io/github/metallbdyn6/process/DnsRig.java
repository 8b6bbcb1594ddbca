package io.github.metallbdyn6.process;

import io.github.metallbdyn6.testbed.DnsMessage;
import io.github.metallbdyn6.testbed.FakeNameServer;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A name server that answers with the address that it was asked from. */
final class DnsRig extends SourceRig {
  private final FakeNameServer server = new FakeNameServer(InetAddress.getLoopbackAddress());
  private final String source;
  private final String name;

  private DnsRig(String source, String name) {
    this.source = source;
    this.name = name;
  }

  static DnsRig opendns() {
    return new DnsRig("opendns", "myip.opendns.com");
  }

  static DnsRig google() {
    return new DnsRig("google-dns", "o-o.myaddr.l.google.com");
  }

  private DnsMessage answer(DnsMessage question, String address) {
    return source.equals("opendns") ? question.with("AAAA", address) : question.withText(address);
  }

  @Override
  String source() {
    return source;
  }

  @Override
  String shape() {
    return "name server, " + (source.equals("opendns") ? "AAAA" : "TXT");
  }

  @Override
  Map<String, String> environment() {
    String variable = source.toUpperCase(Locale.ROOT).replace('-', '_');
    return Map.of("METALLB_DYN6_%s_SERVER".formatted(variable), server.address());
  }

  @Override
  void beGood() {
    server.answers(question -> answer(question, "2001:db8:b::5c1e"));
  }

  @Override
  List<Failure> failures() {
    return List.of(
        Failure.of(
            "a resolver on the way",
            () -> server.answers(question -> question.withCode(3)),
            HELD
                + "(failure): the name server %s does not know %s. Look at what"
                    .formatted(server.address(), name)),
        Failure.of(
            "silent",
            server::beginAnew,
            FAILED
                + "the source cannot be reached: the name server %s does not answer: Receive timed out"
                    .formatted(server.address())));
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
