package io.github.metallbdyn6.settings;

import io.github.metallbdyn6.pool.Transition;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** The values of all settings: what the user has set, else the defaults. */
public final class Settings {
  /** With every repetition, and none of them answered in time. */
  private static final int CALLS_IN_A_PASS = 20;

  private final Map<Setting, String> values;
  private final GivenValues given;

  private Settings(Map<Setting, String> values, GivenValues given) {
    this.values = values;
    this.given = given;
  }

  /** Reads all settings; nothing is checked yet. */
  public static Settings read(Map<String, String> environment, Properties system) {
    return read(Arguments.of(List.of()), environment, system);
  }

  /** Reads all settings; nothing is checked yet. */
  public static Settings read(
      Arguments arguments, Map<String, String> environment, Properties system) {
    GivenValues given = new GivenValues(arguments, environment, system);
    Map<Setting, String> values = new EnumMap<>(Setting.class);
    for (Setting setting : Setting.values()) {
      String value = given.of(setting);
      values.put(setting, value.isEmpty() ? Defaults.of(setting) : value);
    }
    return new Settings(values, given);
  }

  /** Returns the same settings but for one. */
  Settings with(Setting setting, String value) {
    Map<Setting, String> changed = new EnumMap<>(values);
    changed.put(setting, value);
    return new Settings(changed, given);
  }

  GivenValues given() {
    return given;
  }

  /** Checks everything and returns all that is wrong, in the settings' order. */
  public List<Problem> problems() {
    return new SettingsCheck(this).problems();
  }

  /** Checks these settings alone, as {@link #problems}. */
  public List<Problem> problems(Collection<Setting> some) {
    return new SettingsCheck(this).problems(some);
  }

  /** Returns what is taken otherwise than it was set, a sentence for each. */
  public List<String> notes() {
    return new SettingsNotes(this).notes();
  }

  /** Returns what is right, but works only in part, a sentence for each. */
  public List<String> hints() {
    return new SettingsNotes(this).hints();
  }

  /** Returns what looks like a setting and is none, a sentence for each. */
  public List<String> misspelled() {
    return new UnusedSettings(this).misspelled();
  }

  /** Returns what is set without any effect, a sentence for each. */
  public List<String> ineffective() {
    return new UnusedSettings(this).ineffective();
  }

  /** Returns the value; an empty text when it is not set and has no default. */
  public String get(Setting setting) {
    return NormalValue.of(setting, raw(setting));
  }

  /** Returns the value as the user wrote it. */
  String raw(Setting setting) {
    return values.getOrDefault(setting, "");
  }

  /** Returns the value of a variable that is not a setting, such as a source's password. */
  public String variable(String name) {
    return given.of(name);
  }

  public int number(Setting setting) {
    return Integer.parseInt(get(setting));
  }

  public boolean is(Setting setting) {
    return Boolean.parseBoolean(get(setting));
  }

  public boolean dryRun() {
    return is(Setting.DRY_RUN);
  }

  /** Tells whether replicas elect a leader; a dry run writes nothing, no Lease either. */
  public boolean electsLeader() {
    return !get(Setting.LEASE).isEmpty() && !dryRun();
  }

  /** Returns the names of the pools to keep; none where annotations of pools say which. */
  public List<String> pools() {
    return keepsAnnotatedPools()
        ? List.of()
        : Arrays.stream(get(Setting.METALLB_POOL).split(",", -1)).map(String::strip).toList();
  }

  /** Tells whether those pools are kept that an annotation asks for. */
  public boolean keepsAnnotatedPools() {
    return get(Setting.METALLB_POOL).equals(Checks.EVERY_ANNOTATED_POOL);
  }

  /** Tells whether there may be more than one pool. */
  public boolean mayKeepSeveralPools() {
    return keepsAnnotatedPools() || pools().size() > 1;
  }

  /** Returns the names of the sources to ask, the preferred one first. */
  public List<String> sources() {
    return Arrays.stream(get(Setting.SOURCE).split(",", -1)).map(String::strip).toList();
  }

  /** Returns the names of what follows the prefix besides the pool. */
  public List<String> followers() {
    return listIn(get(Setting.FOLLOWERS));
  }

  /** Returns the items of a follower's own variable, which are separated by commas. */
  public List<String> listOf(String follower, String name) {
    return listIn(variable(VariableName.ofFollower(follower, name)));
  }

  private static List<String> listIn(String text) {
    return Arrays.stream(text.split(",", -1))
        .map(String::strip)
        .filter(item -> !item.isEmpty())
        .toList();
  }

  /** Tells whether all sources are asked, and have to agree. */
  boolean mustAgree() {
    return "agree".equals(get(Setting.SOURCE_POLICY));
  }

  /** Returns how many sources have to say the same. */
  public int quorum() {
    return mustAgree() ? number(Setting.QUORUM) : 1;
  }

  /** Returns how long a slow source is left alone. */
  public Duration sourceBreak() {
    return Duration.ofSeconds(number(Setting.SOURCE_BREAK));
  }

  /** Returns how long a source or the Kubernetes API may take. */
  public Duration requestTimeout() {
    return Duration.ofSeconds(number(Setting.REQUEST_TIMEOUT));
  }

  /**
   * Returns how long it may take from the end of one pass to the end of the next: three intervals,
   * the wait for MetalLB, and a time-out for each call and its repetitions.
   */
  public Duration longestPass() {
    return Duration.ofSeconds(3L * number(Setting.UPDATE_INTERVAL))
        .plusSeconds(number(Setting.RELOAD_TIMEOUT))
        .plus(requestTimeout().multipliedBy(CALLS_IN_A_PASS));
  }

  /** Returns how the pool gets to a new prefix. */
  public Transition transition() {
    return Transition.parse(get(Setting.TRANSITION));
  }

  /** Tells whether Events are wanted; a dry run writes nothing, and so none of them either. */
  public boolean wantsEvents() {
    return is(Setting.EVENTS) && !dryRun();
  }

  /** Returns the values under the keys that the routes use. */
  public Properties asProperties() {
    return new RouteSettings(this).asProperties();
  }
}
