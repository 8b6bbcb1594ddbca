package io.github.metallbdyn6.source;

import io.github.metallbdyn6.answer.Answer;
import io.github.metallbdyn6.answer.CurrentPrefix;
import io.github.metallbdyn6.answer.Lifetimes;
import io.github.metallbdyn6.answer.RefusedAnswer;
import io.github.metallbdyn6.answer.SourceResult;
import io.github.metallbdyn6.ipv6.Ipv6Prefix;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The user's rule for several sources: whom to ask next, and what to make of what they said.
 *
 * @param names the sources, the preferred one first
 * @param quorum how many have to agree; 1 when the first one who answers decides
 * @param delegated tells what of an answer is the prefix
 * @param reasonIn tells in a phrase why a source gave no answer
 * @param disputable tells whether a source's answer gives way to a later source that contradicts it
 */
public record SourcePolicy(
    List<String> names,
    int quorum,
    DelegatedPrefix delegated,
    Function<Throwable, String> reasonIn,
    Predicate<String> disputable) {

  private static final Logger LOG = LoggerFactory.getLogger("metallb-dyn6");

  public SourcePolicy {
    names = List.copyOf(names);
  }

  /** Returns the routes that ask all of them, as endpoints separated by commas. */
  public String all() {
    return names.stream().map(SourcePolicy::route).collect(Collectors.joining(","));
  }

  private static String route(String source) {
    return "direct:ask(%s)".formatted(source);
  }

  /** Returns what was said so far, and this. */
  public List<SourceResult> heard(@Nullable List<SourceResult> before, SourceResult said) {
    LOG.debug(
        "Source {}: {}{}",
        said.source(),
        said.answer().isPresent() ? "" : "no usable answer: ",
        disagreement().inWords(said));
    return Stream.concat(before == null ? Stream.empty() : before.stream(), Stream.of(said))
        .toList();
  }

  /** Returns the route that asks the next source; nothing when one has said enough, or all have. */
  public @Nullable String next(@Nullable List<SourceResult> heard) {
    int asked = heard == null ? 0 : heard.size();
    boolean enough = heard != null && heard.stream().anyMatch(this::isDecisive);
    return enough || asked == names.size() ? null : route(names.get(asked));
  }

  private boolean isDecisive(SourceResult said) {
    return isUsable(said) && !disputable.test(said.source());
  }

  private boolean isUsable(SourceResult said) {
    return !prefixesSaid(List.of(said)).isEmpty();
  }

  /**
   * Finds the prefix in what was said.
   *
   * @throws RefusedAnswer when it is doubtful, or when too few agree on one prefix
   * @throws Exception what the only source failed with
   * @throws SourcesFailed when too few of several gave an answer
   */
  public CurrentPrefix decide(List<SourceResult> said) throws Exception {
    List<SourceResult> heard = quorum == 1 ? undisputed(said) : said;
    List<CurrentPrefix> agreed =
        prefixesSaid(heard).stream()
            .map(prefix -> agreement(prefix, heard))
            .filter(candidate -> candidate.sources().size() >= quorum)
            .toList();
    if (agreed.size() == 1) {
      Ipv6Prefix prefix = agreed.get(0).prefix();
      heard.forEach(one -> one.answer().ifPresent(answer -> delegated.note(prefix, answer)));
      return agreed.get(0);
    }
    throw names.size() == 1 ? disagreement().of(heard.get(0)) : disagreement().of(heard);
  }

  /** Drops the answer of a source that gives way, or of the one that was asked to judge it. */
  private List<SourceResult> undisputed(List<SourceResult> heard) {
    List<SourceResult> usable = heard.stream().filter(this::isUsable).toList();
    if (usable.size() < 2) {
      return heard;
    }
    return List.of(usable.get(contradict(usable.get(0), usable.get(1)) ? 1 : 0));
  }

  private boolean contradict(SourceResult one, SourceResult other) {
    Set<Ipv6Prefix> others = prefixesSaid(List.of(other));
    return prefixesSaid(List.of(one)).stream()
        .anyMatch(prefix -> others.stream().noneMatch(prefix::isOneWith));
  }

  private Set<Ipv6Prefix> prefixesSaid(List<SourceResult> heard) {
    return heard.stream()
        .flatMap(said -> said.answer().flatMap(this::prefixIn).stream())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /**
   * An answer that the settings cannot use may still confirm the prefix that another source says.
   */
  private Optional<Ipv6Prefix> prefixIn(Answer answer) {
    try {
      return Optional.of(delegated.prefixIn(answer));
    } catch (RefusedAnswer refused) {
      return Optional.empty();
    }
  }

  private CurrentPrefix agreement(Ipv6Prefix prefix, List<SourceResult> heard) {
    List<SourceResult> witnesses = heard.stream().filter(said -> agrees(said, prefix)).toList();
    Lifetimes lifetimes =
        witnesses.stream()
            .flatMap(said -> said.answer().stream())
            .map(Answer::lifetimes)
            .filter(it -> !it.equals(Lifetimes.UNKNOWN))
            .findFirst()
            .orElse(Lifetimes.UNKNOWN);
    return new CurrentPrefix(
        prefix, witnesses.stream().map(SourceResult::source).toList(), lifetimes);
  }

  /** Privacy addresses differ within one prefix, and only a router knows how long that is. */
  private static boolean agrees(SourceResult said, Ipv6Prefix prefix) {
    return said.answer().stream()
        .anyMatch(answer -> answer.prefixes().stream().allMatch(prefix::contains));
  }

  private Disagreement disagreement() {
    return new Disagreement(quorum, delegated, reasonIn);
  }
}
