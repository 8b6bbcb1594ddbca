package io.github.metallbdyn6.lease;

import java.time.Instant;
import java.util.Optional;

/** Whether this replica leads. Only the leader runs passes and changes anything in the cluster. */
public interface Leadership {
  /** The only replica: it always leads, and nothing is asked or counted for that. */
  Leadership ALONE =
      new Leadership() {
        @Override
        public boolean leads() {
          return true;
        }

        @Override
        public Optional<String> leader() {
          return Optional.empty();
        }

        @Override
        public Instant since() {
          return Instant.MIN;
        }

        @Override
        public boolean isElected() {
          return false;
        }
      };

  /** Tells whether this replica leads at this moment. */
  boolean leads();

  /** Returns the name of the replica that leads, as far as this one has heard. */
  Optional<String> leader();

  /** Returns since when this replica leads, or does not. */
  Instant since();

  /** Tells whether replicas elect a leader at all. */
  boolean isElected();

  /**
   * Has a write go on only while this replica leads.
   *
   * @throws NotLeading if it does not
   */
  default void requireTerm() {
    if (!leads()) {
      throw new NotLeading();
    }
  }

  /** Returns in words why this replica waits; nothing while it leads. */
  default Optional<String> standbyInWords() {
    return leads()
        ? Optional.empty()
        : Optional.of(
            leader()
                .map("standing by for %s"::formatted)
                .orElse("standing by: no replica leads at present"));
  }
}
