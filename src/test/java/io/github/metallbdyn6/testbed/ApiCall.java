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
    return !"GET".equals(method) && !isEvent() && !isAccessReview();
  }

  /** Tells whether it asked what the program may do. */
  public boolean isAccessReview() {
    return path.endsWith("/selfsubjectaccessreviews");
  }

  /** Tells whether it was about services. */
  public boolean isAboutServices() {
    return path.startsWith("/api/v1/") && path.matches("[^?]*/services(?:[/?].*)?");
  }

  /** Tells whether it was the beginning of a watch. */
  public boolean isWatch() {
    return path.contains("watch=true");
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
