package io.github.metallbdyn6.testbed;

import java.util.function.Predicate;

/** A remote call that the program makes while the pool follows a change. */
public interface HomeCall {
  /** Returns its name in reports. */
  String name();

  /** Tells whether it goes to the source; any other goes to the API server. */
  boolean asksSource();

  /** Tells it from other calls to this API server. */
  Predicate<ApiCall> in(ApiProxy api);
}
