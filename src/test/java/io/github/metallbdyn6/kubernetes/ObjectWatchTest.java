package io.github.metallbdyn6.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.github.metallbdyn6.testbed.LoopbackServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each answer of the API server is one line of a script; the last one does not end. */
class ObjectWatchTest {
  private static final String GONE =
      "{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"code\":410,\"message\":\"too old\"}}";

  private record Answer(int status, String body) {}

  private final BlockingQueue<Answer> script = new LinkedBlockingQueue<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<String> told = new CopyOnWriteArrayList<>();
  private volatile boolean open;
  private final LoopbackServer server = new LoopbackServer(this::answer);
  private final KubernetesClient client =
      ClusterConnection.open(
          new ConfigBuilder(Config.empty()).withMasterUrl(server.uri().toString()).build(),
          Duration.ofSeconds(10));
  private final ObjectWatch watch =
      new ObjectWatch(
          new ApiServer(client),
          "/things",
          fields(),
          new Listening(),
          Duration.ofMinutes(5),
          "watch-of-the-test");

  private static Fields fields() {
    return Fields.of("/metadata/name", "/metadata/resourceVersion", "/code", "/message");
  }

  private void answer(HttpExchange exchange) throws IOException {
    asked.add(
        exchange.getRequestURI().getQuery().replaceAll(".*timeoutSeconds=300(&|$)", "").strip());
    Answer answer = script.poll();
    exchange.sendResponseHeaders(answer == null ? 200 : answer.status(), 0);
    if (answer == null) {
      exchange.getResponseBody().flush(); // and no more
    } else {
      exchange.getResponseBody().write(answer.body().getBytes(UTF_8));
      exchange.close();
    }
  }

  private final class Listening implements ObjectWatch.Listener {
    @Override
    public void opened() {
      open = true;
    }

    @Override
    public String begin() {
      told.add("begin");
      return "7";
    }

    @Override
    public void heard(ObjectReader.Event event) {
      told.add(event.type() + " " + event.object().name());
    }

    @Override
    public void failed(KubernetesClientException why) {
      told.add("failed " + why.getCode());
    }
  }

  @AfterEach
  void close() {
    watch.stop();
    client.close();
    server.close();
  }

  private static String event(String type, String name, int version) {
    return "{\"type\":\"%s\",\"object\":{\"metadata\":{\"name\":\"%s\",\"resourceVersion\":\"%d\"}}}\n"
        .formatted(type, name, version);
  }

  private void run(Answer... answers) {
    script.addAll(List.of(answers));
    watch.start();
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(asked).hasSize(answers.length + 1));
  }

  /** The API server says nothing until something happens. */
  @Test
  void isOpenBeforeAnythingHappens() {
    watch.start();
    await().until(() -> open);
    assertThat(told).containsExactly("begin");
  }

  @Test
  void goesOnWhereItEnded() {
    run(
        new Answer(200, event("ADDED", "one", 8) + event("MODIFIED", "one", 9)),
        new Answer(200, event("DELETED", "one", 10) + event("BOOKMARK", "", 15)));

    assertThat(asked)
        .containsExactly("resourceVersion=7", "resourceVersion=9", "resourceVersion=15");
    assertThat(told).containsExactly("begin", "ADDED one", "MODIFIED one", "DELETED one");
  }

  @Test
  void beginsAnewWhereTheVersionIsForgotten() {
    run(
        new Answer(200, event("ADDED", "one", 8) + GONE),
        new Answer(410, "{\"kind\":\"Status\",\"code\":410,\"message\":\"too old\"}"));

    assertThat(asked).containsOnly("resourceVersion=7");
    assertThat(told)
        .containsExactly("begin", "ADDED one", "failed 410", "begin", "failed 410", "begin");
  }

  @Test
  void goesOnAfterAnAnswerThatBreaksOffOrFails() {
    run(
        new Answer(200, event("ADDED", "one", 8) + event("ADDED", "two", 9).substring(0, 40)),
        new Answer(503, "<html>"));

    assertThat(asked)
        .containsExactly("resourceVersion=7", "resourceVersion=8", "resourceVersion=8");
    assertThat(told).containsExactly("begin", "ADDED one", "failed -1", "failed 503");
  }

  @Test
  void endsWhenItIsStopped() {
    run();
    watch.stop();

    await()
        .until(
            () ->
                Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().equals("watch-of-the-test")));
    assertThat(told).containsExactly("begin");
  }
}
