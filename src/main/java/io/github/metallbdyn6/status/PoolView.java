package io.github.metallbdyn6.status;

import io.github.metallbdyn6.status.StatusView.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How things stand with one pool.
 *
 * @param state in one word
 * @param title the same for people
 * @param summary the same in a sentence
 * @param pool the IPAddressPool
 * @param checks how it is kept up to date
 * @param trouble why checks do not succeed at present, if they do not; else the first concern
 * @param concerns what is not right although checks succeed
 * @param services its services
 * @param history what happened lately, the newest first
 */
public record PoolView(
    State state,
    String title,
    String summary,
    StatusView.Pool pool,
    StatusView.Checks checks,
    @Nullable Reason trouble,
    List<Reason> concerns,
    ServicesView services,
    List<StatusView.Event> history) {

  public PoolView {
    concerns = List.copyOf(concerns);
    history = List.copyOf(history);
  }
}
