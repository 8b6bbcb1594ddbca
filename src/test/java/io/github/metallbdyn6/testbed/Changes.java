package io.github.metallbdyn6.testbed;

import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.util.function.Consumer;

/** Tells of every state that a watched resource comes to have, its end included. */
final class Changes<T> implements ResourceEventHandler<T> {
  private final Consumer<T> listener;

  private Changes(Consumer<T> listener) {
    this.listener = listener;
  }

  static <T> Changes<T> of(Consumer<T> listener) {
    return new Changes<>(listener);
  }

  @Override
  public void onAdd(T created) {
    listener.accept(created);
  }

  @Override
  public void onUpdate(T before, T after) {
    listener.accept(after);
  }

  @Override
  public void onDelete(T last, boolean finalStateUnknown) {
    listener.accept(last);
  }
}
