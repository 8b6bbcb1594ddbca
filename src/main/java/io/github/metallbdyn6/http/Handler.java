package io.github.metallbdyn6.http;

import java.net.InetAddress;
import java.util.concurrent.CompletionStage;

/** The work of a port. Both methods run in the port's only thread: they never wait. */
public interface Handler {
  /** Tells whether this address may connect at all; who may not is neither read nor counted. */
  default boolean admits(InetAddress address) {
    return true;
  }

  /** Returns the answer to a request, which may come later, from any thread. */
  CompletionStage<Response> answer(Request request);
}
