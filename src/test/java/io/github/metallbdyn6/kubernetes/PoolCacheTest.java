package io.github.metallbdyn6.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PoolCacheTest {
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1); // nanoTime may overflow
  private final PoolCache cache = new PoolCache(now::get);

  @BeforeEach
  void watchAndRead() {
    cache.opened();
    cache.read(version("5"));
  }

  private static ApiObject version(String version) {
    var object = JsonNodeFactory.instance.objectNode();
    object.putObject("metadata").put("resourceVersion", version);
    return new ApiObject(object, Set.of());
  }

  private String current() {
    return cache.current().map(ApiObject::resourceVersion).orElse("");
  }

  private void after(Duration time) {
    now.addAndGet(time.toNanos());
  }

  @Test
  void knowsNothingBeforeTheWatchIsOpen() {
    PoolCache fresh = new PoolCache(now::get);
    fresh.read(version("5"));
    assertThat(fresh.current()).isEmpty();
    assertThat(fresh.newest()).isPresent();
  }

  @Test
  void answersWhatWasReadHeardOrWrittenLast() {
    assertThat(current()).isEqualTo("5");
    cache.heard(version("7"));
    assertThat(current()).isEqualTo("7");
    cache.written(version("9"));
    cache.heard(version("8")); // the watch comes later than the answer
    assertThat(current()).isEqualTo("9");
    cache.heard(version("10"));
    assertThat(current()).isEqualTo("10");
  }

  @Test
  void takesAReadAfterEveryGapOfTheWatch() {
    cache.closed();
    assertThat(current()).isEmpty();
    cache.opened();
    assertThat(current()).isEmpty();
    cache.read(version("5"));
    assertThat(current()).isEqualTo("5");
  }

  @Test
  void doesNotBelieveAWatchThatIsSilentForLong() {
    after(WatchSigns.LONGEST_SILENCE.minusNanos(1));
    assertThat(current()).isEqualTo("5");
    cache.alive();
    after(WatchSigns.LONGEST_SILENCE.minusNanos(1));
    assertThat(current()).isEqualTo("5");
    after(Duration.ofNanos(1));
    assertThat(current()).isEmpty();
    cache.read(version("5"));
    assertThat(current()).isEqualTo("5");
  }

  @Test
  void takesAReadAfterAWriteThatFailed() {
    cache.doubt();
    assertThat(current()).isEmpty();
    cache.heard(version("6"));
    assertThat(current()).as("what was heard may be older than the write").isEmpty();
    cache.read(version("7"));
    assertThat(current()).isEqualTo("7");
  }

  @Test
  void forgetsAPoolThatIsDeleted() {
    cache.gone();
    assertThat(cache.newest()).isEmpty();
    assertThat(current()).isEmpty();
  }
}
