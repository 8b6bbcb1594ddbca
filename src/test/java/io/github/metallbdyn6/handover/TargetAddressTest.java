package io.github.metallbdyn6.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.ipv6.AddressRange;
import io.github.metallbdyn6.ipv6.HostPart;
import io.github.metallbdyn6.pool.EarlierRanges;
import io.github.metallbdyn6.pool.Uptake;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TargetAddressTest {
  private static final AddressRange RANGE =
      AddressRange.parseEntry("2001:db8:b::1000-2001:db8:b::1999").orElseThrow();

  private static final HandoverGoal GOAL =
      new HandoverGoal(
          new HomePool("metallb-system/public", List.of(), new EarlierRanges(List.of())),
          RANGE,
          List.of(),
          List.of(),
          Uptake.DONE,
          Duration.ofMinutes(3),
          Instant.EPOCH,
          Instant.EPOCH);

  private final LiveService web = LiveService.at("web", "2001:db8:a::1001");
  private final LiveService other = LiveService.at("other", "2001:db8:b::1025");

  private TargetAddress of(LiveService service, String hostPart) {
    AddressClaims claims = AddressClaims.of(GOAL, List.of(service.state(), other.state()));
    return TargetAddress.of(service.state(), HostPart.parse(hostPart).orElseThrow(), RANGE, claims);
  }

  @Test
  void isTheSameHostPartUnderTheNewPrefix() {
    TargetAddress destination = of(web, "::1001");

    assertThat(destination.address()).hasToString("Optional[2001:db8:b::1001]");
    assertThat(destination.problem()).isEmpty();
  }

  @Test
  void isTheDeclaredHostPartBeforeAll() {
    LiveService declaring = web.annotated(ServiceAnnotations.HOST_PART, "::1026");

    assertThat(of(declaring, "::1001").address()).hasToString("Optional[2001:db8:b::1026]");
  }

  @Test
  void isThePresentHostPartWhereTheDeclaredOneCannotBeHadAndSaysSo() {
    for (String declared : List.of("::2025", "::1025", "junk", "2001:db8::1")) {
      TargetAddress destination =
          of(web.annotated(ServiceAnnotations.HOST_PART, declared), "::1001");

      assertThat(destination.address()).hasToString("Optional[2001:db8:b::1001]");
      assertThat(destination.problem().orElse("")).contains(declared);
    }
  }

  @Test
  void showsATextOfSomebodyElseAsOneShortLine() {
    for (String text :
        List.of(
            "x".repeat(200_000),
            "::1\n2026-11-28 INFO all is well \"so\"",
            "::1\u202e turned around\u2028")) {
      assertThat(
              of(web.annotated(ServiceAnnotations.HOST_PART, text), "::1001").problem().orElse(""))
          .hasSizeLessThan(200)
          .doesNotContain("\n", "\u202e", "\u2028")
          .contains(ServiceAnnotations.HOST_PART, "\"" + text.substring(0, 3));
    }
  }

  @Test
  void isNoneOutsideTheRangeOrWhereAnotherServiceIs() {
    assertThat(of(web, "::2001").address()).isEmpty();
    assertThat(of(web, "::2001").problem().orElse("")).contains("outside");
    assertThat(of(web, "::1025").address()).isEmpty();
    assertThat(of(web, "::1025").problem().orElse("")).contains("home/other");
  }
}
