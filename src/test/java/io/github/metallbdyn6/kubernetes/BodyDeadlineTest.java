package io.github.metallbdyn6.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodyDeadlineTest {
  /** Otherwise a dead watch of services would be believed for as long as one of the pool. */
  @ParameterizedTest
  @CsvSource({
    "/services?watch=true&allowWatchBookmarks=true&timeoutSeconds=300&resourceVersion=7, 300",
    "/pools?fieldSelector=metadata.name%3Dpublic&watch=true&timeoutSeconds=600, 600",
    "/services?limit=500, 0",
    "/services, 0",
  })
  void givesAWatchTheTimeThatItAsksFor(String path, long seconds) {
    assertThat(BodyDeadline.lastingOf(URI.create("https://192.0.2.1" + path)))
        .isEqualTo(Duration.ofSeconds(seconds));
  }
}
