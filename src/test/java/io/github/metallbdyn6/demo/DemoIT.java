package io.github.metallbdyn6.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo in a process of its own, as Maven starts it, without the time to read. */
class DemoIT {
  private static final int END_SECONDS = 120;

  @TempDir Path folder;

  @Test
  void showsEveryStepAndEndsWithStatusZero() throws Exception {
    Path output = folder.resolve("output");
    Process demo =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Ddemo.pause=0",
                "-classpath",
                System.getProperty("java.class.path"),
                Demo.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(demo.waitFor(END_SECONDS, TimeUnit.SECONDS)).as("it ends").isTrue();
    } finally {
      demo.destroyForcibly();
    }

    assertThat(Files.readString(output))
        .containsSubsequence(
            "the status page is at http://localhost:",
            "mail      192.0.2.25      2001:db8:a::1025   you: both addresses are pinned",
            "web       192.0.2.11        2001:db8:a::1001   2001:db8:b::1001",
            "nas       192.0.2.12        2001:db8:a::1445   2001:db8:b::1445",
            "printer   198.51.100.10     2001:db8:a::2000   2001:db8:b::2000",
            "public     2001:db8:a::1000-2001:db8:a::1999   2001:db8:b::1000-2001:db8:b::1999",
            "internal   2001:db8:a::2000-2001:db8:a::2999   2001:db8:b::2000-2001:db8:b::2999",
            "restart of MetalLB                                               0",
            "state | inSync",
            "state  | holding",
            "reason | the source's answer is refused (malformed): a web page",
            "web       192.0.2.11        2001:db8:b::1001   2001:db8:b::1001",
            "0 requests that wrote",
            "web       192.0.2.11        2001:db8:b::1001   2001:db8:c::1001",
            "state | inSync",
            "No service lost its IPv4 address")
        .doesNotContain("Exception");
    assertThat(Files.readAllLines(output))
        .allSatisfy(line -> assertThat(line).hasSizeLessThan(101));
    assertThat(demo.exitValue()).isZero();
  }
}
