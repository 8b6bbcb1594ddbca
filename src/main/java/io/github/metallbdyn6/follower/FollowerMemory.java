package io.github.metallbdyn6.follower;

/** Where the record of what followers were told is kept. */
public interface FollowerMemory {
  /** Returns the record, with what is still to be written; without a request. */
  FollowerRecord current();

  /** Has a record written soon: by a patch that is due anyway, or by {@link #flush}. */
  void keep(FollowerRecord record);

  /** Writes what no other patch has written yet. */
  void flush();
}
