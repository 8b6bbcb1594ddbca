package io.github.metallbdyn6.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.flow.Street;
import io.github.metallbdyn6.testbed.ProgramProcess;
import io.github.metallbdyn6.testbed.RealMetalLbRelease;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A street of services of every kind under a new prefix, and under another one right after it. */
class HandoverIT extends RealFlow {

  @ParameterizedTest
  @EnumSource
  void keepsIpv4AndHostPartsOfEverybodyAtEveryInstant(RealMetalLbRelease release) {
    startHome(release, "handover");
    Street street = new Street(services, A);
    Map<String, String> pods = home.cluster().pods().uids();
    ProgramProcess program = start(Map.of());
    awaitPasses(2);
    home.changePrefix(B);
    awaitOnly(B);
    street.assertSameUnder(B, A);
    home.changePrefix(C);
    awaitOnly(C);

    street.assertSameUnder(C, A);
    street.assertUntouchedOnes();
    eventually(home.history()::assertComplete);
    home.history().assertNobodyLostAnything();
    assertThat(home.cluster().pods().uids()).as("pods").isEqualTo(pods);
    assertNothingRefused();
    assertThat(program.output()).doesNotContain("WARN", "ERROR", "Exception");
  }
}
