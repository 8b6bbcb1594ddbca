package io.github.metallbdyn6.testbed;

/**
 * A request that the program sent to the Kubernetes API.
 *
 * @param method GET, PATCH, DELETE, ...
 * @param path with its query, decoded
 * @param body as sent
 * @param nanoTime when it arrived, as of {@link System#nanoTime}
 */
public record ApiCall(String method, String path, String body, long nanoTime) {

  /** Tells whether it was meant to change something; an Event only tells of it. */
  public boolean isWrite() {
    return !"GET".equals(method) && !isEvent();
  }

  /** Tells whether it was about Kubernetes Events. */
  public boolean isEvent() {
    return path.startsWith("/apis/events.k8s.io/");
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}
