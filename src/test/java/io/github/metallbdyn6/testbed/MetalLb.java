package io.github.metallbdyn6.testbed;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A model of MetalLB's controller, after its source and after what was measured on the real one: it
 * watches pools and services as a client of the API server, and writes addresses into the status of
 * services of type LoadBalancer. It announces nothing.
 */
public final class MetalLb implements AutoCloseable {

  private static final long CONFLICT_MILLIS = 5;
  private static final long FIRST_BACKOFF_MILLIS = 5;

  /** How long after a patch of the pool the real one was seen to act on it. */
  private static final long USUAL_LAG_MILLIS = 120;

  private final KubernetesClient client;
  private final MetalLbRelease version;
  private final SharedIndexInformer<Service> services;
  private final SharedIndexInformer<GenericKubernetesResource> pools;
  private final ScheduledThreadPoolExecutor worker = new ScheduledThreadPoolExecutor(1);
  private final Set<String> queued = ConcurrentHashMap.newKeySet();
  private final Map<String, Object> specs = new ConcurrentHashMap<>();
  private final Map<String, PoolStatus> written = new ConcurrentHashMap<>();
  private final String namespace;
  private final ResourceDefinitionContext pool;
  private final List<String> failures = new CopyOnWriteArrayList<>();
  private final List<String> rejections = new CopyOnWriteArrayList<>();
  private Convergence convergence;
  private long backoffMillis = FIRST_BACKOFF_MILLIS;
  private volatile List<String> configuration = List.of();
  private volatile long lagMillis = USUAL_LAG_MILLIS;
  private volatile boolean held;
  private volatile boolean servicesHeld;

  MetalLb(
      KubernetesClient client,
      String namespace,
      ResourceDefinitionContext pool,
      MetalLbRelease version) {
    this.client = client;
    this.namespace = namespace;
    this.pool = pool;
    this.version = version;
    this.convergence = new Convergence(version);
    worker.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    pools = client.genericKubernetesResources(pool).inNamespace(namespace).inform();
    services = client.services().inAnyNamespace().inform();
    pools.addEventHandler(Changes.of(this::poolChanged));
    services.addEventHandler(Changes.of(changed -> enqueue(Demand.key(changed))));
  }

  /** That its status changes, or an annotation, is no change of a pool. */
  private void poolChanged(GenericKubernetesResource changed) {
    Object spec = changed.getAdditionalProperties().get("spec");
    if (!spec.equals(specs.put(changed.getMetadata().getName(), spec))) {
      submit(this::configure, lagMillis);
    }
  }

  /** Begins anew, as its pod does when it was deleted: nothing is remembered. */
  public void restart() {
    submit(
        () -> {
          convergence = new Convergence(version);
          backoffMillis = FIRST_BACKOFF_MILLIS;
          configure();
        });
  }

  /** From now on does nothing until {@link #release}. */
  public void hold() {
    held = true;
  }

  /** From now on takes up pools, and does nothing with services until {@link #release}. */
  public void holdServices() {
    servicesHeld = true;
  }

  /** Goes on. */
  public void release() {
    held = false;
    servicesHeld = false;
    queued.clear(); // what was queued meanwhile was not done
    submit(this::configure);
  }

  /**
   * From now on takes a changed pool in only after this time; services it sees at once, since it
   * watches the two apart from each other.
   */
  public void lagBehindPools(Duration lag) {
    lagMillis = lag.toMillis();
  }

  /** Returns the entries of all pools as it has taken them in. */
  public List<String> configuration() {
    return configuration;
  }

  /** Returns which services could not be given addresses so far, and why. */
  public List<String> failures() {
    return List.copyOf(failures);
  }

  /** Returns which configurations were rejected so far, and why. */
  public List<String> rejections() {
    return List.copyOf(rejections);
  }

  private void submit(Runnable task) {
    submit(task, 0);
  }

  private void submit(Runnable task, long millis) {
    try {
      var unused =
          worker.schedule(
              () -> {
                if (!held) {
                  task.run();
                }
              },
              millis,
              TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // it is being closed
    }
  }

  private void enqueue(String key) {
    if (queued.add(key)) {
      submit(() -> process(key));
    }
  }

  private void process(String key) {
    queued.remove(key);
    reconcile(key);
  }

  private void configure() {
    Map<String, KnownPool> found = new LinkedHashMap<>();
    pools.getStore().list().stream()
        .sorted(Comparator.comparing(pool -> pool.getMetadata().getName()))
        .forEach(pool -> found.put(pool.getMetadata().getName(), KnownPool.of(pool)));
    Optional<String> rejection = convergence.configure(found);
    if (rejection.isPresent()) {
      rejections.add(rejection.get());
      submit(this::configure, backoffMillis);
      backoffMillis *= 2;
    } else {
      backoffMillis = FIRST_BACKOFF_MILLIS;
      configuration = found.values().stream().flatMap(pool -> pool.entries().stream()).toList();
      count();
      reconcileAll();
    }
  }

  /** Since 0.15 it says how many addresses it counts, as soon as it works with a pool. */
  private void count() {
    if (version.countsAddresses()) {
      convergence
          .status()
          .forEach(
              (name, status) -> {
                if (!status.equals(written.put(name, status))) {
                  status.write(
                      client
                          .genericKubernetesResources(pool)
                          .inNamespace(namespace)
                          .withName(name));
                }
              });
    }
  }

  /** Those that have addresses come first. */
  private void reconcileAll() {
    services.getStore().list().stream()
        .sorted(
            Comparator.comparing((Service service) -> -ServiceStatus.addresses(service).size())
                .thenComparing(Demand::key))
        .forEach(service -> reconcile(Demand.key(service)));
  }

  private void reconcile(String key) {
    if (servicesHeld) {
      return;
    }
    Service service = services.getStore().getByKey(key);
    boolean ours = service != null && isOurs(service);
    Convergence.Outcome outcome =
        ours
            ? convergence.converge(Demand.of(service, version.knowsNewKeys()))
            : convergence.forget(key);
    outcome.failure().ifPresent(why -> failures.add(key + ": " + why));
    if (ours && !outcome.addresses().equals(ServiceStatus.addresses(service))) {
      try {
        ServiceStatus.write(client, service, outcome.addresses());
      } catch (KubernetesClientException e) {
        // it has changed meanwhile: look at it again when the change has arrived here
        submit(() -> enqueue(key), CONFLICT_MILLIS);
      }
    }
    count();
    if (outcome.leavesRoom()) {
      submit(this::reconcileAll);
    }
  }

  private static boolean isOurs(Service service) {
    return "LoadBalancer".equals(service.getSpec().getType())
        && service.getSpec().getLoadBalancerClass() == null;
  }

  @Override
  public void close() {
    worker.shutdownNow();
    services.close();
    pools.close();
  }
}
