package io.github.metallbdyn6.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.metallbdyn6.answer.Answer;
import io.github.metallbdyn6.answer.RefusedAnswer;
import io.github.metallbdyn6.answer.SourceResult;
import io.github.metallbdyn6.pass.SourceBackingOff;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.jspecify.annotations.Nullable;

/**
 * Leaves a source alone: one that asks for it ({@link RetryAfter}), one that is to be asked only so
 * often, and one that was slow three times in a row, since the others wait for it. Until its rest
 * is over, its last result is its result.
 */
public final class SourceBackoff {
  /** They tell at once, so that nobody waits for such a source, and its return is seen at once. */
  private static final List<Class<? extends Exception>> QUICK =
      List.of(
          RefusedAnswer.class,
          JsonProcessingException.class,
          ConnectException.class,
          NoRouteToHostException.class,
          UnknownHostException.class);

  private static final int SLOW_TIMES = 3;

  /**
   * A check every minute comes some milliseconds early now and then, and is not to get the answer
   * of the minute before.
   */
  private static final Duration WORTH_WAITING_FOR = Duration.ofSeconds(1);

  /** A time that a source is left alone for, and the result that stands for it until then. */
  private record Rest(long begin, Duration length, SourceResult result) {}

  /**
   * The record of a source.
   *
   * @param asked when it was asked last
   * @param slow how often in a row it was slow
   * @param refused how often in a row it did not want to be asked
   */
  private record Past(long asked, int slow, int refused, @Nullable Rest rest) {
    private static final Past NONE = new Past(0, 0, 0, null);
  }

  private final Duration slowBreak;
  private final Clock clock;
  private final LongSupplier nanoTime;
  private final Map<String, Past> pasts = new ConcurrentHashMap<>();

  /**
   * Begins with no source at rest.
   *
   * @param slowBreak how long a source is left alone that is slow
   * @param clock for times that people read, and that a source names
   * @param nanoTime a clock that is never set, as of {@link System#nanoTime}
   */
  public SourceBackoff(Duration slowBreak, Clock clock, LongSupplier nanoTime) {
    this.slowBreak = slowBreak;
    this.clock = clock;
    this.nanoTime = nanoTime;
  }

  /**
   * Returns the result of a source that is at rest, or null if it is to be asked now. The last
   * second of a longer rest is waited for.
   */
  public @Nullable SourceResult resting(String source) throws InterruptedException {
    Past past = pasts.getOrDefault(source, Past.NONE);
    Rest rest = past.rest();
    if (rest != null && !isOver(rest)) {
      return rest.result();
    }
    pasts.put(source, new Past(nanoTime.getAsLong(), past.slow(), past.refused(), null));
    return null;
  }

  private boolean isOver(Rest rest) throws InterruptedException {
    long left = left(rest);
    if (left > 0 && left <= Math.min(WORTH_WAITING_FOR.toNanos(), rest.length().toNanos() / 10)) {
      TimeUnit.NANOSECONDS.sleep(left);
    }
    return left(rest) <= 0;
  }

  private long left(Rest rest) {
    return rest.begin() + rest.length().toNanos() - nanoTime.getAsLong();
  }

  /**
   * Notes what it answered.
   *
   * @param every the least time between two questions, in seconds; null: none
   */
  public SourceResult answered(String source, Answer answer, @Nullable Integer every) {
    SourceResult result = SourceResult.answered(source, answer);
    pasts.compute(
        source,
        (name, past) -> {
          long asked = past == null ? nanoTime.getAsLong() : past.asked();
          return new Past(asked, 0, 0, sparing(asked, every, result));
        });
    return result;
  }

  private static @Nullable Rest sparing(long asked, @Nullable Integer every, SourceResult result) {
    return every == null ? null : new Rest(asked, Duration.ofSeconds(every), result);
  }

  /**
   * Notes why it did not answer.
   *
   * @param every the least time between two questions, in seconds; null: none
   */
  public SourceResult failed(String source, Exception reason, @Nullable Integer every) {
    requireMachine(reason);
    Past before = pasts.getOrDefault(source, Past.NONE);
    Past past =
        reason instanceof HttpOperationFailedException http && RetryAfter.isRefusal(http)
            ? refused(source, before, http)
            : failed(source, before, reason, every);
    pasts.put(source, past);
    // The log would never tell of the rest otherwise: the passes that follow fail in the same way.
    return past.rest() == null ? SourceResult.failed(source, reason) : past.rest().result();
  }

  private Past refused(String source, Past before, HttpOperationFailedException reason) {
    Duration length = RetryAfter.of(reason, before.refused(), clock.instant());
    return new Past(before.asked(), 0, before.refused() + 1, rest(source, length, reason));
  }

  private Past failed(String source, Past before, Exception reason, @Nullable Integer every) {
    int slow = isQuick(reason) ? 0 : before.slow() + 1;
    Rest rest =
        slow < SLOW_TIMES
            ? sparing(before.asked(), every, SourceResult.failed(source, reason))
            : rest(source, slowBreak, reason);
    return new Past(before.asked(), slow, before.refused(), rest);
  }

  private Rest rest(String source, Duration length, Exception reason) {
    SourceBackingOff failure = new SourceBackingOff(clock.instant().plus(length), reason);
    return new Rest(nanoTime.getAsLong(), length, SourceResult.failed(source, failure));
  }

  private static boolean isQuick(Exception reason) {
    return causes(reason).anyMatch(cause -> QUICK.stream().anyMatch(it -> it.isInstance(cause)));
  }

  /** A full stack or memory is not the source's failure, and no other source may hide it. */
  private static void requireMachine(Exception reason) {
    causes(reason)
        .filter(VirtualMachineError.class::isInstance)
        .map(VirtualMachineError.class::cast)
        .findFirst()
        .ifPresent(
            error -> {
              throw error;
            });
  }

  private static Stream<Throwable> causes(Throwable reason) {
    return Stream.iterate(reason, Objects::nonNull, Throwable::getCause);
  }
}
