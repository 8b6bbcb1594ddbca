package io.github.metallbdyn6.management;

import io.github.metallbdyn6.pool.PoolState;
import io.github.metallbdyn6.report.PastHappening;
import io.github.metallbdyn6.report.Status;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.management.JMException;
import javax.management.ObjectName;
import org.apache.camel.CamelContext;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.spi.ManagementAgent;
import org.jspecify.annotations.Nullable;

/**
 * The program in JMX, beside Camel's own objects: what it believes, and the few things that a
 * person may ask it to do. A value that is not known yet is an empty text.
 */
@ManagedResource(description = "What metallb-dyn6 believes, and what it can be asked to do")
public final class ProgramMBean {
  private final String pool;
  private final Supplier<Status> status;
  private final Runnable passNow;
  private final Runnable forgetChanges;
  private final Consumer<Boolean> pause;
  private @Nullable ObjectName shownAs;

  /**
   * Shows a pool.
   *
   * @param pool namespace and name of the pool
   * @param status how things stand with it
   * @param passNow has a pass begin for it, even if passes are paused
   * @param forgetChanges forgets the changes of the last hour
   * @param pause pauses the passes, or ends the pause
   */
  public ProgramMBean(
      String pool,
      Supplier<Status> status,
      Runnable passNow,
      Runnable forgetChanges,
      Consumer<Boolean> pause) {
    this.pool = pool;
    this.status = status;
    this.passNow = passNow;
    this.forgetChanges = forgetChanges;
    this.pause = pause;
  }

  /**
   * Puts it into JMX as {@code org.apache.camel:context=...,type=program,name="PrefixWatch"}, for
   * as long as the context runs. Not as one of Camel's services: all of these have a {@code resume}
   * of their own.
   *
   * @param several whether the name says which pool it is
   * @throws JMException when JMX does not take it
   */
  public void showIn(CamelContext context, boolean several) throws JMException {
    String name =
        "org.apache.camel:context=%s,type=program,name=\"PrefixWatch\"%s"
            .formatted(
                context.getManagementName(), several ? ",pool=" + ObjectName.quote(pool) : "");
    ManagementAgent agent = context.getManagementStrategy().getManagementAgent();
    if (agent != null) {
      ObjectName found = new ObjectName(name);
      agent.register(this, found);
      shownAs = found;
    }
  }

  /**
   * Takes it out of JMX.
   *
   * @throws JMException when JMX does not know it
   */
  public void hideIn(CamelContext context) throws JMException {
    ManagementAgent agent = context.getManagementStrategy().getManagementAgent();
    ObjectName name = shownAs;
    if (agent != null && name != null) {
      agent.unregister(name);
    }
  }

  private Status now() {
    return status.get();
  }

  private static String text(Optional<?> value) {
    return value.map(Objects::toString).orElse("");
  }

  @ManagedAttribute(description = "The prefix that the source answered last")
  public String getPrefix() {
    return text(now().prefix());
  }

  @ManagedAttribute(description = "Since when the source answers it, as far as this process knows")
  public String getPrefixSince() {
    return text(now().prefixSince());
  }

  @ManagedAttribute(description = "Namespace and name of the IPAddressPool")
  public String getPool() {
    return pool;
  }

  @ManagedAttribute(description = "The live pool's entries, as last seen")
  public String getPoolAddresses() {
    return String.join(", ", now().pool().map(PoolState::addresses).orElse(List.of()));
  }

  /** Tells whether the pool has the addresses that it should have. */
  @ManagedAttribute(description = "Whether the pool has the addresses that it should have")
  public boolean isInSync() {
    return now().isInSync();
  }

  @ManagedAttribute(description = "What the last comparison with the live pool came to")
  public String getPlan() {
    return text(now().plan().map(it -> it.isChanged() ? it.summary() : "nothing to change"));
  }

  /** Tells whether MetalLB still has to be restarted. */
  @ManagedAttribute(description = "Whether MetalLB still has to be restarted")
  public boolean isReloadPending() {
    return now().isReloadPending();
  }

  @ManagedAttribute(description = "When the pool was patched last, since the start")
  public String getLastChange() {
    return text(now().lastChange());
  }

  @ManagedAttribute(description = "When a pass succeeded last")
  public String getLastSuccess() {
    return text(now().lastSuccess());
  }

  @ManagedAttribute(description = "Why passes do not succeed at present, and what to do")
  public String getTrouble() {
    return text(now().troubleInWords());
  }

  @ManagedAttribute(description = "What happened lately, the oldest first")
  public List<String> getHistory() {
    return now().history().stream().map(ProgramMBean::line).toList();
  }

  private static String line(PastHappening what) {
    return what.at() + " " + what.text();
  }

  @ManagedAttribute(description = "Whether passes are paused")
  public boolean isPaused() {
    return now().pausedSince().isPresent();
  }

  /** Has a pass begin now, even if passes are paused. */
  @ManagedOperation(description = "Check the prefix now, even if passes are paused")
  public void checkNow() {
    passNow.run();
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
    pause.accept(true);
  }

  /** Ends the pause, with a pass at once. */
  @ManagedOperation(description = "End the pause, with a pass at once")
  public void resume() {
    pause.accept(false);
  }
}
