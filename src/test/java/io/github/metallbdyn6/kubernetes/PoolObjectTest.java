package io.github.metallbdyn6.kubernetes;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.pool.PoolState;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PoolObjectTest {

  static Stream<String> annotations() {
    return Stream.of(
        PoolState.RECORD,
        PoolState.RELOAD_MARK,
        PoolState.RETIRING,
        PoolState.VALID_UNTIL,
        PoolState.EARLIER,
        PoolState.RECENT_CHANGES);
  }

  /** A record that is written and never read is lost. */
  @ParameterizedTest
  @MethodSource("annotations")
  void readsEveryRecordThatTheProgramWrites(String annotation) {
    Fields metadata = requireNonNull(PoolObject.FIELDS.of("metadata"));
    assertThat(requireNonNull(metadata.of("annotations")).of(annotation)).isNotNull();
  }
}
