package io.github.metallbdyn6.report;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.ContextInitializer;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;

/** A log of its own for each test, set up as Logback does when the program begins. */
class LogConfigurationTest {
  private final LoggerContext logs = new LoggerContext();

  private void begin(String... properties) throws Exception {
    for (int at = 0; at < properties.length; at += 2) {
      logs.putProperty(properties[at], properties[at + 1]);
    }
    new ContextInitializer(logs).autoConfig();
  }

  private Encoder<ILoggingEvent> encoder() {
    var root = logs.getLogger(Logger.ROOT_LOGGER_NAME);
    ConsoleAppender<ILoggingEvent> console =
        (ConsoleAppender<ILoggingEvent>) root.iteratorForAppenders().next();
    assertThat(console.isStarted()).isTrue();
    return console.getEncoder();
  }

  @Test
  void saysTextAndWhatMattersByDefault() throws Exception {
    begin();
    assertThat(encoder()).isInstanceOf(PatternLayoutEncoder.class);
    assertThat(logs.getLogger("metallb-dyn6").getEffectiveLevel()).isEqualTo(Level.INFO);
    assertThat(logs.getLogger("run-pass").getEffectiveLevel()).isEqualTo(Level.INFO);
    assertThat(logs.getLogger("org.apache.camel").getEffectiveLevel()).isEqualTo(Level.WARN);
  }

  @Test
  void takesLevelAndFormatThatTheUserHasSet() throws Exception {
    begin("METALLB_DYN6_LOG_LEVEL", "debug", "METALLB_DYN6_LOG_FORMAT", "json");
    assertThat(encoder()).isInstanceOf(JsonLines.class);
    assertThat(logs.getLogger("metallb-dyn6").getEffectiveLevel()).isEqualTo(Level.DEBUG);
  }

  @Test
  void takesThemFromSystemPropertiesToo() throws Exception {
    begin("metallb-dyn6.log-level", "error", "metallb-dyn6.log-format", "json");
    assertThat(encoder()).isInstanceOf(JsonLines.class);
    assertThat(logs.getLogger("metallb-dyn6").getEffectiveLevel()).isEqualTo(Level.ERROR);
  }

  @Test
  void leavesAllToAFileOfTheUser(@TempDir Path folder) throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("logback.xml"), "<configuration><root level='trace'/></configuration>");
    System.setProperty("logback.configurationFile", file.toString());
    try {
      begin();
    } finally {
      System.clearProperty("logback.configurationFile");
    }
    var root = logs.getLogger(Logger.ROOT_LOGGER_NAME);
    assertThat(root.getLevel()).isEqualTo(Level.TRACE);
    assertThat(root.iteratorForAppenders()).isExhausted();
  }
}
