package io.github.metallbdyn6.status;

import io.github.metallbdyn6.follower.FollowerState;
import io.github.metallbdyn6.text.Redaction;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A follower.
 *
 * @param name its name
 * @param condition {@code told}, {@code waiting}, {@code failing} or {@code stopped}
 * @param prefix the prefix that it was told last
 * @param toldAt when that was
 * @param wanted the prefix that it is still to be told
 * @param error why it failed last
 * @param nextTry when it is tried again
 */
public record FollowerView(
    String name,
    String condition,
    @Nullable String prefix,
    @Nullable Instant toldAt,
    @Nullable String wanted,
    @Nullable String error,
    @Nullable Instant nextTry) {

  static FollowerView of(FollowerState state) {
    return new FollowerView(
        state.name(),
        state.condition(),
        state.told().map(told -> told.prefix().prefix().toString()).orElse(null),
        state.told().map(told -> told.at()).orElse(null),
        state.wanted().map(wanted -> wanted.prefix().toString()).orElse(null),
        state.error().map(Redaction::of).orElse(null),
        state.nextTry().orElse(null));
  }
}
