package io.github.metallbdyn6.status;

import static io.github.metallbdyn6.status.Markup.attribute;
import static io.github.metallbdyn6.status.Markup.element;
import static io.github.metallbdyn6.status.Markup.id;
import static io.github.metallbdyn6.status.Markup.join;
import static io.github.metallbdyn6.status.Markup.nothing;
import static io.github.metallbdyn6.status.Markup.styled;
import static io.github.metallbdyn6.status.Markup.text;

import io.github.metallbdyn6.report.EventKind;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/** The status as a web page, complete without JavaScript. */
public final class StatusPage {
  /** As many as can be taken in at a glance; the others are folded. */
  private static final int EVENTS_SHOWN = 8;

  private final String[] shell = Document.read("page.html").split("<!--(title|body)-->", -1);

  public String of(StatusView status) {
    Times times = new Times(status.at());
    Markup body =
        join(
            List.of(
                header(status),
                element(
                    "main",
                    now(status, times),
                    reasons(status, times),
                    element("div", styled("cards"), StatusCards.of(status, times)),
                    ServicesSection.of(status.services(), times),
                    history(status.history()),
                    RoutesSection.of(status.routes())),
                footer(status)));
    return shell[0] + text(title(status)).html() + shell[1] + body.html() + shell[2];
  }

  private static String title(StatusView status) {
    return "%s · %s".formatted(status.state().title(), prefixOf(status));
  }

  private static String prefixOf(StatusView status) {
    return Objects.requireNonNullElse(status.source().prefix(), "no prefix yet");
  }

  private static Markup header(StatusView status) {
    StatusView.Pool pool = status.pool();
    return element(
        "header",
        element("p", styled("brand"), text("metallb-dyn6")),
        element(
            "p", text("IPAddressPool "), element("b", text(pool.namespace() + "/" + pool.name()))),
        element(
            "p",
            id("contact"),
            attribute("role", "status"),
            text("As of "),
            Times.when(status.at())));
  }

  private static Markup now(StatusView status, Times times) {
    Markup dryRun =
        status.program().dryRun()
            ? element("p", styled("dry-run"), text("Dry run: nothing is changed."))
            : nothing();
    return element(
        "section",
        styled("now " + status.state().word()),
        attribute("aria-labelledby", "state"),
        element(
            "div",
            attribute("role", "status"),
            element("h1", id("state"), text(status.state().title())),
            element("p", styled("prefix"), id("prefix"), text(prefixOf(status))),
            element("p", styled("summary"), text(status.summary()))),
        dryRun,
        origin(status.source(), times));
  }

  private static Markup origin(StatusView.Source source, Times times) {
    return source.since() == null
        ? nothing()
        : element(
            "p",
            styled("origin"),
            text("Answered by "),
            element("b", text(String.join(", ", source.answeredBy()))),
            text(" since "),
            Times.when(source.since()),
            text(", "),
            times.ago(source.since()));
  }

  private static Markup reasons(StatusView status, Times times) {
    Stream<StatusView.Reason> trouble =
        Stream.ofNullable(status.trouble()).filter(it -> !status.concerns().contains(it));
    return element(
        "div",
        id("trouble"),
        join(
            Stream.concat(trouble, status.concerns().stream())
                .map(reason -> reason(reason, status.state(), times))
                .toList()));
  }

  private static Markup reason(StatusView.Reason reason, State state, Times times) {
    String checks =
        switch (reason.checks()) {
          case 0 -> ".";
          case 1 -> "; 1 pass.";
          default -> "; %d passes in a row.".formatted(reason.checks());
        };
    return element(
        "section",
        styled("reason " + state.word()),
        attribute("aria-label", "Reason and advice"),
        element(
            "div",
            element("h2", text("Why")),
            element("p", styled("why"), text(reason.text())),
            element(
                "p",
                styled("faint"),
                text("Since "),
                Times.when(reason.since()),
                text(", "),
                times.ago(reason.since()),
                text(checks))),
        element("div", element("h2", text("What to do")), element("p", text(reason.advice()))));
  }

  private static Markup history(List<StatusView.Event> events) {
    Markup shown =
        events.isEmpty()
            ? element("p", styled("faint"), text("Nothing since the start."))
            : timeline(events.stream().limit(EVENTS_SHOWN));
    int more = Math.max(0, events.size() - EVENTS_SHOWN);
    Markup folded =
        more == 0
            ? nothing()
            : element(
                "details",
                element("summary", text(more + " earlier")),
                timeline(events.stream().skip(EVENTS_SHOWN)));
    return element(
        "section",
        id("history"),
        styled("card"),
        attribute("aria-labelledby", "history-title"),
        element("h2", id("history-title"), text("What happened")),
        shown,
        folded);
  }

  private static Markup timeline(Stream<StatusView.Event> events) {
    return element("ol", styled("timeline"), join(events.map(StatusPage::event).toList()));
  }

  private static Markup event(StatusView.Event event) {
    EventKind kind = EventKind.of(event.kind());
    return element(
        "li",
        styled(kind.tone().name().toLowerCase(Locale.ROOT)),
        Times.when(event.at()),
        element("b", text(kind.title())),
        element("span", text(event.text())));
  }

  private static Markup footer(StatusView status) {
    StatusView.Program program = status.program();
    return element(
        "footer",
        element(
            "p",
            text(
                "metallb-dyn6 %s, up for %s, since "
                    .formatted(
                        program.version(),
                        Times.span(Duration.ofSeconds(program.uptimeSeconds())))),
            Times.when(program.startedAt())),
        element(
            "nav",
            attribute("aria-label", "The same for programs"),
            link("status", "JSON"),
            link("observe/health", "Health"),
            link("observe/metrics", "Metrics")));
  }

  private static Markup link(String target, String name) {
    return element("a", attribute("href", target), text(name));
  }
}
