package io.github.metallbdyn6;

import io.github.metallbdyn6.answer.AddressRule;
import io.github.metallbdyn6.handover.HandoverRule;
import io.github.metallbdyn6.pass.PoolRules;
import io.github.metallbdyn6.pool.PoolWishes;
import io.github.metallbdyn6.pool.WrongPoolRules;
import io.github.metallbdyn6.settings.PoolSettings;
import io.github.metallbdyn6.settings.Setting;
import io.github.metallbdyn6.settings.Settings;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The user's rules for one pool, made anew whenever the annotations of the pool change. */
final class RulesOfPool {
  /** For a pool whose annotation says another one, which is read before anything is planned. */
  private static final String NO_HOSTS = "::1";

  private final Settings settings;
  private final String pool;
  private final PoolRules usual;
  private final Consumer<PoolRules> changed;
  private @Nullable PoolWishes wishes;
  private volatile Optional<PoolRules> last;

  /** Makes no rules yet; others than before are told to the listener. */
  RulesOfPool(Settings settings, String pool, Consumer<PoolRules> changed) {
    this.changed = changed;
    this.settings = settings;
    this.pool = pool;
    usual = rulesOf(settings);
    last = Optional.empty();
  }

  /** Returns the rules for a pool without annotations. */
  PoolRules usual() {
    return usual;
  }

  /** Returns the rules as they were made last; nothing before, or if they cannot be right. */
  Optional<PoolRules> last() {
    return last;
  }

  /** Returns the rules for a pool with these annotations; nothing if they cannot be right. */
  Optional<PoolRules> find(PoolWishes now) {
    try {
      return Optional.of(under(now));
    } catch (WrongPoolRules e) {
      return Optional.empty(); // the pass of the pool says why
    }
  }

  /**
   * Returns the rules for a pool with these annotations.
   *
   * @throws WrongPoolRules when an annotation cannot be right
   */
  synchronized PoolRules under(PoolWishes now) {
    Optional<PoolRules> known = last;
    if (now.equals(wishes) && known.isPresent()) {
      return known.get();
    }
    boolean isLeaving =
        settings.keepsAnnotatedPools() && !now.texts().containsKey(PoolWishes.HOST_RANGE);
    if (isLeaving && known.isPresent()) {
      return known.get(); // until what is under way has come to its end
    }
    last = Optional.empty();
    PoolRules made = now.texts().isEmpty() ? usual : rulesOf(PoolSettings.of(settings, pool, now));
    wishes = now;
    last = Optional.of(made);
    changed.accept(made);
    return made;
  }

  /** Returns which addresses these settings want, as far as they say which. */
  static AddressRule addressesOf(Settings settings) {
    String hosts = settings.get(Setting.HOST_RANGE);
    return AddressRule.of(
        hosts.isEmpty() ? NO_HOSTS : hosts,
        settings.get(Setting.SUBNET_OVERRIDE),
        settings.get(Setting.PREFIX_LENGTH));
  }

  private PoolRules rulesOf(Settings wanted) {
    return new PoolRules(
        addressesOf(wanted),
        wanted.transition(),
        HandoverRule.of(wanted.get(Setting.RETIRE_AFTER), wanted.number(Setting.RELOAD_TIMEOUT))
            .forPool(pool)
            .forReplica(settings.electsLeader() ? Election.replica(settings) : ""));
  }
}
