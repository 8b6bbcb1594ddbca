package io.github.metallbdyn6.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.metallbdyn6.answer.RefusedAnswer;
import io.github.metallbdyn6.answer.RefusedAnswer.Reason;
import io.github.metallbdyn6.testbed.ConfigMapVolume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.component.timer.TimerConsumer;
import org.apache.camel.util.ObjectHelper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The file that a hook writes, in every way in which a file can be written. */
class SourceFileTest extends RouteAlone {
  private static final Duration AT_ONCE = Duration.ofSeconds(5);
  private static final String OLD = "2001:db8:a:1200::/56\n";
  private static final String NEW = "2001:db8:b:1200::/56\n";

  @TempDir private static Path root;
  private static int tests;

  private final Path folder = root.resolve("home-" + tests);
  private final Path file = folder.resolve("prefix");
  private MockEndpoint passes;

  SourceFileTest() {
    super(isp -> Map.of("METALLB_DYN6_FILE_PATH", root + "/home-" + ++tests + "/prefix"));
  }

  @BeforeEach
  void loadRoute() throws Exception {
    load("source-file");
    passes = mockStep("watch-prefix-file", "begin-pass-for-file");
    context.start();
  }

  private Exchange ask() {
    return template.send("direct:source-file", exchange -> {});
  }

  private void assertAnswers(String text) {
    Exchange exchange = ask();
    assertThat(exchange.getException()).isNull();
    assertThat(exchange.getMessage().getBody()).isEqualTo(text.strip());
  }

  private void assertRefused(Reason reason, String message) {
    assertThat(ObjectHelper.getException(RefusedAnswer.class, ask().getException()))
        .returns(reason, RefusedAnswer::reason)
        .hasMessageContaining(message);
  }

  /** Does what a pass would have done at the start. */
  private void beginWith(String text) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(file, text);
    assertAnswers(text);
    passes.reset();
  }

  private void awaitPass() {
    await().atMost(AT_ONCE).until(() -> passes.getReceivedCounter() == 1);
  }

  /** A look that began after this was called has ended. */
  private void awaitLooks() {
    long before = looks();
    await().atMost(AT_ONCE).until(() -> looks() > before + 1);
  }

  private long looks() {
    return ((TimerConsumer) context.getRoute("watch-prefix-file").getConsumer()).getCounter();
  }

  @Test
  void beginsAPassWhenTheFileIsReplaced() throws IOException {
    beginWith(OLD);
    Path next = Files.writeString(folder.resolve("prefix.new"), NEW);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    awaitPass();
    assertAnswers(NEW);
  }

  @Test
  void beginsAPassWhenTheFileIsWrittenAnewWithTheSameLengthAndTime() throws IOException {
    beginWith(OLD);
    FileTime time = Files.getLastModifiedTime(file);
    Files.writeString(file, NEW);
    Files.setLastModifiedTime(file, time);
    awaitPass();
    assertAnswers(NEW);
  }

  @Test
  void waitsUntilALineIsWhole() throws IOException {
    beginWith(OLD);
    Files.writeString(file, "2001:db8:b:1200::/5");
    assertRefused(Reason.MALFORMED, "being written");
    awaitLooks();
    assertThat(passes.getReceivedCounter()).isZero();
    Files.writeString(file, "6\n", StandardOpenOption.APPEND);
    awaitPass();
    assertAnswers(NEW);
  }

  @Test
  void waitsWhileTheFileIsEmpty() throws IOException {
    beginWith(OLD);
    Files.writeString(file, "");
    assertRefused(Reason.EMPTY, "empty");
    awaitLooks();
    assertThat(passes.getReceivedCounter()).isZero();
    Files.writeString(file, NEW);
    awaitPass();
  }

  @Test
  void followsTheLinksOfAConfigMap() throws IOException {
    Files.createDirectories(folder);
    ConfigMapVolume volume = new ConfigMapVolume(folder, Map.of("prefix", OLD));
    assertAnswers(OLD);
    passes.reset();
    volume.publish(Map.of("prefix", NEW));
    awaitPass();
    assertAnswers(NEW);
  }

  @Test
  void findsAFileWhoseFolderComesLater() throws IOException {
    assertRefused(Reason.EMPTY, "there is no file " + file);
    Files.createDirectories(folder);
    awaitLooks();
    assertThat(passes.getReceivedCounter()).isZero();
    Files.writeString(file, NEW);
    awaitPass();
    assertAnswers(NEW);
  }

  @Test
  void findsAFileInAFolderThatIsReplaced() throws IOException {
    beginWith(OLD);
    Files.move(folder, root.resolve("gone-" + tests));
    assertRefused(Reason.EMPTY, "there is no file");
    Path next = Files.createDirectory(root.resolve("next-" + tests));
    Files.writeString(next.resolve("prefix"), NEW);
    Files.move(next, folder);
    awaitPass();
    assertAnswers(NEW);
  }

  @Test
  void doesNothingWhenTheSameIsWrittenAgain() throws IOException {
    beginWith(OLD);
    Files.delete(file);
    awaitLooks();
    Files.writeString(file, OLD);
    awaitLooks();
    assertThat(passes.getReceivedCounter()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "# written by a hook;2001:db8:a::/56      | 2001:db8:a::/56",
        "2001:db8:a::/56 # today's                | 2001:db8:a::/56",
        "2001:db8:a::/56;;2001:db8:a:ff::1        | 2001:db8:a::/56;2001:db8:a:ff::1",
        "2001:db8:9::/56 0 500;2001:db8:a::/56 600 900 | 2001:db8:a::/56"
      })
  void readsLines(String text, String expected) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(file, text.replace(';', '\n') + "\n");
    assertAnswers(expected.replace(';', '\n'));
  }

  @Test
  void countsLifetimesFromWhenTheFileWasWritten() throws IOException {
    beginWith("2001:db8:a:1200::/56\n");
    assertThat(ask().getMessage().getHeaders()).isEmpty();

    Files.writeString(file, "2001:db8:a:1200::/56 3600 7200\n");
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(3000)));
    Exchange exchange = ask();
    assertThat(exchange.getMessage().getHeader("preferredLifetime", Long.class))
        .isBetween(500L, 600L);
    assertThat(exchange.getMessage().getHeader("validLifetime", Long.class))
        .isBetween(4100L, 4200L);

    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(5000)));
    assertThat(ask().getMessage().getHeader("preferredLifetime")).isEqualTo(0L);

    Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(5000)));
    assertThat(ask().getMessage().getHeader("preferredLifetime")).isEqualTo(3600L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "# nothing yet               | EMPTY     | no prefix in",
        "2001:db8::/56 forever       | MALFORMED | 'forever' is no lifetime",
        "2001:db8::/56 -1            | MALFORMED | '-1' is no lifetime",
        "2001:db8::/56 1 2 3         | MALFORMED | more than a prefix"
      })
  void refusesWhatIsNoSuchFile(String text, Reason reason, String message) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(file, text + "\n");
    assertRefused(reason, message);
  }

  @Test
  void readsNoMoreThanSuchAFileHas() throws IOException {
    Files.createDirectories(folder);
    Files.writeString(file, NEW.repeat(1000));
    assertRefused(Reason.TOO_LONG, "4096");
  }
}
