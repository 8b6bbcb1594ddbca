package io.github.metallbdyn6.metallb;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetalLbVersionTest {

  @ParameterizedTest
  @CsvSource({
    "v0.14.8,                 0, 14",
    "0.14.8,                  0, 14",
    "v0.14,                   0, 14",
    "0.13.12-debian-11-r5,    0, 13",
    "v0.15.0-rc1,             0, 15",
    "0.9.10+build.7,          0, 9",
    "v1.0.0,                  1, 0",
    "v0.013.1,                0, 13"
  })
  void readsReleases(String text, int major, int minor) {
    assertThat(MetalLbVersion.parse(text)).contains(new MetalLbVersion(major, minor));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "v",
        "main",
        "latest",
        "main-0.14",
        "14",
        "v14",
        "0",
        "0.",
        ".14",
        "v0.x",
        "0.14x",
        "0.14_1",
        "vv0.14.8",
        "V0.14.8",
        " 0.14.8",
        "-0.14.8",
        "0.99999999999",
        "99999999999.0",
        "٠.١٤",
        "sha-0a1b2c3"
      })
  void knowsNothingElse(String text) {
    assertThat(MetalLbVersion.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "quay.io/metallb/controller:v0.14.8,                          0.14",
    "metallb/speaker:v0.13.12,                                    0.13",
    "speaker:0.13.12,                                             0.13",
    "localhost:5000/metallb/speaker:v0.9.3,                       0.9",
    "localhost:5000/speaker:v0.9.3,                               0.9",
    "docker.io/bitnami/metallb-speaker:0.14.8-debian-12-r5,       0.14",
    "quay.io/metallb/controller:v0.14.8@sha256:0123456789abcdef,  0.14",
    "registry.example.org:443/a/b/c/controller:v0.15.2@sha256:01, 0.15"
  })
  void readsTheTagOfAnImage(String image, String version) {
    assertThat(MetalLbVersion.ofImage(image)).hasToString("Optional[" + version + "]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "controller",
        "quay.io/metallb/controller",
        "quay.io/metallb/controller:main",
        "quay.io/metallb/controller:latest",
        "quay.io/metallb/controller:",
        "quay.io/metallb/controller@sha256:0123456789abcdef",
        "localhost:5000/metallb/controller",
        "10.14:5000/controller",
        "v0.14.8/controller",
        "v0.14.8"
      })
  void doesNotGuessWithoutATag(String image) {
    assertThat(MetalLbVersion.ofImage(image)).isEmpty();
  }

  @Test
  void isOrderedByNumbersAndNotByText() {
    assertThat(new MetalLbVersion(0, 9))
        .isLessThan(new MetalLbVersion(0, 13))
        .isLessThan(new MetalLbVersion(1, 0));
    assertThat(new MetalLbVersion(1, 0)).isGreaterThan(new MetalLbVersion(0, 15));
    assertThat(new MetalLbVersion(0, 14))
        .isEqualByComparingTo(MetalLbVersion.APPLIES_POOL_ITSELF)
        .isGreaterThan(new MetalLbVersion(0, 13));
  }
}
