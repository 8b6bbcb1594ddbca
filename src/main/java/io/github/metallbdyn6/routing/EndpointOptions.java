package io.github.metallbdyn6.routing;

import io.github.metallbdyn6.text.Misspelling;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.EndpointUriFactory;
import org.apache.camel.util.URISupport;

/**
 * The options of endpoints, by the names that Camel's catalogue has for a component; the component
 * itself brings them. Camel finds an unknown one by itself, but not where a URI is made only when a
 * step runs, and not for {@code http}, which sends it to the server instead.
 */
final class EndpointOptions {
  private static final Pattern URI = Pattern.compile("([a-z0-9+.-]+):[^?]*(?:\\?(.*))?");

  /** The catalogue has these for the component alone, but it takes them from a URI, too. */
  private static final Set<String> HTTP_TAKES =
      Set.of(
          "connectTimeout",
          "connectionRequestTimeout",
          "responseTimeout",
          "soTimeout",
          "httpBinding");

  /** A step may put anything there when it runs. */
  private static final Pattern EXPRESSION = Pattern.compile("\\$(simple)?\\{[^{}]*}");

  private final CamelContext context;

  EndpointOptions(CamelContext context) {
    this.context = context;
  }

  /** Returns what is wrong with the options of a URI, whose placeholders have their values. */
  List<String> problems(String uri) {
    return unknown(uri).stream().flatMap(it -> it.problem().stream()).toList();
  }

  /** Returns which options go to the server, since the component has none of that name. */
  List<String> sent(String uri) {
    return unknown(uri).stream()
        .filter(it -> it.problem().isEmpty())
        .map(it -> "%s has no option %s, and sends it to the server".formatted(it.scheme, it.name))
        .toList();
  }

  private record Unknown(String scheme, String name, EndpointUriFactory component) {

    /** A name that is like no other one may be meant for the server. */
    Optional<String> problem() {
      String complaint = "%s has no option %s".formatted(scheme, name);
      return component.isLenientProperties()
          ? Misspelling.nearest(name, names(component))
              .map(
                  it ->
                      "%s, and would send it to the server; did you mean %s?"
                          .formatted(complaint, it))
          : Optional.of(complaint + Misspelling.question(name, names(component)));
    }
  }

  private List<Unknown> unknown(String uri) {
    Matcher parts = URI.matcher(EXPRESSION.matcher(uri).replaceAll("x"));
    if (!parts.matches() || parts.group(2) == null) {
      return List.of();
    }
    String scheme = parts.group(1);
    EndpointUriFactory component = context.getCamelContextExtension().getEndpointUriFactory(scheme);
    return component == null
        ? List.of()
        : names(parts.group(2)).stream()
            .filter(name -> !isKnown(name, component))
            .map(name -> new Unknown(scheme, name, component))
            .toList();
  }

  private static boolean isKnown(String name, EndpointUriFactory component) {
    return names(component).contains(name)
        || component.multiValuePrefixes().values().stream().anyMatch(name::startsWith);
  }

  private static Set<String> names(EndpointUriFactory component) {
    Set<String> names = new TreeSet<>(component.propertyNames());
    if (component.isLenientProperties()) {
      names.addAll(HTTP_TAKES);
    }
    return names;
  }

  private static Set<String> names(String query) {
    try {
      return URISupport.parseQuery(query, true, true).keySet();
    } catch (URISyntaxException e) {
      return Set.of(); // the component says what is wrong with it
    }
  }
}
