package io.github.metallbdyn6.status;

import static io.github.metallbdyn6.status.Markup.attribute;
import static io.github.metallbdyn6.status.Markup.element;
import static io.github.metallbdyn6.status.Markup.id;
import static io.github.metallbdyn6.status.Markup.join;
import static io.github.metallbdyn6.status.Markup.nothing;
import static io.github.metallbdyn6.status.Markup.styled;
import static io.github.metallbdyn6.status.Markup.text;

import java.util.List;
import java.util.stream.Stream;

/** The status page's card of the pool's services: who is where, and what keeps the others. */
final class ServicesSection {
  /** As many as can be taken in at a glance; the others are folded. */
  private static final int SHOWN = 10;

  private ServicesSection() {}

  static Markup of(ServicesView services, Times times) {
    return element(
        "section",
        id("services"),
        styled("card"),
        attribute("aria-labelledby", "services-title"),
        element("h2", id("services-title"), text("Services")),
        services.visible() ? list(services, times) : invisible());
  }

  private static Markup invisible() {
    return element(
        "p",
        styled("faint"),
        text(
            "The program cannot see services, as its account may not list and watch them: a service without an address does not show here. The component handover allows it."));
  }

  private static Markup list(ServicesView services, Times times) {
    if (services.list().isEmpty()) {
      return element("p", styled("faint"), text("No service of the pool is known."));
    }
    int more = Math.max(0, services.list().size() - SHOWN);
    return join(
        List.of(
            lines(services.list().stream().limit(SHOWN), times),
            more == 0
                ? nothing()
                : element(
                    "details",
                    element("summary", text(more + " more")),
                    lines(services.list().stream().skip(SHOWN), times))));
  }

  private static Markup lines(Stream<ServicesView.Line> lines, Times times) {
    return element("ul", styled("services"), join(lines.map(it -> line(it, times)).toList()));
  }

  private static Markup line(ServicesView.Line service, Times times) {
    return element(
        "li",
        styled(service.condition()),
        element("b", text(service.name())),
        element("span", styled("condition"), text(service.title())),
        element(
            "code",
            text(service.addresses().isEmpty() ? "none" : String.join(", ", service.addresses()))),
        why(service, times));
  }

  private static Markup why(ServicesView.Line service, Times times) {
    return service.reason().isEmpty()
        ? nothing()
        : element(
            "p",
            text(capitalized(service.reason()) + "; since "),
            times.ago(service.since()),
            text(". " + service.advice()));
  }

  private static String capitalized(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }
}
