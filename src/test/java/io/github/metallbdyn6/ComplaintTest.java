package io.github.metallbdyn6;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.settings.Arguments;
import io.github.metallbdyn6.settings.Settings;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class ComplaintTest {
  private static String about(Map<String, String> environment) {
    Arguments none = Arguments.of(List.of());
    return Complaint.of(none, Settings.read(none, environment, new Properties())).orElse("");
  }

  @Test
  void aSettingThatIsMissingMayBeMisspelled() {
    assertThat(
            about(
                Map.of(
                    "METALLB_DYN6_HOST_RANGE",
                    "::1000-::1999",
                    "METALLB_DYN6_METALB_POOL",
                    "public",
                    "METALLB_DYN6_ROUTES",
                    "routes")))
        .containsSubsequence(
            "METALLB_DYN6_METALLB_POOL is not set",
            "settings that change nothing:",
            "METALLB_DYN6_METALB_POOL is not a setting, and no route uses it; did you mean METALLB_DYN6_METALLB_POOL?",
            "See --help.");
  }

  @Test
  void withoutRoutesNobodyKnowsWhatTheyRead() {
    assertThat(
            about(
                Map.of(
                    "METALLB_DYN6_FRITZBOX_URL",
                    "http://192.0.2.1",
                    "METALLB_DYN6_ROUTES",
                    "nowhere")))
        .contains("METALLB_DYN6_METALLB_POOL is not set", "no folder with")
        .doesNotContain("FRITZBOX");
  }
}
