package io.github.metallbdyn6;

import io.github.metallbdyn6.kubernetes.PoolEvents;
import io.github.metallbdyn6.kubernetes.Predecessor;
import io.github.metallbdyn6.kubernetes.ServiceEvents;
import io.github.metallbdyn6.metrics.Metrics;
import io.github.metallbdyn6.report.EventRecorder;
import io.github.metallbdyn6.report.Journals;
import io.github.metallbdyn6.report.PassEvent;
import io.github.metallbdyn6.report.PassLog;
import io.github.metallbdyn6.report.RestartEvent;
import io.github.metallbdyn6.report.ServiceEventRecorder;
import io.github.metallbdyn6.routing.Outage;
import io.github.metallbdyn6.settings.Setting;
import io.github.metallbdyn6.settings.Settings;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** The log, Events, metrics and JMX, which hear what happens to each pool. */
final class PoolReaders {
  private final SharedParts shared;
  private final Settings settings;
  private final KeptPools pools;
  private final Journals journals;
  private final EventRecorder events;
  private final ServiceEventRecorder serviceEvents;
  private final Metrics metrics;
  private final PoolMBeans mBeans;
  private final Consumer<PassEvent> predecessor;
  private final AtomicBoolean begun = new AtomicBoolean();

  PoolReaders(SharedParts shared, KeptPools pools, Journals journals) {
    this.shared = shared;
    this.settings = shared.settings();
    this.pools = pools;
    this.journals = journals;
    events = new EventRecorder(shared.explainer());
    serviceEvents =
        new ServiceEventRecorder(new ServiceEvents(shared.client())::create, shared.explainer());
    metrics = new Metrics(journals, settings);
    mBeans = new PoolMBeans(shared.passes(), journals, settings.mayKeepSeveralPools());
    predecessor = predecessor();
  }

  /** Where pods are never restarted, nobody may list them. */
  private Consumer<PassEvent> predecessor() {
    if (settings.get(Setting.RELOAD).equals("never")) {
      return what -> {};
    }
    String namespace = shared.namespace();
    return new PredecessorNotice(
        new Predecessor(shared.client(), namespace, settings.variable("HOSTNAME")),
        pool -> pools.find(namespace + "/" + pool).isPresent());
  }

  /** Has them hear of a pool from now on. */
  void hear(KeptPool pool) {
    String name = pool.object.toString();
    BooleanSupplier leads = () -> journals.leading().filter(name::equals).isPresent();
    pool.journal.addReader(
        settings.mayKeepSeveralPools() ? PassLog.ofPool(name, leads, begun) : new PassLog());
    if (settings.wantsEvents()) {
      pool.journal.addReader(events.on(new PoolEvents(shared.client(), pool.object)::create));
      pool.journal.addReader(serviceEvents);
    }
    pool.journal.addReader(new Outage(shared.passes()));
    pool.journal.addReader(this::goOnAfterRestart);
    pool.journal.addReader(metrics.of(name, leads));
    pool.journal.addReader(predecessor);
    mBeans.show(pool);
  }

  /** Has services that have waited for a restart of MetalLB move after it. */
  private void goOnAfterRestart(PassEvent what) {
    boolean over = what instanceof RestartEvent && !(what instanceof RestartEvent.RestartBegun);
    if (over && pools.all().stream().anyMatch(pool -> pool.handover.awaitsRestart())) {
      shared.passes().soon();
    }
  }

  /** Has them hear of a pool no more. */
  void forget(KeptPool pool) {
    mBeans.hide(pool);
    metrics.forget(pool.object.toString());
  }

  /** Returns the beans by the names that the routes use. */
  Map<String, Object> beans() {
    return Map.of(
        "poolMBeans",
        mBeans,
        "eventRecorder",
        events,
        "serviceEventRecorder",
        serviceEvents,
        "metrics",
        metrics,
        "sourceMetrics",
        metrics.sources());
  }
}
