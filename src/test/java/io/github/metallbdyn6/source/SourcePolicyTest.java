package io.github.metallbdyn6.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.github.metallbdyn6.answer.AddressRule;
import io.github.metallbdyn6.answer.Answer;
import io.github.metallbdyn6.answer.CurrentPrefix;
import io.github.metallbdyn6.answer.Lifetimes;
import io.github.metallbdyn6.answer.RefusedAnswer;
import io.github.metallbdyn6.answer.RefusedAnswer.Reason;
import io.github.metallbdyn6.answer.SourceResult;
import io.github.metallbdyn6.ipv6.Ipv6Prefix;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourcePolicyTest {
  private static final AddressRule SLASH_64 = AddressRule.of("::1000-::1999", "", "");
  private static final AddressRule ROUTERS_LENGTH =
      AddressRule.of("::1000-::1999", "0:0:0:cd::", "");

  /** No source is named so but in the tests of those that give way. */
  private static final String GIVES_WAY = "old";

  private static SourcePolicy policy(AddressRule rule, int quorum, String... names) {
    return new SourcePolicy(
        List.of(names),
        quorum,
        new DelegatedPrefix(rule),
        failure -> String.valueOf(failure.getMessage()),
        source -> source.equals(GIVES_WAY));
  }

  /** Reads {@code 2001:db8:a::1}, {@code down} or {@code doubtful} as what sources a, b, c said. */
  private static List<SourceResult> said(String words) {
    List<SourceResult> said = new ArrayList<>();
    for (String word : words.split(" ", -1)) {
      String name = String.valueOf((char) ('a' + said.size()));
      said.add(
          switch (word) {
            case "down" -> SourceResult.failed(name, new ConnectException("refused"));
            case "doubtful" ->
                SourceResult.failed(name, new RefusedAnswer(Reason.MALFORMED, "a web page"));
            default -> SourceResult.answered(name, answer(word, Lifetimes.UNKNOWN));
          });
    }
    return said;
  }

  private static Answer answer(String prefix, Lifetimes lifetimes) {
    return new Answer(List.of(Ipv6Prefix.parse(prefix)), lifetimes);
  }

  @ParameterizedTest
  @CsvSource({
    "2001:db8:a::1 2001:db8:a::2 2001:db8:a::3,  2, 2001:db8:a::/64 [a. b. c]",
    "2001:db8:a::1 2001:db8:a::2 2001:db8:bad::3, 2, 2001:db8:a::/64 [a. b]",
    "2001:db8:bad::1 2001:db8:a::2 2001:db8:a::3, 2, 2001:db8:a::/64 [b. c]",
    "2001:db8:a::1 down 2001:db8:a::3,           2, 2001:db8:a::/64 [a. c]",
    "2001:db8:a::1 doubtful 2001:db8:a::3,       2, 2001:db8:a::/64 [a. c]"
  })
  void enoughThatAgreeOutweighOneThatLiesOrIsDead(String words, int quorum, String expected)
      throws Exception {
    CurrentPrefix found = policy(SLASH_64, quorum, "a", "b", "c").decide(said(words));

    assertThat(found.prefix() + " " + found.sources()).isEqualTo(expected.replace('.', ','));
  }

  @ParameterizedTest
  @CsvSource({
    "2001:db8:a::1 2001:db8:b::2 2001:db8:c::3,                2",
    "2001:db8:a::1 2001:db8:a::2 2001:db8:b::3,                3",
    "2001:db8:a::1 2001:db8:b::2 down,                         2",
    "2001:db8:a::1 doubtful doubtful,                          2",
    "2001:db8:a::1 2001:db8:a::2 2001:db8:b::3 2001:db8:b::4,  2"
  })
  void holdsWhenTheyDisagreeAndSaysWhoSaidWhat(String words, int quorum) {
    String[] names = Stream.of("a", "b", "c", "d").limit(said(words).size()).toArray(String[]::new);

    assertThatThrownBy(() -> policy(SLASH_64, quorum, names).decide(said(words)))
        .asInstanceOf(type(RefusedAnswer.class))
        .returns(Reason.DISAGREEMENT, RefusedAnswer::reason)
        .extracting(Throwable::getMessage)
        .asString()
        .contains("%d sources agree on".formatted(quorum), "a: 2001:db8:a::/64")
        .contains(names[names.length - 1] + ": ");
  }

  @Test
  void whenTooFewAnswerThatMayHeal() {
    assertThatThrownBy(
            () -> policy(SLASH_64, 2, "a", "b", "c").decide(said("2001:db8:a::1 down down")))
        .isInstanceOf(SourcesFailed.class)
        .hasMessage(
            "1 of the 2 sources that must agree answered: a: 2001:db8:a::/64; b: refused; c: refused");
    assertThatThrownBy(() -> policy(SLASH_64, 1, "a", "b").decide(said("down down")))
        .isInstanceOf(SourcesFailed.class)
        .hasMessage("no source has a usable answer: a: refused; b: refused");
  }

  @Test
  void anAddressAgreesWithTheDelegatedPrefixThatItLiesIn() throws Exception {
    SourcePolicy policy = policy(ROUTERS_LENGTH, 2, "a", "b");

    assertThat(policy.decide(said("2001:db8:12:3400::/56 2001:db8:12:34ab::5")).prefix())
        .hasToString("2001:db8:12:3400::/56");
    assertThatThrownBy(() -> policy.decide(said("2001:db8:12:3400::/56 2001:db8:12:3500::5")))
        .isInstanceOf(RefusedAnswer.class);
  }

  /** The box says it, then it is down, and a web service sees an address. */
  @Test
  void anAddressHasTheLengthOfTheDelegatedPrefixThatWasSaidLast() throws Exception {
    SourcePolicy policy = policy(ROUTERS_LENGTH, 1, "a", "b");
    assertThat(policy.next(said("down 2001:db8:12:34ab::5"))).isNull();
    assertThatThrownBy(() -> policy.decide(said("down 2001:db8:12:34ab::5")))
        .hasMessageContaining("no source has said the delegated prefix since the start");

    policy.decide(said("2001:db8:12:3400::/56"));
    CurrentPrefix found = policy.decide(said("down 2001:db8:12:34ab::5"));
    assertThat(found.prefix() + " " + found.sources()).isEqualTo("2001:db8:12:3400::/56 [b]");
  }

  @Test
  void anAddressOutsideTheDelegatedPrefixThatWasSaidLastSaysNothingOfItsLength() throws Exception {
    SourcePolicy policy = policy(ROUTERS_LENGTH, 1, "a", "b");
    policy.decide(said("2001:db8:12:3400::/56"));

    assertThatThrownBy(() -> policy.decide(said("down 2001:db8:12:3500::5")))
        .isInstanceOf(RefusedAnswer.class)
        .hasMessageContaining(
            "it does not lie in 2001:db8:12:3400::/56, the delegated prefix that a source has said last");
    policy.decide(said("2001:db8:12:3500::/56"));
    assertThat(policy.decide(said("down 2001:db8:12:3500::5")).prefix())
        .hasToString("2001:db8:12:3500::/56");
    assertThatThrownBy(() -> policy.decide(said("down 2001:db8:12:3400::5")))
        .as("of the one before")
        .isInstanceOf(RefusedAnswer.class);
  }

  /** Two web services outvote nobody; they agree on what the box has said. */
  @Test
  void addressesAgreeOnTheDelegatedPrefixThatWasSaidLast() throws Exception {
    SourcePolicy policy = policy(ROUTERS_LENGTH, 2, "a", "b", "c");
    policy.decide(said("2001:db8:12:3400::/56 2001:db8:12:34ab::5 down"));

    assertThat(policy.decide(said("down 2001:db8:12:34ab::5 2001:db8:12:34ab::6")).sources())
        .containsExactly("b", "c");
  }

  @Test
  void withTheLengthInTheSettingsAllAreComparedAtThatLength() throws Exception {
    SourcePolicy policy =
        policy(AddressRule.of("::1000-::1999", "0:0:0:cd::", "56"), 3, "a", "b", "c");

    assertThat(
            policy
                .decide(said("2001:db8:12:3400::/56 2001:db8:12:34ab::5 2001:db8:12:34cd::/64"))
                .prefix())
        .hasToString("2001:db8:12:3400::/56");
  }

  @Test
  void asksTheNextOneOnlyIfTheOneBeforeHasNoUsableAnswer() {
    SourcePolicy policy = policy(SLASH_64, 1, "a", "b", "c");

    assertThat(policy.next(null)).isEqualTo("direct:ask(a)");
    assertThat(policy.next(said("down"))).isEqualTo("direct:ask(b)");
    assertThat(policy.next(said("down doubtful"))).isEqualTo("direct:ask(c)");
    assertThat(policy.next(said("2001:db8:a::1"))).isNull();
    assertThat(policy.next(said("down 2001:db8:a::1"))).isNull();
    assertThat(policy.next(said("down down down"))).isNull();
    assertThat(policy.next(said("2001:db8:12:3400::/56")))
        .as("a delegated prefix whose subnet nobody named")
        .isEqualTo("direct:ask(b)");
  }

  @Test
  void theFirstUsableAnswerDecides() throws Exception {
    CurrentPrefix found =
        policy(SLASH_64, 1, "a", "b", "c").decide(said("2001:db8:12:3400::/56 2001:db8:b::1"));

    assertThat(found.prefix()).hasToString("2001:db8:b::/64");
    assertThat(found.sources()).containsExactly("b");
  }

  @Test
  void aSingleSourceFailsWithItsOwnReason() {
    ConnectException refused = new ConnectException("refused");

    assertThatThrownBy(
            () -> policy(SLASH_64, 1, "a").decide(List.of(SourceResult.failed("a", refused))))
        .isSameAs(refused);
    assertThatThrownBy(() -> policy(SLASH_64, 1, "a").decide(said("2001:db8:12:3400::/56")))
        .isInstanceOf(RefusedAnswer.class)
        .hasMessageContaining("METALLB_DYN6_SUBNET_OVERRIDE");
  }

  @Test
  void keepsTheLifetimesOfWhoeverOfThemKnows() throws Exception {
    Lifetimes known = new Lifetimes(Optional.of(Duration.ofHours(1)), Optional.empty());
    List<SourceResult> said =
        List.of(
            SourceResult.answered("a", answer("2001:db8:a::1", Lifetimes.UNKNOWN)),
            SourceResult.answered("b", answer("2001:db8:a::/64", known)));

    assertThat(policy(SLASH_64, 2, "a", "b").decide(said).lifetimes()).isEqualTo(known);
  }

  /** Said by {@code old}, which gives way, and by the source behind it. */
  @ParameterizedTest
  @CsvSource({
    "2001:db8:a::/64,       2001:db8:b::1,      2001:db8:b::/64 [new]",
    "2001:db8:a::/64,       2001:db8:a::1,      2001:db8:a::/64 [old]",
    "2001:db8:a::/64,       down,               2001:db8:a::/64 [old]",
    "2001:db8:a::/64,       doubtful,           2001:db8:a::/64 [old]"
  })
  void oneThatGivesWayDoesSoOnlyWhenItIsContradicted(String old, String other, String expected)
      throws Exception {
    SourcePolicy policy = policy(SLASH_64, 1, GIVES_WAY, "new");
    SourceResult first = SourceResult.answered(GIVES_WAY, answer(old, Lifetimes.UNKNOWN));
    SourceResult second = said(other).get(0);
    SourceResult named = new SourceResult("new", second.answer(), second.failure());

    assertThat(policy.next(policy.heard(null, first))).isEqualTo("direct:ask(new)");
    assertThat(policy.next(List.of(first, named))).isNull();
    CurrentPrefix found = policy.decide(List.of(first, named));
    assertThat(found.prefix() + " " + found.sources()).isEqualTo(expected);
  }

  /** The home network's /64, which a router pushes, lies in what is delegated to it. */
  @Test
  void aSubnetOfWhatIsDelegatedIsNoContradiction() throws Exception {
    SourcePolicy policy = policy(AddressRule.of("::1000-::1999", "::", ""), 1, GIVES_WAY, "new");
    List<SourceResult> heard =
        List.of(
            SourceResult.answered(GIVES_WAY, answer("2001:db8:0:1201::/64", Lifetimes.UNKNOWN)),
            SourceResult.answered("new", answer("2001:db8:0:1200::/56", Lifetimes.UNKNOWN)));

    assertThat(policy.decide(heard).sources()).containsExactly(GIVES_WAY);
  }
}
