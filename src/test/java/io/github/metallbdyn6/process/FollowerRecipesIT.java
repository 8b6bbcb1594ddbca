package io.github.metallbdyn6.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import io.github.metallbdyn6.follower.FollowerRecord;
import io.github.metallbdyn6.testbed.FakeReceiver;
import io.github.metallbdyn6.testbed.FakeReceiver.Received;
import io.github.metallbdyn6.testbed.Launch;
import io.github.metallbdyn6.testbed.Manual;
import io.github.metallbdyn6.testbed.ProgramProcess;
import io.github.metallbdyn6.testbed.Reply;
import io.github.metallbdyn6.testbed.RouteFolder;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The recipes of the manual work as they stand there, but for the server's name. */
class FollowerRecipesIT extends AtHome {
  private static final Pattern RECIPE =
      Pattern.compile("```sh\\n(METALLB_DYN6_FOLLOWERS=(?:webhook|dyndns)\\n[^`]*)```");

  private final FakeReceiver receiver = new FakeReceiver();

  @AfterEach
  void stopReceiver() {
    receiver.close();
  }

  static Stream<String> recipes() throws IOException {
    return RECIPE.matcher(Manual.page("followers")).results().map(it -> it.group(1));
  }

  private void follow(String recipe) {
    recipe
        .lines()
        .map(line -> line.split("=", 2))
        .forEach(
            pair ->
                environment.put(
                    pair[0], pair[1].replaceFirst("^https://[^/]+", receiver.uri().toString())));
  }

  private void awaitTold() {
    await()
        .atMost(PATIENCE)
        .until(() -> home.cluster().annotations().containsKey(FollowerRecord.TOLD));
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void areUnderstoodByAServerOfTheirKind(String recipe) throws Exception {
    boolean dynv6 = recipe.contains("dynv6");
    receiver.answers(
        request -> new Reply(200, Map.of(), dynv6 ? "addresses updated" : "good 2001:db8::1"));
    follow(recipe);
    try (ProgramProcess program = ProgramProcess.start(environment)) {
      awaitTold();
      assertThat(program.isRunning()).isTrue();
    }

    Received request = receiver.taken().get(0);
    assertThat(receiver.taken()).hasSize(1);
    assertThat(request.target() + request.body()).doesNotContain("{text}", "{id}", "{host}");
    if (recipe.contains("FOLLOWERS=dyndns")) {
      assertThat(request.method()).isEqualTo("GET");
      assertThat(request.target())
          .contains("=nas.example.org")
          .contains("=2001%3Adb8%3Ab%3A%3A1%3A25");
      assertThat(request.headers().containsKey("authorization")).isEqualTo(!dynv6);
      assertThat(request.headers()).containsEntry("user-agent", "metallb-dyn6");
    } else if (recipe.contains("application/json")) {
      assertThat(request.headers()).containsEntry("content-type", "application/json");
      assertThat(new ObjectMapper().readTree(request.body()).toString())
          .contains("2001:db8:b::/64");
    }
  }

  private static String blockOfThePage(String pattern) throws IOException {
    Matcher block = Pattern.compile(pattern).matcher(Manual.page("followers"));
    assertThat(block.find()).isTrue();
    return block.group(1);
  }

  private void writeFollowerOfThePage(String name) throws IOException {
    Path routes = Files.createDirectory(folder.resolve("routes"));
    String route =
        blockOfThePage("```yaml\\n(- route:\\n    id: follower-%s\\n[^`]*)```".formatted(name));
    new RouteFolder(routes).write("follower-" + name + ".camel.yaml", route);
    environment.put("METALLB_DYN6_ROUTES", routes.toString());
  }

  /** As a person would who has read the page, and nothing else. */
  @Test
  void aFollowerOfOnesOwnAppendsToAFile() throws Exception {
    writeFollowerOfThePage("diary");
    environment.put("METALLB_DYN6_FOLLOWERS", "diary");
    environment.put("METALLB_DYN6_DIARY_FOLDER", folder.resolve("diary").toString());
    Path file = folder.resolve("diary/prefixes.txt");
    try (ProgramProcess program = ProgramProcess.start(environment)) {
      await().atMost(PATIENCE).until(() -> Files.exists(file));
      home.isp().givesAddress("2001:db8:c::5c1e:2");
      await().atMost(PATIENCE).until(() -> Files.readAllLines(file).size() > 1);
      assertThat(program.output()).contains("Follower diary was told");
    }
    assertThat(Files.readAllLines(file))
        .satisfiesExactly(
            line -> assertThat(line).endsWith(" first 2001:db8:b::/64"),
            line -> assertThat(line).endsWith(" change 2001:db8:c::/64"));
  }

  @Test
  void aFollowerOfOnesOwnSendsMailWithMoreJars() throws Exception {
    GreenMail server = new GreenMail(ServerSetup.SMTP.dynamicPort());
    server.setUser("me@example.net", "home", "0123456789abcdef");
    server.start();
    writeFollowerOfThePage("mail");
    follow(blockOfThePage("```sh\\n(METALLB_DYN6_FOLLOWERS=mail\\n[^`]*)```"));
    environment.put("METALLB_DYN6_MAIL_SERVER", "smtp://127.0.0.1:" + server.getSmtp().getPort());
    Launch launch = Launch.ofJar().withLibraries(jarsOfThePage());
    try (ProgramProcess check = ProgramProcess.start(launch, environment, "--check")) {
      assertThat(check.exitStatus()).as(check::output).isZero();
    }
    try (ProgramProcess program = ProgramProcess.start(launch, environment)) {
      awaitTold();
      assertThat(program.output()).contains("Follower mail was told");
    }
    assertThat(server.getReceivedMessages())
        .singleElement()
        .satisfies(
            mail -> {
              assertThat(mail.getSubject()).isEqualTo("IPv6 prefix: first");
              assertThat(GreenMailUtil.getBody(mail)).contains("2001:db8:b::/64");
              assertThat(mail.getFrom()[0]).hasToString("home@example.net");
            });
    server.stop();
  }

  /** Copies what the page's command copies: of the libraries of this build, those that it names. */
  private Path jarsOfThePage() throws IOException {
    Path more = Files.createDirectory(folder.resolve("more"));
    for (String name : blockOfThePage("-DincludeArtifactIds=(\\S+)").split(",", -1)) {
      Path jar =
          Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
              .map(Path::of)
              .filter(it -> it.getFileName().toString().matches(Pattern.quote(name) + "-\\d.*jar"))
              .findFirst()
              .orElseThrow();
      Files.copy(jar, more.resolve(jar.getFileName()));
    }
    return more;
  }
}
