package io.github.metallbdyn6;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.github.metallbdyn6.settings.Setting;
import io.github.metallbdyn6.settings.Settings;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.main.SimpleMainShutdownStrategy;

/** Camel on the routes, from start to stop. */
public final class Application {
  private final Main camel = new Main();

  /**
   * Prepares the program.
   *
   * @param settings without problems
   * @param client the cluster; it stays the caller's to close
   */
  public Application(Settings settings, KubernetesClient client) {
    camel.setOverrideProperties(settings.asProperties());
    camel
        .configure()
        .withRoutesIncludePattern("file:" + settings.get(Setting.ROUTES) + "/*.camel.yaml");
    camel.setShutdownStrategy(new SimpleMainShutdownStrategy()); // without its own signal handling
    RouteBeans.of(settings, client).forEach(camel::bind);
    camel.addMainListener(new ShowPasses());
  }

  /** As a service and a health check of Camel's, the passes can be seen through JMX. */
  private static final class ShowPasses extends MainListenerSupport {
    @Override
    public void afterConfigure(BaseMainSupport main) {
      CamelContext context = main.getCamelContext();
      try {
        context.addService(context.getRegistry().lookupByName("passLog"));
        HealthCheckRegistry.get(context).register(context.getRegistry().lookupByName("passHealth"));
      } catch (Exception e) {
        throw new IllegalStateException("the pass log is a service without anything to start", e);
      }
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
    camel.run();
  }

  /** Lets the running step finish, begins no other, and makes {@link #run} return. */
  public void stop() {
    camel.completed();
  }
}
