package io.github.metallbdyn6.report;

import static java.util.stream.Collectors.joining;

import io.github.metallbdyn6.follower.FollowerState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The concerns about followers. */
final class FollowerConcerns {
  private FollowerConcerns() {}

  static Optional<Concern> of(List<FollowerState> followers) {
    List<FollowerState> wrong = followers.stream().filter(it -> it.error().isPresent()).toList();
    return wrong.stream()
        .flatMap(it -> it.since().stream())
        .min(Instant::compareTo)
        .map(since -> new Concern(Concern.Topic.FOLLOWERS, inWords(wrong), advice(wrong), since));
  }

  private static String inWords(List<FollowerState> wrong) {
    return wrong.stream().map(FollowerConcerns::inWords).collect(joining("; "));
  }

  private static String inWords(FollowerState wrong) {
    String what =
        wrong
            .wanted()
            .map(it -> "does not know the prefix %s yet".formatted(it.prefix()))
            .orElse(wrong.stopped() ? "is stopped" : "was not told what happened");
    return "the follower %s %s: %s".formatted(wrong.name(), what, wrong.error().orElse(""));
  }

  private static String advice(List<FollowerState> wrong) {
    return wrong.stream().anyMatch(FollowerState::stopped)
        ? Advice.RESUME_FOLLOWER
        : Advice.MEND_FOLLOWER;
  }
}
