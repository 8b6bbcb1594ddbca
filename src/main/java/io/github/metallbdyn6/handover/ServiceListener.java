package io.github.metallbdyn6.handover;

/** Hears of services, in the watch's own thread: it must not wait for anything. */
public interface ServiceListener {
  /** Is told of a service of type LoadBalancer that is new, has changed, or was there before. */
  void changed(ServiceState service);

  /** Is told of a service that was deleted, or is of another type. */
  void gone(String uid);
}
