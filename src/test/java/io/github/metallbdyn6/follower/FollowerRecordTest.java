package io.github.metallbdyn6.follower;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.ipv6.Ipv6Prefix;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FollowerRecordTest {
  private static final Instant AT = Instant.parse("2026-11-22T18:51:07.9Z");
  private static final FollowedPrefix SUBNET =
      new FollowedPrefix(
          Ipv6Prefix.parse("2001:db8:0:1200::/56"), Ipv6Prefix.parse("2001:db8:0:12cd::/64"));
  private static final String TEXT =
      "dyndns=2001:db8:b::/64@2026-11-01T00:00:00Z,webhook=2001:db8:0:1200::/56+2001:db8:0:12cd::/64@2026-11-22T18:51:07Z";

  @Test
  void isReadAsItIsWritten() {
    FollowerRecord record = FollowerRecord.in(Map.of(FollowerRecord.TOLD, TEXT));
    assertThat(record.toldText()).isEqualTo(TEXT);
    assertThat(record.of("webhook")).contains(new ToldPrefix(SUBNET, AT));
    assertThat(record.of("renumber")).isEmpty();
  }

  @Test
  void takesASuccess() {
    assertThat(FollowerRecord.NONE.with("webhook", new ToldPrefix(SUBNET, AT)).toldText())
        .isEqualTo("webhook=2001:db8:0:1200::/56+2001:db8:0:12cd::/64@2026-11-22T18:51:07Z");
  }

  /** A record that cannot be read tells nothing: twice is better than never. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "webhook",
        "webhook=",
        "webhook=2001:db8::/64",
        "webhook=2001:db8::/64@yesterday",
        "webhook=2001:db8::1/64@2026-11-01T00:00:00Z",
        "=2001:db8::/64@2026-11-01T00:00:00Z"
      })
  void takesWhatCannotBeReadForNotTold(String text) {
    FollowerRecord record = FollowerRecord.in(Map.of(FollowerRecord.TOLD, text + ",,x=y"));
    assertThat(record.told()).isEmpty();
  }

  @Test
  void forgetsFollowersThatAreNotChosenAnyMore() {
    FollowerRecord record = FollowerRecord.in(Map.of(FollowerRecord.TOLD, TEXT));
    assertThat(record.only(Set.of("webhook")).told()).containsOnlyKeys("webhook");
  }

  @Test
  void knowsWhoIsStopped() {
    FollowerRecord record =
        FollowerRecord.in(Map.of(FollowerRecord.STOPPED, " dyndns ,")).stop("a");
    assertThat(record.stopped()).containsExactly("a", "dyndns");
    assertThat(record.stoppedText()).isEqualTo("a,dyndns");
  }

  @Test
  void newsHaveTheSameIdWheneverTheyAreTold() {
    FollowerNews news = FollowerNews.change("ns/public", SUBNET, Optional.empty(), "a-b");
    assertThat(news.cause()).isEqualTo(FollowerNews.FIRST);
    assertThat(news.id())
        .matches("first-[a-z0-9-]+")
        .isEqualTo(FollowerNews.change("ns/public", SUBNET, Optional.empty(), "c-d").id())
        .isNotEqualTo(news.notice(FollowerNews.HOLD, "held").id());
    assertThat(news.headers()).doesNotContainKeys("previousPrefix", "previousSubnetPrefix");
  }
}
