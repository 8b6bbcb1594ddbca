package io.github.metallbdyn6.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ManifestsTest {
  private static final String MAPS =
      """
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: settings, namespace: metallb-system}
      data: {METALLB_DYN6_METALLB_POOL: public, METALLB_DYN6_SOURCE: my-ip}
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: settings, namespace: elsewhere}
      data: {METALLB_DYN6_METALLB_POOL: other}
      ---
      apiVersion: v1
      kind: Secret
      metadata: {name: box, namespace: metallb-system}
      data: {password: czNjcjN0}
      stringData: {user: me}
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: routes, namespace: metallb-system}
      data: {a.camel.yaml: "# a", b.camel.yaml: "# b"}
      ---
      """;

  private static final String DEPLOYMENT =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: metallb-dyn6, namespace: metallb-system}
      spec:
        template:
          spec:
            containers:
              - name: beside
                image: registry.example.net/busybox
              - name: metallb-dyn6
                image: registry.example.net/metallb-dyn6:1.0.0
                args: [--update-interval, "$(INTERVAL)", "$$(INTERVAL)", $(NOTHING)]
                envFrom:
                  - configMapRef: {name: settings}
                env:
                  - {name: INTERVAL, value: "30"}
                  - {name: METALLB_DYN6_SOURCE, value: fritzbox}
                  - {name: METALLB_DYN6_ROUTES, value: /routes/}
                  - name: METALLB_DYN6_METALLB_NAMESPACE
                    valueFrom: {fieldRef: {fieldPath: metadata.namespace}}
                  - name: METALLB_DYN6_FRITZBOX_PASSWORD
                    valueFrom: {secretKeyRef: {name: box, key: password}}
                  - name: METALLB_DYN6_FRITZBOX_USER
                    valueFrom: {secretKeyRef: {name: box, key: user}}
                  - name: METALLB_DYN6_JSON_AUTHORIZATION
                    valueFrom: {secretKeyRef: {name: elsewhere, key: token}}
                volumeMounts:
                  - {name: r, mountPath: /routes}
            volumes:
              - name: r
                configMap: {name: routes}
      """;

  private static InstalledProgram program(String deployment) {
    List<InstalledProgram> programs = Manifests.parse(MAPS + deployment).programs();
    assertThat(programs).hasSize(1);
    return programs.get(0);
  }

  @Test
  void readsVariablesAsKubeletDoes() {
    InstalledProgram program = program(DEPLOYMENT);

    assertThat(program.name()).isEqualTo("Deployment metallb-system/metallb-dyn6");
    assertThat(program.variables())
        .contains(
            entry("METALLB_DYN6_METALLB_POOL", "public"),
            entry("METALLB_DYN6_SOURCE", "fritzbox"),
            entry("METALLB_DYN6_METALLB_NAMESPACE", "metallb-system"),
            entry("METALLB_DYN6_FRITZBOX_PASSWORD", "s3cr3t"),
            entry("METALLB_DYN6_FRITZBOX_USER", "me"));
    assertThat(program.secret()).containsExactly("METALLB_DYN6_JSON_AUTHORIZATION");
    assertThat(program.arguments())
        .containsExactly("--update-interval", "30", "$(INTERVAL)", "$(NOTHING)");
    assertThat(program.problems()).isEmpty();
    assertThat(program.notes()).isEmpty();
  }

  @Test
  void findsTheRoutesThatAreMounted() {
    assertThat(program(DEPLOYMENT).routes())
        .contains(Map.of("a.camel.yaml", "# a", "b.camel.yaml", "# b"));
    String some =
        DEPLOYMENT.replace(
            "{name: routes}", "{name: routes, items: [{key: a.camel.yaml, path: c.camel.yaml}]}");
    assertThat(program(some).routes()).contains(Map.of("c.camel.yaml", "# a"));
    String projected =
        DEPLOYMENT.replace(
            "configMap: {name: routes}", "projected: {sources: [{configMap: {name: routes}}]}");
    assertThat(program(projected).routes().orElseThrow()).hasSize(2);
  }

  @Test
  void saysWhatIsNotThere() {
    InstalledProgram program =
        program(
            DEPLOYMENT
                .replace("configMap: {name: routes}", "emptyDir: {}")
                .replace("{name: settings}", "{name: setings}"));

    assertThat(program.routes()).isEqualTo(Optional.empty());
    assertThat(program.problems())
        .containsExactly(
            "the routes are not in the manifests: no ConfigMap of them is mounted at METALLB_DYN6_ROUTES");
    assertThat(program.notes())
        .containsExactly(
            "the variables of ConfigMap setings are not checked: it is not in the manifests");
  }

  @Test
  void aReleaseNeedsNoRoutes() {
    String release =
        DEPLOYMENT
            .replace("configMap: {name: routes}", "emptyDir: {}")
            .replaceFirst("args: .*", "args: [--release=remove]");
    assertThat(program(release).problems()).isEmpty();
  }

  /** The API server would refuse the whole Deployment. */
  @Test
  void findsAValueThatIsNoText() {
    assertThat(program(DEPLOYMENT.replace("value: \"30\"", "value: 30")).problems())
        .containsExactly("INTERVAL is 30, which is no text to Kubernetes; put it in quotes");
  }

  @Test
  void readsAListAndAPodToo() {
    String pod =
        """
        apiVersion: v1
        kind: List
        items:
          - apiVersion: v1
            kind: Pod
            metadata: {name: mine}
            spec:
              containers:
                - image: mine
                  env: [{name: METALLB_DYN6_METALLB_POOL, value: public}]
        """;
    assertThat(Manifests.parse(pod).programs())
        .singleElement()
        .returns("Pod mine", InstalledProgram::name);
    assertThat(Manifests.parse("").programs()).isEmpty();
    assertThat(Manifests.parse(MAPS).programs()).isEmpty();
  }

  @Test
  void saysWhereTheYamlIsBroken() {
    assertThatThrownBy(() -> Manifests.parse("kind: Pod\nspec: [\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("line 3: ");
  }
}
