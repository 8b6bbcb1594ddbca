package io.github.metallbdyn6.demo;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import org.slf4j.LoggerFactory;

/** The program's own log, line by line, set off from the demo's text. */
final class QuotedLog extends AppenderBase<ILoggingEvent> {
  private final Paper paper;
  private final PatternLayout layout = new PatternLayout();

  private QuotedLog(Paper paper) {
    this.paper = paper;
  }

  /** From now on the log goes to this paper, and nowhere else. */
  static void onto(Paper paper) {
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.detachAndStopAllAppenders();
    QuotedLog log = new QuotedLog(paper);
    log.setContext(root.getLoggerContext());
    log.start();
    root.addAppender(log);
  }

  @Override
  public void start() {
    layout.setContext(getContext());
    layout.setPattern("%d{HH:mm:ss.SSS} %level %msg%n%ex{short}");
    layout.start();
    super.start();
  }

  @Override
  protected void append(ILoggingEvent event) {
    layout.doLayout(event).lines().forEach(line -> paper.log(line));
  }
}
