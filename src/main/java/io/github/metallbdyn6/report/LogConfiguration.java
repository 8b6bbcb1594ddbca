package io.github.metallbdyn6.report;

import ch.qos.logback.classic.ClassicConstants;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.status.NopStatusListener;
import ch.qos.logback.core.util.OptionHelper;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Sets up the log, in place of a logback.xml: the reader of such files takes memory and a part of
 * the start. A file that {@code -Dlogback.configurationFile} names still wins.
 */
public final class LogConfiguration extends ContextAwareBase implements Configurator {
  private static final String TEXT = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %msg%n%ex{short}";

  private static final Map<String, Level> LIBRARIES =
      Map.ofEntries(
          // Libraries, Camel and the HTTP clients among them, speak only of what is wrong.
          Map.entry("org", Level.WARN),
          Map.entry("io", Level.WARN),
          Map.entry("com", Level.WARN),
          Map.entry("net", Level.WARN),
          Map.entry("jdk", Level.WARN),
          // It warns that v1beta1 is unstable; MetalLB's pools have no other version.
          Map.entry("io.fabric8.kubernetes.client.dsl.internal.VersionUsageUtils", Level.ERROR),
          // A watch that breaks is resumed, however often; that is no error.
          Map.entry("io.fabric8.kubernetes.client.dsl.internal.AbstractWatchManager", Level.OFF),
          // At a stop it warns of the step that it interrupts; the next start goes on with that.
          Map.entry("org.apache.camel.impl.engine.DefaultShutdownStrategy", Level.ERROR),
          // It warns of a route that is stopped and started again.
          Map.entry("io.micrometer", Level.ERROR));

  /** A logger is metallb-dyn6, or that of a step "log" of a route, which is named after it. */
  @Override
  public ExecutionStatus configure(LoggerContext logs) {
    if (System.getProperty(ClassicConstants.CONFIG_FILE_PROPERTY) != null) {
      return ExecutionStatus.INVOKE_NEXT_IF_ANY;
    }
    logs.getStatusManager().add(new NopStatusListener());
    LIBRARIES.forEach((name, level) -> logs.getLogger(name).setLevel(level));
    Logger root = logs.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(
        Level.toLevel(setting("METALLB_DYN6_LOG_LEVEL", "metallb-dyn6.log-level", "info")));
    root.addAppender(
        console(setting("METALLB_DYN6_LOG_FORMAT", "metallb-dyn6.log-format", "text")));
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  private Appender<ILoggingEvent> console(String format) {
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setContext(getContext());
    console.setEncoder(encoder(format));
    console.start();
    return console;
  }

  private Encoder<ILoggingEvent> encoder(String format) {
    Encoder<ILoggingEvent> encoder = format.equals("json") ? new JsonLines() : text();
    encoder.setContext(getContext());
    encoder.start();
    return encoder;
  }

  private static PatternLayoutEncoder text() {
    PatternLayoutEncoder lines = new PatternLayoutEncoder();
    lines.setCharset(StandardCharsets.UTF_8);
    lines.setPattern(TEXT);
    return lines;
  }

  /** The environment's name comes first; under it the program passes on what it was given. */
  private String setting(String variable, String property, String otherwise) {
    return Stream.of(variable, property)
        .map(key -> OptionHelper.propertyLookup(key, getContext(), null))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(otherwise);
  }
}
