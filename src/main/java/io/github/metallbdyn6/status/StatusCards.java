package io.github.metallbdyn6.status;

import static io.github.metallbdyn6.status.Markup.attribute;
import static io.github.metallbdyn6.status.Markup.element;
import static io.github.metallbdyn6.status.Markup.id;
import static io.github.metallbdyn6.status.Markup.join;
import static io.github.metallbdyn6.status.Markup.nothing;
import static io.github.metallbdyn6.status.Markup.styled;
import static io.github.metallbdyn6.status.Markup.text;

import io.github.metallbdyn6.answer.Lifetimes;
import io.github.metallbdyn6.text.FirstFew;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The status page's cards: the pool and what has to do with it. */
final class StatusCards {
  private static final Map<String, String> SOURCE_STATES =
      Map.of(
          "waiting", "no answer yet",
          "answering", "answers",
          "refused", "answer refused",
          "failing", "no answer");

  private StatusCards() {}

  static Markup of(StatusView status, Times times) {
    return join(
        List.of(
            card("pool", "Pool", pool(status.pool(), times)),
            card("source", "Source", source(status.source(), times)),
            card("metallb", "MetalLB", metalLb(status, times)),
            card("checks", "Passes", checks(status.checks(), times))));
  }

  private static Markup card(String id, String title, Markup content) {
    String titleId = id + "-title";
    return element(
        "section",
        id(id),
        styled("card"),
        attribute("aria-labelledby", titleId),
        element("h2", id(titleId), text(title)),
        content);
  }

  private static Markup pool(StatusView.Pool pool, Times times) {
    if (pool.readAt() == null) {
      return element("p", styled("faint"), text("It has not been read yet."));
    }
    Markup wanted =
        pool.inSync() || pool.wanted() == null
            ? nothing()
            : element(
                "p",
                styled("wanted"),
                text("Wanted, and not there yet: "),
                element("code", text(pool.wanted())));
    return join(
        List.of(
            element(
                "ul",
                styled("entries"),
                join(pool.entries().stream().map(StatusCards::entry).toList())),
            wanted,
            join(pool.retiring().stream().map(old -> retiring(old, times)).toList()),
            facts(
                List.of(
                    fact("State", text(pool.inSync() ? "in sync" : "not in sync")),
                    fact("Read", times.ago(pool.readAt()))))));
  }

  private static Markup entry(StatusView.Entry entry) {
    return element(
        "li",
        styled(entry.role().word()),
        element("code", text(entry.address())),
        element("span", text(entry.role().title())));
  }

  private static Markup retiring(StatusView.Retiring old, Times times) {
    String left =
        old.services().isEmpty()
            ? "No service is seen there."
            : "Still there: " + FirstFew.of(old.services()) + ".";
    return element(
        "p",
        styled("retiring"),
        element("code", text(old.range())),
        text(" retires since "),
        times.ago(old.since()),
        text(", at the latest until "),
        Times.when(old.until()),
        text(". " + left));
  }

  private static Markup source(StatusView.Source source, Times times) {
    return facts(
        List.of(
            fact("Name", text(source.name())),
            fact("State", text(SOURCE_STATES.getOrDefault(source.state(), source.state()))),
            fact("Answered by", text(by(source))),
            fact("Same prefix since", times.ago(source.since())),
            fact("Lifetime", text(lifetime(source)))));
  }

  private static String by(StatusView.Source source) {
    return source.answeredBy().isEmpty() ? "nobody yet" : String.join(", ", source.answeredBy());
  }

  private static String lifetime(StatusView.Source source) {
    Lifetimes lifetimes =
        new Lifetimes(
            seconds(source.preferredLifetimeSeconds()), seconds(source.validLifetimeSeconds()));
    return lifetimes.equals(Lifetimes.UNKNOWN) ? "not told" : lifetimes.inWords();
  }

  private static Optional<Duration> seconds(@Nullable Long value) {
    return Optional.ofNullable(value).map(Duration::ofSeconds);
  }

  private static Markup metalLb(StatusView status, Times times) {
    Markup last =
        status.history().stream()
            .filter(event -> event.kind().equals("metalLbReloaded"))
            .findFirst()
            .map(event -> times.ago(event.at()))
            .orElse(text("none since the start"));
    String owed =
        status.pool().reloadPending() ? "pending: its pods are to be deleted" : "none pending";
    return facts(List.of(fact("Restart", text(owed)), fact("Last restart", last)));
  }

  private static Markup checks(StatusView.Checks checks, Times times) {
    return facts(
        List.of(
            fact("Every", text(checks.intervalSeconds() + " s")),
            fact("Last pass", times.ago(checks.lastAt())),
            fact("Last success", times.ago(checks.lastSuccessAt())),
            fact("Last change", times.ago(checks.lastChangeAt()))));
  }

  private static Markup facts(List<Markup> facts) {
    return element("dl", join(facts));
  }

  private static Markup fact(String name, Markup value) {
    return element("div", element("dt", text(name)), element("dd", value));
  }
}
