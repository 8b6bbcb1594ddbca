package io.github.metallbdyn6.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.testbed.MetalLbRelease;
import io.github.metallbdyn6.testbed.TestServices.Wanted;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A host part that a user declares on a service. */
class HostPartTest extends HandoverFlow {

  @BeforeEach
  void startFirstHome() {
    startHome(MetalLbRelease.V0_15_2);
  }

  @ParameterizedTest
  @EnumSource(names = {"V0_13_12", "V0_15_2"})
  void isGivenToAServiceThatAppearsAndKeptUnderEveryPrefix(MetalLbRelease release)
      throws Exception {
    home.close();
    startHome(release);
    startHandover();
    awaitPasses(1);
    services.create(Wanted.dualStack("mail").annotated(HOST_PART, "::1525"));
    services.create(Wanted.ipv6Only("six").annotated(HOST_PART, "0:0:0:0::15AB"));

    awaitAddresses("mail", "192.0.2.10", A + "::1525");
    awaitAddresses("six", A + "::15ab");
    home.changePrefix(B);
    awaitOnly(B);
    awaitAddresses("mail", "192.0.2.10", B + "::1525");
    awaitAddresses("six", B + "::15ab");
    assertThat(services.annotations("mail")).doesNotContainKey(OLDER_PIN);
    eventually(history::assertComplete);
    history.assertIpv4Kept(services.key("mail"));
    home.model().ifPresent(model -> assertThat(model.failures()).isEmpty());
  }

  @Test
  void isGivenToAServiceThatIsThereAlready() {
    services.create(Wanted.dualStack("mail").annotated(HOST_PART, "::1525"));
    awaitAddresses("mail", "192.0.2.10", A + "::1000");
    startHandover();
    awaitAddresses("mail", "192.0.2.10", A + "::1525");
    history.assertIpv4Kept(services.key("mail"));
  }

  @Test
  void isGivenAlongWithTheNewPrefix() {
    services.create(Wanted.dualStack("mail"));
    awaitAddresses("mail", "192.0.2.10", A + "::1000");
    startHandover();
    awaitPasses(1);
    services.annotate("mail", HOST_PART, "::1525");
    home.changePrefix(B);

    awaitOnly(B);
    awaitAddresses("mail", "192.0.2.10", B + "::1525");
    history.assertIpv4Kept(services.key("mail"));
  }

  @Test
  void outsideTheRangeIsRefusedWithAWarning() {
    startHandover();
    awaitPasses(1);
    services.create(Wanted.dualStack("mail").annotated(HOST_PART, "::2525"));

    assertThat(awaitWarning("mail")).contains("::2525");
    awaitAddresses("mail", "192.0.2.10", A + "::1000");
    home.changePrefix(B);
    awaitOnly(B);
    awaitAddresses("mail", "192.0.2.10", B + "::1000");
    assertNobodyLostAnything();
  }

  @Test
  void nonsenseIsRefusedWithAWarning() {
    startHandover();
    awaitPasses(1);
    services.create(Wanted.dualStack("mail").annotated(HOST_PART, "twenty-five"));

    assertThat(awaitWarning("mail")).contains("twenty-five");
    awaitAddresses("mail", "192.0.2.10", A + "::1000");
    assertNobodyLostAnything();
  }

  @Test
  void thatIsTakenIsRefusedWithAWarning() {
    services.create(Wanted.dualStack("first"));
    awaitAddresses("first", "192.0.2.10", A + "::1000");
    startHandover();
    awaitPasses(1);
    services.create(Wanted.dualStack("second").annotated(HOST_PART, "::1000"));

    assertThat(awaitWarning("second")).contains("first");
    awaitAddresses("second", "192.0.2.11", A + "::1001");
    home.changePrefix(B);
    awaitOnly(B);
    awaitAddresses("first", "192.0.2.10", B + "::1000");
    awaitAddresses("second", "192.0.2.11", B + "::1001");
    assertNobodyLostAnything();
  }

  @Test
  void doesNothingToOtherServicesAndAsksNothingOfTheClusterWhileNothingChanges() {
    services.create(Wanted.dualStack("plain"));
    awaitAddresses("plain", "192.0.2.10", A + "::1000");
    startHandover();
    awaitPasses(4);

    assertThat(home.cluster().api().writes()).isEmpty();
    assertThat(serviceLists()).hasSizeLessThanOrEqualTo(1);
  }
}
