package io.github.metallbdyn6.status;

import com.fasterxml.jackson.annotation.JsonValue;

/** The part that an entry of the pool plays. */
public enum EntryRole {
  /** The program wrote it, for the current prefix. */
  OURS("ours", "ours"),
  /** The program wrote it, and it goes when no service needs it any more. */
  RETIRING("retiring", "ours, retires"),
  /** The program takes it for its own: the next change puts another one in its place. */
  TO_REPLACE("toReplace", "taken for ours: the next change replaces it"),
  /** It has the host range of ours under another prefix, and stays. */
  LOOKALIKE("lookalike", "not ours, but our host range under another prefix"),
  /** Somebody else wrote it, and it stays. */
  FOREIGN("foreign", "not ours, left alone");

  private final String word;
  private final String title;

  EntryRole(String word, String title) {
    this.word = word;
    this.title = title;
  }

  /** Returns the word in the JSON. */
  @JsonValue
  public String word() {
    return word;
  }

  /** Returns the role for people. */
  public String title() {
    return title;
  }
}
