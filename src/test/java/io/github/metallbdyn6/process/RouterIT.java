package io.github.metallbdyn6.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.metallbdyn6.testbed.DeadEnd;
import io.github.metallbdyn6.testbed.FakeRouter;
import io.github.metallbdyn6.testbed.ProgramProcess;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The jar with sources whose parameters come from the real environment. */
class RouterIT extends AtHome {
  private static final String KEY = "k3y-$+{{x}}/=";
  private static final String SECRET = "s3cr3t-'\"\\${y}";

  @Test
  void followsOpnsenseByTlsAndKeepsItsKeyToItself() throws Exception {
    String overview = Files.readString(Path.of("src/test/resources/opnsense-interfaces.json"));
    try (FakeRouter router = new FakeRouter();
        FakeRouter.Tls tls = router.openTls(folder)) {
      router.answers(403, "application/json", "{\"status\":403,\"message\":\"Forbidden\"}");
      environment.put("METALLB_DYN6_SOURCE", "opnsense");
      environment.put("METALLB_DYN6_OPNSENSE_URL", tls.url());
      environment.put("METALLB_DYN6_OPNSENSE_KEY", KEY);
      environment.put("METALLB_DYN6_OPNSENSE_SECRET", SECRET);
      environment.put("METALLB_DYN6_CA_FILE", tls.certificate().toString());
      environment.put("METALLB_DYN6_LOG_LEVEL", "trace");
      String basic =
          Base64.getEncoder().encodeToString((KEY + ":" + SECRET).getBytes(StandardCharsets.UTF_8));

      try (ProgramProcess program = ProgramProcess.start(environment)) {
        await().atMost(PATIENCE).until(() -> program.output().contains("status 403"));
        router.answers(
            200,
            "application/json",
            overview
                .replace("2001:db8:0:1201:200:5eff:fe00:5301", "2001:db8:b::1")
                .replace("2001:db8:0:1200::", "2001:db8:b::"));
        awaitFollowed();
        assertThat(router.questions())
            .allSatisfy(
                question ->
                    assertThat(question.headers())
                        .containsEntry("authorization", "Basic " + basic));
        assertThat(program.output())
            .doesNotContain("k3y-", "s3cr3t", basic)
            .doesNotContain("is not a setting");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mikrotik", "pfsense", "vyos"})
  void followsARestApiAndKeepsItsSecretToItself(String source) throws Exception {
    try (RestRig rig = RestRig.of(source, folder)) {
      rig.beGood();
      environment.putAll(rig.environment());
      environment.put("METALLB_DYN6_SOURCE", source);
      environment.put("METALLB_DYN6_LOG_LEVEL", "trace");
      try (ProgramProcess program = ProgramProcess.start(environment)) {
        awaitFollowed();
        assertThat(program.output())
            .doesNotContain("r1ght", "is not a setting", "WARN")
            .doesNotContain(
                Base64.getEncoder()
                    .encodeToString(("reader:" + RestRig.RIGHT).getBytes(StandardCharsets.UTF_8)));
      }
    }
  }

  @Test
  void followsAFritzboxAndAWebServiceWhileTheBoxIsDown() throws Exception {
    try (FakeRouter box = new FakeRouter()) {
      box.answers(
          200,
          "text/xml; charset=\"utf-8\"",
          """
          <?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>
          <u:X_AVM_DE_GetIPv6PrefixResponse xmlns:u="urn:schemas-upnp-org:service:WANIPConnection:1">
          <NewIPv6Prefix>2001:db8:b::</NewIPv6Prefix><NewPrefixLength>56</NewPrefixLength>
          <NewValidLifetime>7000</NewValidLifetime><NewPreferedLifetime>3000</NewPreferedLifetime>
          </u:X_AVM_DE_GetIPv6PrefixResponse></s:Body></s:Envelope>
          """);
      environment.put("METALLB_DYN6_SOURCE", "fritzbox,my-ip");
      environment.put("METALLB_DYN6_FRITZBOX_URL", box.url());
      environment.put("METALLB_DYN6_SUBNET_OVERRIDE", "::"); // the home network
      try (ProgramProcess program = ProgramProcess.start(environment)) {
        awaitFollowed();
        await()
            .atMost(PATIENCE)
            .until(
                () ->
                    program
                        .output()
                        .contains("source fritzbox answers the prefix 2001:db8:b::/56"));
        box.goDown();
        await()
            .atMost(PATIENCE)
            .until(
                () ->
                    program
                        .output()
                        .contains(
                            "Source my-ip answers now, before it was fritzbox; the prefix is the same."));
      }
    }
  }

  @Test
  void followsAFileBetweenTwoChecks() throws Exception {
    Path file = folder.resolve("later/prefix");
    environment.put("METALLB_DYN6_SOURCE", "file");
    environment.put("METALLB_DYN6_FILE_PATH", file.toString());
    environment.put("METALLB_DYN6_UPDATE_INTERVAL", "3600");
    try (ProgramProcess program = ProgramProcess.start(environment)) {
      await().atMost(PATIENCE).until(() -> program.output().contains("there is no file " + file));
      Files.createDirectory(file.getParent());
      Files.writeString(file, "2001:db8:b::/64 3600 7200\n");
      awaitFollowed();
    }
  }

  /**
   * The router's name has an address under the old prefix first, where nobody answers. On loopback
   * that is a server whose queue is full.
   */
  @Test
  void asksTheNextAddressOfAHostWhenTheFirstIsDead() throws Exception {
    Path hosts =
        Files.writeString(
            folder.resolve("hosts"), "127.0.0.2 router.example\n127.0.0.1 router.example\n");
    try (FakeRouter router = new FakeRouter();
        DeadEnd dead = new DeadEnd(InetAddress.getByName("127.0.0.2"), router.port())) {
      router.answers(200, "text/html", "2001:db8:b::1\n");
      environment.put("METALLB_DYN6_SOURCE", "text");
      environment.put(
          "METALLB_DYN6_TEXT_URL", "http://router.example:%d/".formatted(router.port()));
      environment.put("METALLB_DYN6_REQUEST_TIMEOUT", "3");
      try (ProgramProcess program =
          ProgramProcess.start(environment, List.of("-Djdk.net.hosts.file=" + hosts))) {
        awaitFollowed();
        assertThat(program.output()).doesNotContain("WARN");
        assertThat(dead.isSilent()).isTrue();
      }
    }
  }

  @Test
  void saysAtTheStartWhatASourceCannotDoWithout() throws Exception {
    environment.put("METALLB_DYN6_SOURCE", "openwrt");
    try (ProgramProcess program = ProgramProcess.start(environment)) {
      assertThat(program.exitStatus()).isEqualTo(2);
      assertThat(program.output())
          .contains("METALLB_DYN6_OPENWRT_PASSWORD is not set", "source openwrt needs it");
    }
  }
}
