package io.github.metallbdyn6.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.metallbdyn6.answer.RefusedAnswer.Reason;
import io.github.metallbdyn6.ipv6.AddressRange;
import io.github.metallbdyn6.ipv6.Ipv6Prefix;
import io.github.metallbdyn6.ipv6.Mutation;
import io.github.metallbdyn6.ipv6.Spelling;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerRuleTest {
  private static final AnswerRule BY_DEFAULT = AnswerRule.of(true, "");
  private static final int INPUTS_PER_SEED = 1000;

  static LongStream seeds() {
    return LongStream.range(0, 20);
  }

  /** In the answers, Java's escapes such as {@code \n} stand for what cannot be seen. */
  @ParameterizedTest(name = "{0} is {1}: {2}")
  @CsvFileSource(
      resources = "/answers.csv",
      delimiter = '|',
      quoteCharacter = '`',
      numLinesToSkip = 1)
  void judgesAsTheTableSays(@Nullable String answer, String expected, String because) {
    String raw = answer == null ? "" : answer.translateEscapes();

    assertThat(verdict(BY_DEFAULT, raw)).as(because).isEqualTo(expected);
  }

  @Test
  void refusesNoAnswerAsEmpty() {
    assertThat(verdict(BY_DEFAULT, null)).isEqualTo("EMPTY");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\ufeff2001:db8::1", "2001:db8::1\u00a0", "\u200b2001:db8::1", "\0"})
  void takesInvisibleCharactersForNoWhiteSpace(String answer) {
    assertThat(verdict(BY_DEFAULT, answer)).isEqualTo("MALFORMED");
  }

  @ParameterizedTest
  @CsvSource({
    "fd12:3456:789a:1::5,    fd12:3456:789a:1::5/128",
    "fd12:3456:789a:1::/64,  fd12:3456:789a:1::/64",
    "64:ff9b::192.0.2.1,     NOT_GLOBAL",
    "fec0::1,                NOT_GLOBAL",
    "2001:db8::1,            2001:db8::1/128",
    "fe80::1,                LINK_LOCAL",
    "ff02::1,                MULTICAST",
    "::,                     UNSPECIFIED",
    "::/64,                  UNSPECIFIED",
    "::1,                    LOOPBACK",
    "::ffff:192.0.2.1,       IPV4_MAPPED",
    "2001::1,                TEREDO",
    "2002:c000:201::1,       SIX_TO_FOUR",
    "192.0.2.1,              IPV4",
    "fd12:3456::/8,          HOST_BITS",
    "fd00::/8,               PREFIX_LENGTH"
  })
  void acceptsUniqueLocalWhereGlobalIsNotRequired(String answer, String expected) {
    assertThat(verdict(AnswerRule.of(false, ""), answer)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "2001:db8:1200::/40,                2001:db8:12ff::1,     2001:db8:12ff::1/128",
    "2001:db8:1200::/40,                2001:db8:1200::/40,   2001:db8:1200::/40",
    "2001:db8:1200::/40,                2001:db8:1200::/39,   NOT_ALLOWED",
    "2001:db8:1200::/40,                2001:db8:1300::1,     NOT_ALLOWED",
    "'2001:db8:1::/48,2001:db8:2::/48', 2001:db8:2::1,        2001:db8:2::1/128",
    "' 2001:db8:1::/48 , 2001:db8:2::/48, ', 2001:db8:2::1,   2001:db8:2::1/128",
    "'2001:db8:1::/48,2001:db8:2::/48', 2001:db8:3::1,        NOT_ALLOWED",
    "2001:db8::1,                       2001:db8::1,          2001:db8::1/128",
    "2001:db8::1,                       2001:db8::2,          NOT_ALLOWED",
    "::/0,                              fd00::1,              UNIQUE_LOCAL",
    "fd00::/8,                          2001:db8::1,          NOT_ALLOWED"
  })
  void acceptsOnlyAllowedPrefixes(String allowed, String answer, String expected) {
    assertThat(verdict(AnswerRule.of(true, allowed), answer)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"junk", "192.0.2.0/24", "2001:db8::1/32", "2001:db8::/129", "2001:db8:: /32"})
  void cannotBeBuiltFromMalformedAllowedPrefixes(String allowed) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AnswerRule.of(true, "2001:db8::/32, " + allowed));
  }

  @Test
  void quotesTheAnswerOnOneShortLine() {
    assertThatExceptionOfType(RefusedAnswer.class)
        .isThrownBy(() -> BY_DEFAULT.judge("<html>\r\n\t<p>" + "blocked ".repeat(500)))
        .withMessageContaining("'<html> <p>blocked")
        .withMessageEndingWith("…'")
        .satisfies(refused -> assertThat(refused.getMessage()).hasSizeLessThan(120));
  }

  /** Text and what its notation is called. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"2001:db8::1\"                           | it is written in quotes",
        "'2001:db8::/56'                           | it is written in quotes",
        "[2001:db8::1]                             | it is written in brackets",
        "[2001:db8::1]:443                         | it is written in brackets",
        "2001:db8::1.                              | with a punctuation mark",
        "2001:db8:b:1200::/56,                     | with a punctuation mark",
        "2001:db8::1/ffff:ffff:ffff:ffff::         | with a netmask",
        "2001:db8::1 prefixlen 64                  | with a word for its length",
        "2001:db8::1/64 eui-64                     | with flags",
        "2001:DB8:B:1200::/64 anycast              | with flags",
        "1.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa          | reverse DNS",
        "2001-db8--1.ipv6-literal.net              | Windows",
        "20010db8000b12000000000000000001          | 32 digits",
        "2001-db8-b-1200--1                        | dashes",
        "2001:db8:b:1200:: / 56                    | blank",
        "2001:db8::1%eth0                          | zone index",
        "2001:db8::1%eth0/64                       | zone index",
        "2001:db8:b:1200::1/56                     | in the notation address/length, as of an interface",
        "2001:db8:b:1234::/56                      | in the notation address/length, as of an interface",
        "2001:db8::1/80                            | in the notation address/length, as of an interface",
      })
  void namesTheNotationOfAnAddressThatItDoesNotRead(String answer, String name) {
    assertThatExceptionOfType(RefusedAnswer.class)
        .isThrownBy(() -> BY_DEFAULT.judge(answer))
        .withMessageContaining(name);
  }

  @Test
  void namesTheRangeThatAnAddressIsRefusedFor() {
    assertThatExceptionOfType(RefusedAnswer.class)
        .isThrownBy(() -> BY_DEFAULT.judge("fd00::1"))
        .withMessage("fd00::1/128 is unique-local (fc00::/7)");
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void acceptsGlobalUnicastOrRefusesAndNothingElse(long seed) {
    Random random = new Random(seed);
    AddressRange globalUnicast = Ipv6Prefix.parse("2000::/3").toRange();
    int accepted = 0;
    for (int i = 0; i < INPUTS_PER_SEED; i++) {
      String answer = anyAnswer(random);
      Throwable refusal = catchThrowable(() -> BY_DEFAULT.judge(answer));
      if (refusal == null) {
        Ipv6Prefix prefix = BY_DEFAULT.judge(answer);
        accepted++;
        assertThat(globalUnicast.contains(prefix.toRange())).as(answer).isTrue();
        assertThat(prefix.length()).as(answer).matches(n -> n == 128 || (n >= 16 && n <= 64));
        assertThat(verdict(BY_DEFAULT, prefix.toString())).isEqualTo(prefix.toString());
      } else {
        assertThat(refusal).as("seed %d: '%s'", seed, answer).isInstanceOf(RefusedAnswer.class);
        assertThat(refusal.getMessage()).hasSizeLessThan(200).doesNotContainPattern("\\p{Cntrl}");
      }
    }
    assertThat(accepted)
        .as("accepted of %d; a generator that never gets through proves nothing", INPUTS_PER_SEED)
        .isBetween(INPUTS_PER_SEED / 20, INPUTS_PER_SEED * 19 / 20);
  }

  private static String anyAnswer(Random random) {
    Spelling spelling = new Spelling(random);
    long high = random.nextLong();
    if (random.nextBoolean()) {
      high = high >>> 3 | 0x2000_0000_0000_0000L;
    }
    String text =
        switch (random.nextInt(6)) {
          case 0 ->
              spelling.address(high & -1L << random.nextInt(64), 0) + "/" + random.nextInt(140);
          case 1 -> spelling.address(0, random.nextLong() >>> random.nextInt(64));
          case 2 -> spelling.address(high, random.nextLong()) + "%eth" + random.nextInt(3);
          case 3 -> anyText(random);
          default -> spelling.address(high, random.nextLong());
        };
    return new Mutation(random).of(text);
  }

  private static String anyText(Random random) {
    return random
        .ints(random.nextInt(200), 0, random.nextBoolean() ? 0x80 : 0x3000)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static String verdict(AnswerRule rule, @Nullable String answer) {
    try {
      return rule.judge(answer).toString();
    } catch (RefusedAnswer refused) {
      Reason reason = refused.reason();
      return reason.name();
    }
  }
}
