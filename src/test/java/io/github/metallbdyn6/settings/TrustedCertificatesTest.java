package io.github.metallbdyn6.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrustedCertificatesTest {
  private static final Path ROUTER = Path.of("src/test/resources/router.pem");

  @Test
  void isNothingSpecialWithoutAFile() {
    assertThat(TrustedCertificates.trust("")).isEmpty();
  }

  @Test
  void takesSeveralCertificatesWithTextBetween(@TempDir Path folder) throws IOException {
    String one = Files.readString(ROUTER);
    Path both = Files.writeString(folder.resolve("both.pem"), "router:\n" + one + "again:\n" + one);

    assertThat(TrustedCertificates.read(both.toString())).hasSize(2);
    assertThat(TrustedCertificates.trust(both.toString())).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                                      | no certificate in it",
        "-----BEGIN CERTIFICATE-----                             | not a file with certificates",
        "hello                                                   | certificate",
        "-----BEGIN PRIVATE KEY-----;AAAA;-----END PRIVATE KEY-----; | certificate"
      })
  void refusesWhatHoldsNone(String text, String message, @TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("ca.pem"), text.replace(';', '\n'));

    assertThatThrownBy(() -> TrustedCertificates.read(file.toString()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void refusesAFileThatIsNotThere(@TempDir Path folder) {
    assertThatThrownBy(() -> TrustedCertificates.read(folder.resolve("none.pem").toString()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the file cannot be read");
  }
}
