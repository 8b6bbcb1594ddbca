package io.github.metallbdyn6.pass;

import io.github.metallbdyn6.answer.CurrentPrefix;
import io.github.metallbdyn6.handover.HandoverGoal;
import io.github.metallbdyn6.ipv6.AddressRange;
import io.github.metallbdyn6.pool.PoolPlan;
import io.github.metallbdyn6.pool.PoolState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The knowledge of a pass about one pool: the body of the exchange while the pool is compared and
 * changed. Each step returns a pass with one more field. A field that no step has given yet cannot
 * be read.
 *
 * @param pool namespace and name of the pool
 * @param prefix what the sources say; nothing between two passes, when only services are placed
 * @param timesSeen how many passes in a row have found this prefix
 * @param rules the user's rules for this pool
 * @param range where the pool's addresses belong
 * @param state the pool as it was read, or patched, last
 * @param plan how the pool differs from what it should be
 * @param handover how services move, if they do
 * @param restart which of MetalLB's pods have to go, and how far that is
 */
public record PoolPass(
    String pool,
    Optional<CurrentPrefix> prefix,
    int timesSeen,
    @Nullable PoolRules rules,
    @Nullable AddressRange range,
    @Nullable PoolState state,
    @Nullable PoolPlan plan,
    @Nullable Handover handover,
    PodRestart restart) {

  /** Begins for a pool that is to follow this prefix. */
  public static PoolPass follow(String pool, CurrentPrefix prefix, int timesSeen) {
    return new PoolPass(
        pool, Optional.of(prefix), timesSeen, null, null, null, null, null, PodRestart.NONE);
  }

  /** Begins for a pool that stays as it is, while its services are put where they should be. */
  public static PoolPass place(String pool) {
    return new PoolPass(pool, Optional.empty(), 0, null, null, null, null, null, PodRestart.NONE);
  }

  static <T> T known(@Nullable T field, String name) {
    if (field == null) {
      throw new IllegalStateException("no step of this pass has given the " + name + " yet");
    }
    return field;
  }

  /** Returns the user's rules for this pool. */
  @Override
  public PoolRules rules() {
    return known(rules, "rules");
  }

  /** Returns where the pool's addresses belong. */
  @Override
  public AddressRange range() {
    return known(range, "range");
  }

  /** Tells whether it is known where the pool's addresses belong. */
  public boolean hasRange() {
    return range != null;
  }

  /** Returns the pool as it was read, or patched, last. */
  @Override
  public PoolState state() {
    return known(state, "state of the pool");
  }

  /** Returns the pool as it was before this pass changed it. */
  public PoolState stateBefore() {
    return plan == null ? state() : plan.current();
  }

  /** Returns how the pool differs from what it should be. */
  @Override
  public PoolPlan plan() {
    return known(plan, "plan");
  }

  /** Returns how services move. */
  @Override
  public Handover handover() {
    return known(handover, "handover");
  }

  /** Returns the patches of services that are due now. */
  public List<PoolServicePatch> servicePatches() {
    return handover().moves().patches().stream()
        .map(patch -> new PoolServicePatch(pool, patch))
        .toList();
  }

  /** Tells whether anything is to be done for this pool. */
  public boolean isDue() {
    return plan().isDue() || plan().isHandover() || isRestartOwed();
  }

  /** Tells whether the pool says that MetalLB's pods have to be restarted. */
  public boolean isRestartOwed() {
    return state().isReloadPending();
  }

  public PoolPass with(PoolRules found) {
    return new PoolPass(pool, prefix, timesSeen, found, range, state, plan, handover, restart);
  }

  public PoolPass with(AddressRange found) {
    return new PoolPass(pool, prefix, timesSeen, rules, found, state, plan, handover, restart);
  }

  public PoolPass with(PoolState now) {
    return new PoolPass(pool, prefix, timesSeen, rules, range, now, plan, handover, restart);
  }

  public PoolPass with(PoolPlan made) {
    return new PoolPass(pool, prefix, timesSeen, rules, range, state, made, handover, restart);
  }

  public PoolPass with(Handover now) {
    return new PoolPass(pool, prefix, timesSeen, rules, range, state, plan, now, restart);
  }

  public PoolPass with(HandoverGoal goal) {
    return with(Handover.to(goal));
  }

  public PoolPass with(PodRestart now) {
    return new PoolPass(pool, prefix, timesSeen, rules, range, state, plan, handover, now);
  }

  /** Tells the knowledge so far in words, for Camel's console. */
  @Override
  public String toString() {
    List<String> known = new ArrayList<>();
    prefix.ifPresent(it -> known.add("prefix " + it.prefix()));
    Optional.ofNullable(range).ifPresent(it -> known.add("range " + it));
    Optional.ofNullable(state).ifPresent(it -> known.add("has " + it.addresses()));
    Optional.ofNullable(plan).ifPresent(it -> known.add(inWords(it)));
    Optional.ofNullable(handover).ifPresent(it -> known.add("services go to " + it.goal().range()));
    restart.mark().ifPresent(it -> known.add("restart owed to pods " + it));
    return pool + ": " + String.join("; ", known);
  }

  private static String inWords(PoolPlan plan) {
    return plan.held()
        .map("held: "::concat)
        .orElseGet(() -> plan.isChanged() ? "to do: " + plan.summary() : "nothing to change");
  }
}
