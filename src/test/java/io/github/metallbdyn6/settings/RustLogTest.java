package io.github.metallbdyn6.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RustLogTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "info; info",
        "DEBUG; debug",
        "warning; warn",
        "off; error",
        "4; debug",
        "metallb_dyn6=debug; debug",
        "warn,metallb_dyn6=debug; debug",
        "metallb_dyn6=trace,hyper=info; trace",
        "trace,metallb_dyn6=warn; warn",
        "info, metallb_dyn6_k8s=debug; debug",
        "metallb_dyn6::updater[run]=debug; debug",
        "metallb_dyn6; trace",
        "hyper=trace,info; info",
        "metallb_dyn6=loud,info; info",
      })
  void isReadAsTheLevelOfThisProgram(String text, String level) {
    assertThat(RustLog.levelIn(text)).contains(level);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "hyper=debug", "loud", "metallb_dyn6=", ","})
  void mayNameNoLevelForThisProgram(String text) {
    assertThat(RustLog.levelIn(text)).isEmpty();
  }
}
