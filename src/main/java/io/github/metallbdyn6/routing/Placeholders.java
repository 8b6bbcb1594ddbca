package io.github.metallbdyn6.routing;

import org.apache.camel.CamelContext;
import org.apache.camel.component.properties.PropertiesComponent;

/** Where the routes' placeholders get their values from. */
public final class Placeholders {
  /** Only for keys that nothing else has a value for. */
  private static final int FALLBACK = 1;

  private Placeholders() {}

  /**
   * Has the settings count as the program has read them. Camel alone prefers the environment, as it
   * stands there: {@code True} would be something else than {@code true}, and an argument nothing.
   * A source's own parameters still come from the environment.
   */
  public static void preferSettings(CamelContext context) {
    PropertiesComponent properties = (PropertiesComponent) context.getPropertiesComponent();
    properties.setEnvironmentVariableMode(FALLBACK);
    properties.setSystemPropertiesMode(FALLBACK);
  }
}
