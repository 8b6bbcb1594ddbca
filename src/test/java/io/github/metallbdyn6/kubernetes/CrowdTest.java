package io.github.metallbdyn6.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CrowdTest {
  private final Crowd crowd = new Crowd(10);

  private void add(String namespace, int count) {
    IntStream.range(0, count).forEach(i -> crowd.add(namespace + i, namespace));
  }

  @Test
  void hasRoomForAllUntilItIsFull() {
    add("home", 4);
    add("office", 6);

    assertThat(crowd.uids()).hasSize(10);
    assertThat(crowd.add("home0", "home")).as("known").isEmpty();
  }

  @Test
  void theLargestNamespaceGivesWay() {
    add("home", 3);
    add("hostile", 100);

    assertThat(crowd.uids()).hasSize(10).contains("home0", "home1", "home2", "hostile6");
    assertThat(crowd.add("home3", "home")).isEqualTo(Optional.of("hostile6"));
    assertThat(crowd.add("hostile200", "hostile")).isEqualTo(Optional.of("hostile200"));
  }

  @Test
  void aNeighbourStaysHoweverManyComeBeforeAndAfter() {
    add("a-hostile", 100);
    add("home", 3);
    add("z-hostile", 100);

    assertThat(crowd.uids()).hasSize(10).contains("home0", "home1", "home2");
  }

  @Test
  void hasRoomAgainForOneThatLeaves() {
    add("home", 10);

    assertThat(List.of(crowd.remove("home4"), crowd.remove("home4"))).containsExactly(true, false);
    assertThat(crowd.add("office0", "office")).isEmpty();
    assertThat(crowd.add("office1", "office")).contains("home9");
  }
}
