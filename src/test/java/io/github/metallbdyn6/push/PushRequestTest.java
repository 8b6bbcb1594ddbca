package io.github.metallbdyn6.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.push.PushRequest.Credentials;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PushRequestTest {

  private static PushRequest request(@Nullable String query) {
    return PushRequest.of("GET", "/update", query == null ? "" : query, "");
  }

  private static PushRequest withHeader(String header) {
    return PushRequest.of("GET", "/nic/update", "password=other", header);
  }

  /** Requests of clients, and the lines that are judged. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ip6lanprefix=2001:db8:0:1::/64&ip6addr=2001:db8:f::1 | 2001:db8:0:1::/64",
        "ip6lanprefix=2001%3Adb8%3A0%3A1%3A%3A%2F64           | 2001:db8:0:1::/64",
        "ip6lanprefix=2001:db8:0:1::/56                       | 2001:db8:0:1::/56",
        "myip=2001%3Adb8::1                                   | 2001:db8::1",
        "myip=192.0.2.1,2001:db8::1                           | 2001:db8::1",
        "myip=192.0.2.1&myipv6=2001:db8::1                    | 2001:db8::1",
        "myip=2001:db8::1&myipv6=2001:db8::1                  | 2001:db8::1",
        "ipv6=2001:db8::1&ip=192.0.2.1                        | 2001:db8::1",
        "ip=192.0.2.1&ip6=2001:db8::1                         | 2001:db8::1",
        "myip=&ip=2001:db8::1                                 | 2001:db8::1",
        "a=b=c&&&=x&y&ip6lanprefix=2001:db8::/64              | 2001:db8::/64",
        "ip6lanprefix=2001:db8::/64&ip6lanprefix=2001:db8:1::/64 | 2001:db8::/64"
      })
  void findsWhatIsSaidOfThePrefix(String query, String answer) {
    assertThat(request(query).answer()).isEqualTo(answer);
  }

  /** The router's own address is no substitute for the prefix of the home. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ip6lanprefix=&ip6addr=2001:db8:f::1",
        "ip6lanprefix=&myip=2001:db8:f::1",
        "ip6addr=2001:db8:f::1",
        "ipaddr=192.0.2.1",
        "myip=192.0.2.1",
        "myip=",
        "",
        "&"
      })
  void findsNothingWhereNothingIsSaid(String query) {
    assertThat(request(query).answer()).isEmpty();
    assertThat(request(null).answer()).isEmpty();
  }

  @Test
  void showsEveryAddressOfSeveral() {
    assertThat(request("myip=2001:db8:1::1,2001:db8:2::1").answer())
        .isEqualTo("2001:db8:1::1\n2001:db8:2::1");
  }

  @Test
  void findsCredentialsInTheQuery() {
    assertThat(request("username=a&password=b+c%2").credentials())
        .containsExactly(new Credentials("a", "b+c%2"));
    assertThat(request("password=b").credentials()).containsExactly(new Credentials("", "b"));
    assertThat(request("password=b&token=t").credentials())
        .containsExactly(new Credentials("", "t"), new Credentials("", "b"));
    assertThat(request("username=a&password=").credentials()).isEmpty();
    assertThat(request("").credentials()).isEmpty();
  }

  @Test
  void findsThoseInTheHeaderToo() {
    String basic = Base64.getEncoder().encodeToString("a:b:c".getBytes(StandardCharsets.UTF_8));

    assertThat(withHeader("Basic " + basic).credentials())
        .containsExactly(new Credentials("a", "b:c"), new Credentials("", "other"));
    assertThat(withHeader("bASIC   " + basic).credentials()).contains(new Credentials("a", "b:c"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Basic", "Basic ", "Basic ???", "Basic YQ==", "Digest x", "Bearer other"})
  void takesABrokenHeaderForNoCredentials(String header) {
    assertThat(withHeader(header).credentials()).containsExactly(new Credentials("", "other"));
  }

  @Test
  void neverShowsWhatIsSecret() {
    PushRequest request = request("username=me&password=s3cr3t");

    assertThat(request + " " + request.credentials()).doesNotContain("s3cr3t", "me");
  }
}
