package io.github.metallbdyn6.source;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A prefix as whoever received it from the ISP knows it.
 *
 * @param prefix as text
 * @param preferred its preferred lifetime in seconds; null when it is not known, or has no end
 * @param valid its valid lifetime, likewise
 */
record Delegation(String prefix, @Nullable Long preferred, @Nullable Long valid) {

  /** While a prefix is being replaced the old one is still there, deprecated. */
  private boolean isDeprecated() {
    return Objects.equals(preferred, 0L) || Objects.equals(valid, 0L);
  }

  /**
   * Leaves prefixes as a source does: in the headers the shortest lifetimes, deprecated prefixes
   * only when there are no others.
   *
   * @return the body
   */
  static String answer(List<Delegation> all, Map<String, Object> headers) {
    boolean onlyDeprecated = all.stream().allMatch(Delegation::isDeprecated);
    List<Delegation> told =
        all.stream().filter(it -> onlyDeprecated || !it.isDeprecated()).toList();
    putShortest("preferredLifetime", told.stream().map(Delegation::preferred), headers);
    putShortest("validLifetime", told.stream().map(Delegation::valid), headers);
    return told.stream().map(Delegation::prefix).collect(Collectors.joining("\n"));
  }

  private static void putShortest(
      String header, Stream<@Nullable Long> lifetimes, Map<String, Object> headers) {
    lifetimes
        .filter(Objects::nonNull)
        .map(Objects::requireNonNull)
        .min(Long::compare)
        .ifPresent(shortest -> headers.put(header, shortest));
  }
}
