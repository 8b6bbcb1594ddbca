package io.github.metallbdyn6.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.answer.RefusedAnswer;
import io.github.metallbdyn6.answer.RefusedAnswer.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.util.ObjectHelper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A host with an address of every kind, as the kernel tells them. */
class SourceInterfaceTest {
  @TempDir private static Path folder;

  private static final String TABLE =
      """
      00000000000000000000000000000001 01 80 10 80       lo
      20010db80001000200005e10fe000001 02 40 00 00     eth0
      20010db8000100024c1e00b3a7d9e0f2 02 40 00 01     eth0
      20010db80009000900005e10fe000001 02 40 00 20     eth0
      20010db800090009b1946c8e0c61d2aa 02 40 00 21     eth0
      20010db800010002d00dfeed00000003 02 40 00 40     eth0
      20010db800010002d00dfeed00000004 02 40 00 c8     eth0
      20010db8000100020000000000000abc 02 80 00 80     eth0
      fd000db800000000000000005e00001a 02 40 00 00     eth0
      fe800000000000000200005efe005301 02 40 20 80     eth0
      20010db8042a00000000000000000001 07 40 00 80     cni0
      fe8000000000000058b1c6fffe0b36a9 07 40 20 80     cni0
      fe80000000000000ecf4bbfffec7d1aa 1a40 40 20 80 veth4f2c1b9d
      """;

  abstract static class Asked extends RouteAlone {
    Asked(String name, String table) {
      super(
          Map.of(
              "METALLB_DYN6_INTERFACE_NAME",
              name,
              "METALLB_DYN6_INTERFACE_TABLE",
              write(name, table).toString()));
    }

    private static Path write(String name, String table) {
      try {
        return Files.writeString(folder.resolve("table-" + name + table.length()), table);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @BeforeEach
    void loadRoute() throws Exception {
      load("source-interface");
      context.start();
    }

    final Exchange ask() {
      return template.send("direct:source-interface", exchange -> {});
    }

    final void assertRefused(String message) {
      assertThat(ObjectHelper.getException(RefusedAnswer.class, ask().getException()))
          .returns(Reason.EMPTY, RefusedAnswer::reason)
          .hasMessageContaining(message);
    }
  }

  @Nested
  class OneInterface extends Asked {
    OneInterface() {
      super("eth0", TABLE);
    }

    /** The unique-local one is passed over by the judgement, which knows what is allowed. */
    @Test
    void givesTheAddressesThatAreMeantToLast() {
      assertThat(ask().getMessage().getBody(String.class).lines())
          .containsExactly(
              "2001:0db8:0001:0002:0000:5e10:fe00:0001",
              "2001:0db8:0001:0002:0000:0000:0000:0abc",
              "fd00:0db8:0000:0000:0000:0000:5e00:001a");
    }
  }

  @Nested
  class AllInterfaces extends Asked {
    AllInterfaces() {
      super("", TABLE);
    }

    @Test
    void giveTheirAddressesTogether() {
      assertThat(ask().getMessage().getBody(String.class).lines())
          .hasSize(4)
          .contains("2001:0db8:042a:0000:0000:0000:0000:0001");
    }
  }

  @Nested
  class WithoutALastingAddress extends Asked {
    WithoutALastingAddress() {
      super("veth4f2c1b9d", TABLE);
    }

    @Test
    void isRefused() {
      assertRefused("interface veth4f2c1b9d; interfaces with IPv6: cni0, eth0, lo, veth4f2c1b9d");
    }
  }

  @Nested
  class ThatIsNotThere extends Asked {
    ThatIsNotThere() {
      super("eth", TABLE);
    }

    @Test
    void isRefusedWithTheNamesThereAre() {
      assertRefused("interfaces with IPv6: cni0, eth0, lo");
    }
  }

  @Nested
  class WithoutIpv6 extends Asked {
    WithoutIpv6() {
      super("", "");
    }

    @Test
    void isRefused() {
      assertRefused("interfaces with IPv6: none");
    }
  }

  /** The file by default, if this kernel has IPv6. */
  @Nested
  @EnabledOnOs(OS.LINUX)
  class TheRealOne extends RouteAlone {
    @Test
    void isUnderstood() throws Exception {
      load("source-interface");
      context.start();
      Exchange exchange = template.send("direct:source-interface", it -> {});
      if (exchange.getException() == null) {
        assertThat(exchange.getMessage().getBody(String.class).lines())
            .allMatch(line -> line.matches("([0-9a-f]{4}:){7}[0-9a-f]{4}"));
      } else {
        assertThat(exchange.getException())
            .rootCause()
            .isInstanceOfAny(RefusedAnswer.class, IOException.class);
      }
    }
  }
}
