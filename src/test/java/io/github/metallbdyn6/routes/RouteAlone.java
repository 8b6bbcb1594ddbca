package io.github.metallbdyn6.routes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.github.metallbdyn6.RouteBeans;
import io.github.metallbdyn6.kubernetes.ClusterConnection;
import io.github.metallbdyn6.routing.RouteCheck;
import io.github.metallbdyn6.settings.Settings;
import io.github.metallbdyn6.testbed.FakeIsp;
import io.github.metallbdyn6.testbed.RunningProgram;
import io.github.metallbdyn6.testbed.TestCluster;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.spi.CliConnectorFactory;
import org.apache.camel.spi.Registry;
import org.apache.camel.spi.Resource;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.test.junit5.CamelTestSupport;

/**
 * One route from the real file in {@code routes/}, with the beans that it has in real life, and
 * mocks where it hands over to other routes.
 */
abstract class RouteAlone extends CamelTestSupport {
  final TestCluster cluster = TestCluster.start();

  /** Namespace and name of the pool that the program keeps. */
  final String pool = cluster.namespace() + "/" + TestCluster.POOL;

  final FakeIsp isp = new FakeIsp();
  private final Settings settings;
  private final KubernetesClient client;

  RouteAlone(Function<FakeIsp, Map<String, String>> moreVariables) {
    Map<String, String> environment = new HashMap<>(RunningProgram.environment(cluster, isp));
    environment.putAll(moreVariables.apply(isp));
    settings = Settings.read(environment, new Properties());
    Config config =
        new ConfigBuilder(Config.empty()).withMasterUrl(cluster.api().uri().toString()).build();
    client = ClusterConnection.open(config, settings.requestTimeout());
    testConfiguration().withUseRouteBuilder(false).withUseAdviceWith(true);
    camelContextConfiguration()
        .withUseOverridePropertiesWithPropertiesComponent(values(environment));
  }

  /** Settings, and the sources' own parameters, which Camel itself takes from the environment. */
  private Properties values(Map<String, String> environment) {
    Properties values = settings.asProperties();
    environment.forEach(
        (name, value) ->
            values.putIfAbsent(
                name.toLowerCase(Locale.ROOT)
                    .replace("metallb_dyn6_", "metallb-dyn6.")
                    .replace('_', '-'),
                value));
    return values;
  }

  RouteAlone(Map<String, String> moreVariables) {
    this(isp -> moreVariables);
  }

  RouteAlone() {
    this(Map.of());
  }

  @Override
  protected RoutesBuilder[] createRouteBuilders() {
    return new RoutesBuilder[0];
  }

  @Override
  protected void bindToRegistry(Registry registry) {
    context
        .getCamelContextExtension()
        .addContextPlugin(CliConnectorFactory.class, RouteCheck.withoutCli());
    RouteBeans.of(settings, client).forEach(registry::bind);
    registry
        .findByType(ThreadPoolProfile.class)
        .forEach(context.getExecutorServiceManager()::registerThreadPoolProfile);
  }

  @Override
  protected void cleanupResources() throws Exception {
    client.close();
    isp.close();
    cluster.close();
  }

  /** Loads files of {@code routes/} by their names without the ending, and the failure policy. */
  void load(String... files) throws Exception {
    Resource[] resources =
        Stream.concat(Stream.of("on-failure"), Stream.of(files))
            .map(file -> "file:routes/" + file + ".camel.yaml")
            .map(PluginHelper.getResourceLoader(context)::resolveResource)
            .toArray(Resource[]::new);
    PluginHelper.getRoutesLoader(context).loadRoutes(resources);
  }

  /** Makes the route that asks this source, as the program does for every source that is named. */
  void makeRouteThatAsks(String source) {
    TemplatedRouteBuilder.builder(context, "ask-source")
        .routeId("ask(" + source + ")")
        .prefixId("ask(" + source + ")")
        .parameter("source", source)
        .add();
  }

  /** Puts a mock in the place of the step with this id; the mock is its name. */
  MockEndpoint mockStep(String route, String step) throws Exception {
    AdviceWith.adviceWith(
        context, route, advice -> advice.weaveById(step).replace().to("mock:" + step));
    return context.getEndpoint("mock:" + step, MockEndpoint.class);
  }

  /** Calls the route and returns the body that it leaves. */
  <T> T call(String route, Object body, Class<T> type) {
    return template.requestBody("direct:" + route, body, type);
  }
}
