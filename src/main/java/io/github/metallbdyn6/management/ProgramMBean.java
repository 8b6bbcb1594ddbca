package io.github.metallbdyn6.management;

import io.github.metallbdyn6.pool.PoolState;
import io.github.metallbdyn6.report.Journal;
import io.github.metallbdyn6.report.PastHappening;
import io.github.metallbdyn6.report.Status;
import io.github.metallbdyn6.routing.Passes;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.management.JMException;
import javax.management.ObjectName;
import org.apache.camel.CamelContext;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.spi.ManagementAgent;

/**
 * The program in JMX, beside Camel's own objects: what it believes, and the few things that a
 * person may ask it to do. A value that is not known yet is an empty text.
 */
@ManagedResource(description = "What metallb-dyn6 believes, and what it can be asked to do")
public final class ProgramMBean {
  private final Journal journal;
  private final Passes passes;
  private final String pool;
  private final Runnable forgetChanges;

  /**
   * Shows this journal.
   *
   * @param pool namespace and name of the pool
   * @param forgetChanges forgets the changes of the last hour
   */
  public ProgramMBean(Journal journal, Passes passes, String pool, Runnable forgetChanges) {
    this.journal = journal;
    this.passes = passes;
    this.pool = pool;
    this.forgetChanges = forgetChanges;
  }

  /**
   * Puts it into JMX as {@code org.apache.camel:context=...,type=program,name="PrefixWatch"}, for
   * as long as the context runs. Not as one of Camel's services: all of these have a {@code resume}
   * of their own.
   *
   * @throws JMException when JMX does not take it
   */
  public void showIn(CamelContext context) throws JMException {
    String name =
        "org.apache.camel:context=%s,type=program,name=\"PrefixWatch\""
            .formatted(context.getManagementName());
    ManagementAgent agent = context.getManagementStrategy().getManagementAgent();
    if (agent != null) {
      agent.register(this, new ObjectName(name));
    }
  }

  private Status now() {
    return journal.situation();
  }

  private static String text(Optional<?> value) {
    return value.map(Objects::toString).orElse("");
  }

  /** Returns the prefix that the source answered last. */
  @ManagedAttribute(description = "The prefix that the source answered last")
  public String getPrefix() {
    return text(now().prefix());
  }

  /** Returns since when the source answers it. */
  @ManagedAttribute(description = "Since when the source answers it, as far as this process knows")
  public String getPrefixSince() {
    return text(now().prefixSince());
  }

  /** Returns the pool's namespace and name. */
  @ManagedAttribute(description = "Namespace and name of the IPAddressPool")
  public String getPool() {
    return pool;
  }

  /** Returns the live pool's entries as last seen. */
  @ManagedAttribute(description = "The live pool's entries, as last seen")
  public String getPoolAddresses() {
    return String.join(", ", now().pool().map(PoolState::addresses).orElse(List.of()));
  }

  /** Tells whether the pool has the addresses that it should have. */
  @ManagedAttribute(description = "Whether the pool has the addresses that it should have")
  public boolean isInSync() {
    return now().isInSync();
  }

  /** Returns what the last comparison with the live pool came to. */
  @ManagedAttribute(description = "What the last comparison with the live pool came to")
  public String getPlan() {
    return text(now().plan().map(it -> it.isChanged() ? it.summary() : "nothing to change"));
  }

  /** Tells whether MetalLB still has to be restarted. */
  @ManagedAttribute(description = "Whether MetalLB still has to be restarted")
  public boolean isReloadPending() {
    return now().isReloadPending();
  }

  /** Returns when the pool was patched last. */
  @ManagedAttribute(description = "When the pool was patched last, since the start")
  public String getLastChange() {
    return text(now().lastChange());
  }

  /** Returns when a pass succeeded last. */
  @ManagedAttribute(description = "When a pass succeeded last")
  public String getLastSuccess() {
    return text(now().lastSuccess());
  }

  /** Returns why passes do not succeed at present, and what to do. */
  @ManagedAttribute(description = "Why passes do not succeed at present, and what to do")
  public String getTrouble() {
    return text(now().troubleInWords());
  }

  /** Returns what happened lately, a line each. */
  @ManagedAttribute(description = "What happened lately, the oldest first")
  public List<String> getHistory() {
    return now().history().stream().map(ProgramMBean::line).toList();
  }

  private static String line(PastHappening what) {
    return what.at() + " " + what.text();
  }

  /** Tells whether passes are paused. */
  @ManagedAttribute(description = "Whether passes are paused")
  public boolean isPaused() {
    return now().pausedSince().isPresent();
  }

  /** Has a pass begin now, even if passes are paused. */
  @ManagedOperation(description = "Check the prefix now, even if passes are paused")
  public void checkNow() {
    passes.now();
  }

  /** Forgets the changes of the last hour, so that a change that they hold is allowed at once. */
  @ManagedOperation(
      description =
          "Forget the changes of the last hour, which METALLB_DYN6_MAX_CHANGES_PER_HOUR counts")
  public void forgetChanges() {
    forgetChanges.run();
  }

  /** Begins no pass until {@link #resume}; a restart of the program ends the pause, too. */
  @ManagedOperation(description = "Begin no pass until resume; a restart ends the pause, too")
  public void pause() {
    passes.pause();
    journal.paused(true);
  }

  /** Ends the pause, with a pass at once. */
  @ManagedOperation(description = "End the pause, with a pass at once")
  public void resume() {
    journal.paused(false);
    passes.unpause();
  }
}
