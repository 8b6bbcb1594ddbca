package io.github.metallbdyn6.process;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.github.metallbdyn6.testbed.FreePort;
import io.github.metallbdyn6.testbed.Pusher;
import io.github.metallbdyn6.testbed.TestCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** A source that asks no server: a file, a node of the cluster, a router's call, the settings. */
final class LocalRig extends SourceRig {
  private static final String TOKEN = "s3cr3t-s3cr3t-s3cr3t";

  private final String source;
  private final String shape;
  private final Map<String, String> environment;
  private final Step good;
  private final List<Failure> failures;

  private LocalRig(
      String source,
      String shape,
      Map<String, String> environment,
      Step good,
      List<Failure> failures) {
    this.source = source;
    this.shape = shape;
    this.environment = environment;
    this.good = good;
    this.failures = failures;
  }

  static LocalRig file(Path folder) {
    Path file = folder.resolve("prefix");
    return new LocalRig(
        "file",
        "a file, as hooks write it",
        Map.of("METALLB_DYN6_FILE_PATH", file.toString()),
        () -> Files.writeString(file, "2001:db8:b::/64 3600 7200\n"),
        List.of(
            new Failure(
                "not there yet",
                Map.of(),
                () -> Files.deleteIfExists(file),
                HELD + "(empty): there is no file %s yet. Look at what".formatted(file)),
            new Failure(
                "deprecated",
                Map.of(),
                () -> Files.writeString(file, "2001:db8:bad::/64 0 7200\n"),
                HELD + "(lifetime): the prefix is deprecated: its preferred lifetime is 0.")));
  }

  static LocalRig node(TestCluster cluster) {
    return new LocalRig(
        "node",
        "a Node in the API server",
        Map.of("METALLB_DYN6_NODE_NAME", "home-1"),
        () -> put(cluster, node("True", "2001:db8:b::11")),
        List.of(
            new Failure(
                "not Ready",
                Map.of(),
                () -> put(cluster, node("False", "2001:db8:bad::11")),
                HELD + "(empty): "),
            new Failure(
                "unique-local only",
                Map.of(),
                () -> put(cluster, node("True", "fd00:db8::11")),
                HELD + "(unique_local): fd00:db8::11/128 is unique-local (fc00::/7).")));
  }

  private static Node node(String ready, String ipv6) {
    return new NodeBuilder()
        .withNewMetadata()
        .withName("home-1")
        .endMetadata()
        .withNewStatus()
        .addNewCondition()
        .withType("Ready")
        .withStatus(ready)
        .endCondition()
        .addNewAddress("192.0.2.11", "InternalIP")
        .addNewAddress(ipv6, "InternalIP")
        .endStatus()
        .build();
  }

  private static void put(TestCluster cluster, Node node) {
    cluster.client().nodes().withName("home-1").delete();
    cluster.client().nodes().resource(node).create();
  }

  static LocalRig push() {
    Pusher router = new Pusher(FreePort.find());
    Map<String, String> environment = new HashMap<>(router.variables(TOKEN));
    environment.remove("METALLB_DYN6_SOURCE");
    return new LocalRig(
        "push",
        "a FRITZ!Box's call",
        environment,
        () -> {
          awaitListening(router);
          router.fritzBox(TOKEN, "2001:db8:b::/64");
        },
        List.of(
            Failure.of(
                "no call yet",
                () -> {},
                HELD + "(not_yet): no prefix has been pushed yet. Nothing to do if the router"),
            new Failure(
                "wrong token",
                Map.of(),
                () -> {
                  awaitListening(router);
                  router.fritzBox("another-" + TOKEN, "2001:db8:bad::/64");
                },
                "WARN  A push from 127.0.0.1 was not taken: wrong token, user or password.")));
  }

  private static void awaitListening(Pusher router) {
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(router::isHeard);
  }

  static LocalRig constant() {
    return new LocalRig(
        "static",
        "the settings",
        Map.of("METALLB_DYN6_STATIC_PREFIX", "2001:db8:b::/64"),
        () -> {},
        List.of(
            Failure.ofSettings(
                "unique-local",
                Map.of("METALLB_DYN6_STATIC_PREFIX", "fd00:db8::/64"),
                HELD + "(unique_local): fd00:db8::/64 is unique-local (fc00::/7)."),
            Failure.ofSettings(
                "not set",
                Map.of("METALLB_DYN6_STATIC_PREFIX", ""),
                "METALLB_DYN6_STATIC_PREFIX is not set")));
  }

  @Override
  String source() {
    return source;
  }

  @Override
  String shape() {
    return shape;
  }

  @Override
  Map<String, String> environment() {
    return environment;
  }

  @Override
  void beGood() throws Exception {
    good.take();
  }

  @Override
  List<Failure> failures() {
    return failures;
  }
}
