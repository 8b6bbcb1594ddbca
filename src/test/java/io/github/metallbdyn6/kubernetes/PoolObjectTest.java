package io.github.metallbdyn6.kubernetes;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.pool.PoolState;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
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

  /** Somebody else's annotation is no reason to leave the prefix, however long it is. */
  @Test
  void isUsableWhateverAnotherProgramWritesThere() throws Exception {
    String pool =
        """
        {"metadata":{"namespace":"metallb-system","name":"public","resourceVersion":"7",
         "annotations":{"dynamic-prefix.io/name":"%s"}},
         "spec":{"addresses":["2001:db8:a::1000-2001:db8:a::1999"]}}
        """
            .formatted("x".repeat(100_000));
    try (ObjectReader reader =
        new ObjectReader(
            new ByteArrayInputStream(pool.getBytes(StandardCharsets.UTF_8)), PoolObject.FIELDS)) {
      assertThat(PoolObject.stateOf(reader.object()))
          .returns(true, state -> state.rival().isPresent())
          .returns(1, state -> state.addresses().size());
    }
  }
}
