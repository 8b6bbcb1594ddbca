package io.github.metallbdyn6;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.github.metallbdyn6.answer.AddressRule;
import io.github.metallbdyn6.answer.AnswerJudge;
import io.github.metallbdyn6.answer.AnswerRule;
import io.github.metallbdyn6.handover.HandoverRule;
import io.github.metallbdyn6.handover.HandoverSchedule;
import io.github.metallbdyn6.handover.MisplacedServices;
import io.github.metallbdyn6.handover.ServiceAnnotations;
import io.github.metallbdyn6.health.AttentionCheck;
import io.github.metallbdyn6.health.LastPassCheck;
import io.github.metallbdyn6.health.LivenessCheck;
import io.github.metallbdyn6.health.ReadinessCheck;
import io.github.metallbdyn6.kubernetes.ClusterFailure;
import io.github.metallbdyn6.kubernetes.IpAddressPool;
import io.github.metallbdyn6.kubernetes.LivePool;
import io.github.metallbdyn6.kubernetes.LoadBalancerServices;
import io.github.metallbdyn6.kubernetes.MetalLbConfiguration;
import io.github.metallbdyn6.kubernetes.MetalLbPods;
import io.github.metallbdyn6.kubernetes.NodeAddresses;
import io.github.metallbdyn6.kubernetes.PoolEvents;
import io.github.metallbdyn6.kubernetes.PoolLevers;
import io.github.metallbdyn6.kubernetes.PoolUptake;
import io.github.metallbdyn6.kubernetes.PoolWatch;
import io.github.metallbdyn6.kubernetes.PushedPrefixStore;
import io.github.metallbdyn6.kubernetes.ServiceCache;
import io.github.metallbdyn6.kubernetes.ServiceEvents;
import io.github.metallbdyn6.kubernetes.ServicePermission;
import io.github.metallbdyn6.kubernetes.ServiceWatch;
import io.github.metallbdyn6.management.Console;
import io.github.metallbdyn6.management.ProgramMBean;
import io.github.metallbdyn6.metallb.RestartRule;
import io.github.metallbdyn6.metrics.Metrics;
import io.github.metallbdyn6.pass.DryRunSteps;
import io.github.metallbdyn6.pass.HandoverSteps;
import io.github.metallbdyn6.pass.PlanSteps;
import io.github.metallbdyn6.pass.RestartSteps;
import io.github.metallbdyn6.pool.ChangeRule;
import io.github.metallbdyn6.pool.Transition;
import io.github.metallbdyn6.push.PushRule;
import io.github.metallbdyn6.report.EventRecorder;
import io.github.metallbdyn6.report.Explainer;
import io.github.metallbdyn6.report.HandoverJournal;
import io.github.metallbdyn6.report.Journal;
import io.github.metallbdyn6.report.PassLog;
import io.github.metallbdyn6.report.ServiceBoard;
import io.github.metallbdyn6.report.ServiceEventRecorder;
import io.github.metallbdyn6.routing.ErrorBarrier;
import io.github.metallbdyn6.routing.OrdersFromPool;
import io.github.metallbdyn6.routing.Outage;
import io.github.metallbdyn6.routing.Passes;
import io.github.metallbdyn6.routing.PatchThreads;
import io.github.metallbdyn6.routing.ServicePlacement;
import io.github.metallbdyn6.settings.Setting;
import io.github.metallbdyn6.settings.Settings;
import io.github.metallbdyn6.settings.TrustedCertificates;
import io.github.metallbdyn6.source.Credentials;
import io.github.metallbdyn6.source.DelegatedPrefix;
import io.github.metallbdyn6.source.JsonAnswer;
import io.github.metallbdyn6.source.NameServers;
import io.github.metallbdyn6.source.PrefixFile;
import io.github.metallbdyn6.source.RecentAnswers;
import io.github.metallbdyn6.source.SourceClient;
import io.github.metallbdyn6.source.SourceFailure;
import io.github.metallbdyn6.source.SourcePolicy;
import io.github.metallbdyn6.source.SourceRest;
import io.github.metallbdyn6.source.Ubus;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;

/**
 * The beans that the routes refer to by name: the user's rules as pure decisions, the objects of
 * the cluster, and what was seen and said so far. Made here and not in YAML, which takes a pool
 * that is named {@code 10} for a number.
 */
public final class RouteBeans {
  private static final String RUN_PASS = "direct:run-pass";
  private static final String PLACE_SERVICES = "direct:place-services";

  private final Map<String, Object> beans = new HashMap<>();
  private final Settings settings;
  private final KubernetesClient client;
  private final Clock clock = Clock.systemUTC();
  private final String namespace;
  private final String poolName;
  private final IpAddressPool pool;
  private final Explainer explainer =
      new Explainer(List.of(ClusterFailure::explain, SourceFailure::explain));
  private final Journal journal;
  private final Passes passes;
  private final AddressRule addressRule;
  private final PoolLevers levers;

  private RouteBeans(Settings settings, KubernetesClient client) {
    this.settings = settings;
    this.client = client;
    namespace = settings.get(Setting.METALLB_NAMESPACE);
    poolName = settings.get(Setting.METALLB_POOL);
    pool = new IpAddressPool(client, namespace, poolName);
    journal = new Journal(settings.get(Setting.SOURCE), clock, explainer);
    passes = new Passes(RUN_PASS, journal::failed);
    levers = new PoolLevers(pool, new OrdersFromPool(passes, journal), clock, settings.dryRun());
    passes.askBefore(levers::mayPass);
    addressRule =
        AddressRule.of(
            settings.get(Setting.HOST_RANGE),
            settings.get(Setting.SUBNET_OVERRIDE),
            settings.get(Setting.PREFIX_LENGTH));
  }

  /** Returns the beans by the names that the routes use. */
  public static Map<String, Object> of(Settings settings, KubernetesClient client) {
    RouteBeans made = new RouteBeans(settings, client);
    made.putProgram();
    made.putSources();
    made.putSteps();
    made.putReaders();
    return made.beans;
  }

  private void putProgram() {
    beans.put("kubernetesClient", client);
    beans.put("passes", passes);
    beans.put("errorBarrier", new ErrorBarrier()); // found by its type
    beans.put("journal", journal);
    beans.put("cliConnectorFactory", Console.cli(settings));
    beans.put(
        "programMBean", new ProgramMBean(journal, passes, pool.toString(), levers::forgetChanges));
    beans.put("plansShown", MemoryIdempotentRepository.memoryIdempotentRepository(1));
  }

  private void putSources() {
    AnswerJudge judge =
        new AnswerJudge(
            AnswerRule.of(
                settings.is(Setting.REQUIRE_GLOBAL), settings.get(Setting.ALLOWED_PREFIXES)));
    Credentials credentials = new Credentials(settings::variable);
    PushedPrefixStore pushes = new PushedPrefixStore(pool, clock, settings.dryRun());
    beans.put("answerJudge", judge);
    beans.put(
        "sourcePolicy",
        new SourcePolicy(
            settings.sources(),
            addressRule,
            settings.quorum(),
            new DelegatedPrefix(addressRule),
            explainer::reasonOf,
            pushes::isDisputable));
    beans.put("sourceRest", new SourceRest(clock));
    beans.put("recentAnswers", new RecentAnswers(System::nanoTime));
    beans.put("strictJson", JsonAnswer.STRICT);
    beans.put(
        "sourceClient",
        new SourceClient(
            settings.requestTimeout(), TrustedCertificates.trust(settings.get(Setting.CA_FILE))));
    beans.put("nameServers", new NameServers(settings.requestTimeout()));
    beans.put("credentials", credentials);
    beans.put("ubus", new Ubus(credentials));
    beans.put("prefixFile", new PrefixFile());
    beans.put("nodeAddresses", new NodeAddresses(client));
    beans.put("pushRule", new PushRule(judge, addressRule));
    beans.put("pushMemory", pushes);
  }

  private void putSteps() {
    HandoverSchedule schedule = new HandoverSchedule();
    LoadBalancerServices services =
        new LoadBalancerServices(
            client, ServiceAnnotations.dnsTargets(settings.get(Setting.EXTERNAL_DNS_PREFIX)));
    ServiceCache cache = new ServiceCache(services);
    HandoverJournal handoverJournal = new HandoverJournal(journal, clock);
    ServicePlacement placement =
        new ServicePlacement(
            PLACE_SERVICES,
            passes,
            schedule,
            new MisplacedServices(schedule),
            handoverJournal::placingFailed);
    HandoverRule handoverRule =
        HandoverRule.of(settings.get(Setting.RETIRE_AFTER), settings.number(Setting.RELOAD_TIMEOUT))
            .forPool(pool.toString());
    boolean moves = settings.transition() == Transition.HANDOVER;
    ServiceBoard board = new ServiceBoard(handoverRule, moves);
    journal.attention().watches(board);
    ServiceWatch watch =
        new ServiceWatch(
            services,
            moves && !settings.dryRun() ? List.of(cache, placement, board) : List.of(board));
    Runnable whenSeen =
        () -> {
          board.open();
          watch.open();
        };
    PoolUptake uptake =
        new PoolUptake(
            pool,
            new MetalLbConfiguration(client, namespace)::error,
            Duration.ofSeconds(settings.number(Setting.RELOAD_TIMEOUT)),
            passes::soon);
    String labelSelector = settings.get(Setting.METALLB_LABEL_SELECTOR);
    LivePool livePool =
        new LivePool(
            pool,
            new ServicePermission(
                client, settings.transition(), whenSeen, journal.attention()::lacks),
            uptake);
    beans.put("pool", livePool);
    beans.put(
        "dryRun", new DryRunSteps(livePool::show, settings.get(Setting.RELOAD), journal::dryRun));
    beans.put(
        "planning",
        new PlanSteps(
            pool.toString(),
            addressRule,
            new ChangeRule(
                settings.number(Setting.CONFIRMATIONS),
                settings.number(Setting.MAX_CHANGES_PER_HOUR))));
    beans.put("handover", new HandoverSteps(handoverRule, schedule, uptake));
    beans.put(
        "restart",
        new RestartSteps(
            RestartRule.of(
                settings.get(Setting.RELOAD),
                labelSelector,
                settings.number(Setting.RELOAD_TIMEOUT))));
    beans.put("metallbPods", new MetalLbPods(client, namespace, labelSelector));
    beans.put("services", cache);
    beans.put("servicePatchers", PatchThreads.create());
    beans.put("serviceWatch", watch);
    beans.put("poolWatch", new PoolWatch(pool, uptake, passes::soon));
    beans.put("placements", placement);
    beans.put("handoverJournal", handoverJournal);
  }

  private void putReaders() {
    EventRecorder events =
        new EventRecorder(new PoolEvents(client, namespace, poolName, pool)::create, explainer);
    ServiceEventRecorder serviceEvents =
        new ServiceEventRecorder(new ServiceEvents(client)::create, explainer);
    journal.addReader(new PassLog());
    if (settings.wantsEvents()) {
      journal.addReader(events);
      journal.addReader(serviceEvents);
    }
    journal.addReader(new Outage(passes));
    Metrics metrics = new Metrics(journal, settings);
    beans.put("eventRecorder", events);
    beans.put("serviceEventRecorder", serviceEvents);
    beans.put("metrics", metrics);
    beans.put("sourceMetrics", metrics.sources());
    beans.put("passHealth", new LastPassCheck(journal));
    beans.put("attentionHealth", new AttentionCheck(journal));
    beans.put("pulse", new LivenessCheck(journal, settings.longestPass(), clock));
    beans.put("clusterHealth", new ReadinessCheck(journal, pool, settings.longestPass(), clock));
  }
}
