package io.github.metallbdyn6.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.ipv6.Ipv6Address;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClaimsTest {
  private static final Ipv6Address ADDRESS = Ipv6Address.parse("2001:db8:b::1001").orElseThrow();

  private final LiveService web = LiveService.at("web");

  private static LiveService other() {
    return LiveService.at("other", "192.0.2.12", "2001:DB8:B::1001");
  }

  private static String inTheWay(LiveService asking, LiveService... others) {
    List<ServiceState> states = List.of(others).stream().map(LiveService::state).toList();
    return Claims.of(states)
        .inTheWay(ADDRESS, asking.state())
        .map(ServiceState::name)
        .orElse("nobody");
  }

  @Test
  void areWhatAServiceHasOrRequestsByWhicheverMeans() {
    assertThat(inTheWay(web, other())).isEqualTo("other");
    for (String key : Annotations.PINS) {
      assertThat(inTheWay(web, LiveService.at("pin").annotated(key, "192.0.2.1, 2001:db8:b::1001")))
          .isEqualTo("pin");
    }
    assertThat(inTheWay(web, LiveService.at("field").asking("2001:db8:b::1001")))
        .isEqualTo("field");
    assertThat(inTheWay(web, LiveService.at("else", "2001:db8:b::1002"))).isEqualTo("nobody");
  }

  @Test
  void standInNobodysOwnWayNorInThatOfAServiceThatShares() {
    assertThat(inTheWay(other(), other())).isEqualTo("nobody");
    assertThat(
            inTheWay(
                web.annotated(Annotations.SHARING, "door"),
                other().annotated(Annotations.NEWER_SHARING, "door")))
        .isEqualTo("nobody");
    assertThat(
            inTheWay(
                web.annotated(Annotations.SHARING, "door"),
                other().annotated(Annotations.SHARING, "window")))
        .isEqualTo("other");
  }
}
