package io.github.metallbdyn6.process;

import io.github.metallbdyn6.testbed.TestCluster;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A source as it is in a home: a real server, file, interface or node that the jar asks, with the
 * answers that it gives on good and on bad days. The prefix of a good day is 2001:db8:b::/64, or
 * the first subnet of 2001:db8:b::/56.
 */
abstract class SourceRig implements AutoCloseable {
  /** Something that may fail in any way. */
  interface Step {
    void take() throws Exception;
  }

  /**
   * A bad day.
   *
   * @param name in two or three words
   * @param environment what the user has set otherwise; when it is not empty, or the source
   *     remembers its answers, the jar is started anew for it
   * @param begin has it begin
   * @param line what the user sees in the log, from the level on; it begins so
   */
  record Failure(String name, Map<String, String> environment, Step begin, String line) {
    static Failure of(String name, Runnable begin, String line) {
      return new Failure(name, Map.of(), begin::run, line);
    }

    static Failure ofSettings(String name, Map<String, String> environment, String line) {
      return new Failure(name, environment, () -> {}, line);
    }
  }

  static final String HELD = "WARN  The pool is held as it is: the source's answer is refused ";
  static final String FAILED = "WARN  Pass failed: ";

  /** Returns the source's name. */
  abstract String source();

  /** Returns what stands for it here, in a few words for the report. */
  abstract String shape();

  /** Returns the settings with which the jar asks it. */
  abstract Map<String, String> environment();

  /** Has it answer as on a good day. */
  abstract void beGood() throws Exception;

  /** Returns its two most likely failures. */
  abstract List<Failure> failures();

  /** Tells whether its answers count for so long that every day needs the jar started anew. */
  boolean remembers() {
    return false;
  }

  @Override
  public void close() throws Exception {
    // nothing, unless there is something
  }

  /** Makes a rig; the folder is its own. */
  interface Factory {
    SourceRig make(Path folder, TestCluster cluster) throws Exception;
  }
}
