package io.github.metallbdyn6;

import io.github.metallbdyn6.management.ProgramMBean;
import io.github.metallbdyn6.report.Journals;
import io.github.metallbdyn6.routing.Passes;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.management.JMException;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows each pool in JMX, as long as the program keeps it. */
final class PoolMBeans {
  private static final Logger LOG = LoggerFactory.getLogger("metallb-dyn6");

  private final Map<String, ProgramMBean> shown = new ConcurrentHashMap<>();
  private final Passes passes;
  private final Journals journals;
  private final boolean several;
  private @Nullable CamelContext context;

  /**
   * Shows nothing yet.
   *
   * @param several whether there may be more than one pool, so that each is named
   */
  PoolMBeans(Passes passes, Journals journals, boolean several) {
    this.passes = passes;
    this.journals = journals;
    this.several = several;
  }

  /** Shows the pools in this context, which has started. */
  synchronized void showIn(CamelContext running, Iterable<KeptPool> pools) {
    context = running;
    pools.forEach(this::show);
  }

  /** Shows a pool, unless the context has not started yet. */
  synchronized void show(KeptPool pool) {
    CamelContext running = context;
    if (running == null) {
      return;
    }
    ProgramMBean bean =
        new ProgramMBean(
            pool.object.toString(),
            pool.journal::situation,
            pool::passNow,
            pool.levers::forgetChanges,
            this::pause);
    try {
      bean.showIn(running, several);
      shown.put(pool.object.toString(), bean);
    } catch (JMException e) {
      LOG.warn("JMX does not show pool {}: {}", pool.object, e.getMessage());
    }
  }

  /** Shows a pool no more. */
  synchronized void hide(KeptPool pool) {
    ProgramMBean bean = shown.remove(pool.object.toString());
    CamelContext running = context;
    try {
      if (bean != null && running != null) {
        bean.hideIn(running);
      }
    } catch (JMException e) {
      LOG.debug("JMX did not show pool {}: {}", pool.object, e.getMessage());
    }
  }

  private void pause(boolean now) {
    if (now) {
      passes.pause();
      journals.paused(true);
    } else {
      journals.paused(false);
      passes.unpause();
    }
  }
}
