package io.github.metallbdyn6.process;

import io.github.metallbdyn6.testbed.FakeRouter;
import io.github.metallbdyn6.testbed.FakeRouter.Question;
import io.github.metallbdyn6.testbed.Reply;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A router with a REST API by TLS that lets in only a caller with the right credentials: MikroTik,
 * pfSense or VyOS.
 */
final class RestRig extends SourceRig {
  /** The password or key that is right. */
  static final String RIGHT = "r1ght-$+{{x}}/=";

  private final FakeRouter router = new FakeRouter();
  private final FakeRouter.Tls tls;
  private final String source;
  private final String good;
  private final Map<String, String> environment = new HashMap<>();
  private final List<Failure> failures = new ArrayList<>();
  private Predicate<Question> entrance = question -> true;

  private RestRig(String source, Path folder, String good) throws Exception {
    this.source = source;
    this.good = good;
    tls = router.openTls(folder);
    environment.put("METALLB_DYN6_%s_URL".formatted(source.toUpperCase(Locale.ROOT)), tls.url());
    environment.put("METALLB_DYN6_CA_FILE", tls.certificate().toString());
  }

  static RestRig of(String source, Path folder) throws Exception {
    return switch (source) {
      case "mikrotik" -> mikrotik(folder);
      case "pfsense" -> pfsense(folder);
      default -> vyos(folder);
    };
  }

  private static RestRig mikrotik(Path folder) throws Exception {
    RestRig rig = new RestRig("mikrotik", folder, routerOs("bound", "2001:db8:b::/56, 1d3h"));
    rig.environment.put("METALLB_DYN6_MIKROTIK_USER", "reader");
    rig.environment.put("METALLB_DYN6_MIKROTIK_PASSWORD", RIGHT);
    rig.environment.put("METALLB_DYN6_SUBNET_OVERRIDE", "::");
    rig.entrance = question -> question.path().equals("/rest/ipv6/dhcp-client");
    rig.refuses(
        "wrong password",
        "RouterOS lets nobody in with METALLB_DYN6_MIKROTIK_USER and METALLB_DYN6_MIKROTIK_PASSWORD (HTTP status 401)");
    rig.fails(
        "nothing delegated",
        routerOs("searching...", ""),
        "(empty): RouterOS has no delegated prefix there at present (its DHCPv6 client is searching...)");
    return rig;
  }

  private static String routerOs(String status, String prefix) {
    return """
        [{".id":"*1","add-default-route":"true","disabled":"false","interface":"ether1",
          "invalid":"false","pool-name":"isp","prefix":"%s","request":"prefix","status":"%s"}]
        """
        .formatted(prefix, status);
  }

  private static RestRig pfsense(Path folder) throws Exception {
    RestRig rig = new RestRig("pfsense", folder, status("2001:db8:b::1"));
    rig.environment.put("METALLB_DYN6_PFSENSE_KEY", RIGHT);
    rig.entrance =
        question ->
            question.path().equals("/api/v2/status/interfaces")
                && RIGHT.equals(question.headers().get("x-api-key"));
    rig.refuses(
        "wrong key", "pfSense lets nobody in with METALLB_DYN6_PFSENSE_KEY (HTTP status 401)");
    rig.fails(
        "no address in the LAN",
        status(""),
        "(empty): pfSense's interface lan has no IPv6 address at present");
    return rig;
  }

  private static String status(String lan) {
    return """
        {"code":200,"status":"ok","response_id":"SUCCESS","message":"","data":[
         {"name":"wan","hwif":"igc0","ipaddrv6":"2001:db8:fffe::2","subnetv6":"128"},
         {"name":"lan","hwif":"igc1","ipaddrv6":"%s","subnetv6":"64"}]}
        """
        .formatted(lan);
  }

  private static RestRig vyos(Path folder) throws Exception {
    RestRig rig = new RestRig("vyos", folder, shown("2001:db8:b::1/64 scope global"));
    rig.environment.put("METALLB_DYN6_VYOS_KEY", RIGHT);
    rig.entrance =
        question -> question.path().equals("/show") && question.body().contains(RIGHT + "\r\n");
    rig.refuses("wrong key", "VyOS lets nobody in with METALLB_DYN6_VYOS_KEY (HTTP status 401)");
    rig.fails(
        "only the old address",
        shown("2001:db8:a::1/64 scope global deprecated"),
        "(empty): VyOS' interface ethernet eth1 has no lasting global IPv6 address at present");
    return rig;
  }

  private static String shown(String address) {
    return "{\"success\":true,\"data\":\"eth1: <UP>\\n    inet6 %s\\n\",\"error\":null}"
        .formatted(address);
  }

  private void refuses(String name, String line) {
    failures.add(
        Failure.of(
            name,
            () -> router.answers(question -> new Reply(401, Map.of(), "")),
            HELD + "(failure): " + line));
  }

  private void fails(String name, String answer, String line) {
    failures.add(Failure.of(name, () -> say(answer), HELD + line));
  }

  private void say(String answer) {
    router.answers(
        question ->
            entrance.test(question)
                ? new Reply(200, Map.of("Content-Type", "application/json"), answer)
                : new Reply(401, Map.of(), ""));
  }

  @Override
  String source() {
    return source;
  }

  @Override
  String shape() {
    return "HTTPS server with its own certificate, which knows the right credentials";
  }

  @Override
  Map<String, String> environment() {
    return environment;
  }

  @Override
  void beGood() {
    say(good);
  }

  @Override
  List<Failure> failures() {
    return failures;
  }

  @Override
  public void close() throws Exception {
    tls.close();
    router.close();
  }
}
