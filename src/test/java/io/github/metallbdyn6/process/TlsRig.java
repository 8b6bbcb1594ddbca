package io.github.metallbdyn6.process;

import io.github.metallbdyn6.testbed.FakeRouter;
import io.github.metallbdyn6.testbed.Reply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A router that is asked by TLS, with a certificate that it has signed itself. */
final class TlsRig extends SourceRig {
  private static final String JSON = "application/json";

  private final FakeRouter router = new FakeRouter();
  private final FakeRouter.Tls tls;
  private final String source;
  private final String good;
  private final Map<String, String> environment = new HashMap<>();

  private TlsRig(String source, Path folder, String good) throws Exception {
    this.source = source;
    this.good = good;
    tls = router.openTls(folder);
    environment.put("METALLB_DYN6_CA_FILE", tls.certificate().toString());
  }

  static TlsRig json(Path folder) throws Exception {
    TlsRig rig = new TlsRig("json", folder, "{\"prefix\":\"2001:db8:b::/56, 2d23h46m40s\"}");
    rig.environment.put("METALLB_DYN6_JSON_URL", rig.tls.url() + "/rest/ipv6/pool");
    rig.environment.put("METALLB_DYN6_JSON_PATH", "$.prefix");
    rig.environment.put("METALLB_DYN6_SUBNET_OVERRIDE", "::");
    return rig;
  }

  static TlsRig opnsense(Path folder) throws Exception {
    TlsRig rig = new TlsRig("opnsense", folder, overview("2001:db8:b:", "2001:db8:b:0:"));
    rig.environment.put("METALLB_DYN6_OPNSENSE_URL", rig.tls.url());
    rig.environment.put("METALLB_DYN6_OPNSENSE_KEY", "key");
    rig.environment.put("METALLB_DYN6_OPNSENSE_SECRET", "secret");
    return rig;
  }

  /** OPNsense's answer with a WAN and a LAN. */
  private static String overview(String wan, String lan) throws Exception {
    return Files.readString(Path.of("src/test/resources/opnsense-interfaces.json"))
        .replace("2001:db8:0:1200::", wan + ":")
        .replace("2001:db8:0:1201:", lan);
  }

  @Override
  String source() {
    return source;
  }

  @Override
  String shape() {
    return "HTTPS server, its own certificate";
  }

  @Override
  Map<String, String> environment() {
    return environment;
  }

  @Override
  void beGood() {
    router.answers(200, JSON, good);
  }

  @Override
  List<Failure> failures() {
    return source.equals("json") ? ofJson() : ofOpnsense();
  }

  private List<Failure> ofJson() {
    return List.of(
        Failure.of(
            "another field",
            () -> router.answers(200, JSON, "{\"ip\":\"2001:db8:b::1\"}"),
            HELD + "(empty): what is looked for is not in the answer. Look at what"),
        Failure.ofSettings(
            "not the certificate",
            Map.of("METALLB_DYN6_CA_FILE", ""),
            FAILED
                + "the source cannot be reached: SSLException: the certificate of 127.0.0.1:%s is not trusted: "
                    .formatted(tls.url().replaceFirst(".*:", ""))));
  }

  private List<Failure> ofOpnsense() {
    return List.of(
        Failure.of(
            "wrong key",
            () -> router.answers(question -> new Reply(401, Map.of(), "")),
            HELD
                + "(failure): OPNsense lets nobody in with METALLB_DYN6_OPNSENSE_KEY and METALLB_DYN6_OPNSENSE_SECRET (HTTP status 401)"),
        new Failure(
            "LAN still on the old prefix",
            Map.of(),
            () -> router.answers(200, JSON, overview("2001:db8:b:", "2001:db8:a:0:")),
            HELD
                + "(stale): OPNsense's interface lan has no address in what the ISP delegates now, 2001:db8:b::/56; it has 2001:db8:a:0:200:5eff:fe00:5301"));
  }

  @Override
  public void close() throws Exception {
    tls.close();
    router.close();
  }
}
