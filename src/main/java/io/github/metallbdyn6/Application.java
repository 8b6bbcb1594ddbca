package io.github.metallbdyn6;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.github.metallbdyn6.management.ManagementServer;
import io.github.metallbdyn6.management.PrefixWatch;
import io.github.metallbdyn6.settings.Setting;
import io.github.metallbdyn6.settings.Settings;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import javax.management.JMException;
import org.apache.camel.CamelContext;
import org.apache.camel.Service;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.main.SimpleMainShutdownStrategy;

/** Camel on the routes, from start to stop. */
public final class Application {
  private final Main camel = new Main();
  private final Settings settings;

  /**
   * Prepares the program.
   *
   * @param settings without problems
   * @param client the cluster; it stays the caller's to close
   */
  public Application(Settings settings, KubernetesClient client) {
    this.settings = settings;
    Properties properties = settings.asProperties();
    properties.putAll(ManagementServer.properties(settings));
    camel.setOverrideProperties(properties);
    camel
        .configure()
        .withRoutesIncludePattern("file:" + settings.get(Setting.ROUTES) + "/*.camel.yaml");
    camel.setShutdownStrategy(new SimpleMainShutdownStrategy()); // without its own signal handling
    RouteBeans.of(settings, client).forEach(camel::bind);
    camel.addMainListener(new AddServices());
  }

  /** Adds our services and health checks to Camel's. */
  private static final class AddServices extends MainListenerSupport {
    @Override
    public void afterConfigure(BaseMainSupport main) {
      CamelContext context = main.getCamelContext();
      add(context, bean(context, "passes", Service.class));
      HealthCheckRegistry health = HealthCheckRegistry.get(context);
      Stream.of("passHealth", "pulse", "clusterHealth")
          .map(name -> context.getRegistry().lookupByName(name))
          .forEach(health::register);
    }

    @Override
    public void afterStart(BaseMainSupport main) {
      CamelContext context = main.getCamelContext();
      try {
        bean(context, "prefixWatch", PrefixWatch.class).showIn(context);
      } catch (JMException e) {
        throw new IllegalStateException("JMX does not take the program", e);
      }
    }
  }

  private static <T> T bean(CamelContext context, String name, Class<T> type) {
    return context.getRegistry().lookupByNameAndType(name, type);
  }

  private static void add(CamelContext context, Service service) {
    try {
      context.addService(service);
    } catch (Exception e) {
      throw new IllegalStateException(service + " cannot be added", e);
    }
  }

  /** Runs the program as its command line and environment say, and exits. */
  public static void main(String[] arguments) {
    Shutdown shutdown = Shutdown.install();
    int status = new CommandLine(shutdown).run(List.of(arguments), System.getenv());
    shutdown.exit(status);
  }

  /**
   * Runs until {@link #stop}.
   *
   * @throws Exception when the routes cannot be started
   */
  public void run() throws Exception {
    ManagementServer.requireFreePort(settings);
    camel.run();
  }

  /** Lets the running step finish, begins no other, and makes {@link #run} return. */
  public void stop() {
    camel.completed();
  }
}
