package io.github.metallbdyn6.push;

import io.github.metallbdyn6.http.FreePort;
import io.github.metallbdyn6.http.HttpPort;
import io.github.metallbdyn6.report.Journals;
import io.github.metallbdyn6.settings.Precondition;
import java.io.IOException;
import java.util.Objects;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.component.platform.http.spi.PlatformHttpEngine;
import org.jspecify.annotations.Nullable;

/**
 * The port of the source push. Camel's own HTTP server would take every header and parameter into
 * the route, passwords included. The route file sets its properties; they are checked when the
 * route starts, so that files can be tried out without them.
 */
public final class PushServer implements PlatformHttpEngine, Precondition {
  private static final int HIGHEST_PORT = 65_535;

  private String address = "0.0.0.0";
  private String port = "";
  private String token = "";
  private String user = "";
  private String password = "";
  private String allowedCallers = "";
  private @Nullable Journals journal;

  /** Sets the address to listen on; 0.0.0.0 is every address, IPv6 too. */
  public void setAddress(String address) {
    this.address = address.strip();
  }

  public void setPort(String port) {
    this.port = port.strip();
  }

  /** Sets the token that callers must know, or an empty text. */
  public void setToken(String token) {
    this.token = token.strip();
  }

  /** Sets the user of Basic credentials, or an empty text. */
  public void setUser(String user) {
    this.user = user.strip();
  }

  /** Sets the password of Basic credentials, or an empty text. */
  public void setPassword(String password) {
    this.password = password.strip();
  }

  /** Sets from where may be called: addresses and CIDR prefixes; empty for from everywhere. */
  public void setAllowedCallers(String allowedCallers) {
    this.allowedCallers = allowedCallers.strip();
  }

  /** Sets who is told of pushes. */
  public void setJournal(Journals journal) {
    this.journal = journal;
  }

  /** Returns what says why pushes are not taken. */
  PushLog log() {
    return new PushLog(Objects.requireNonNull(journal, "the property journal"), System::nanoTime);
  }

  @Override
  public PlatformHttpConsumer createConsumer(PlatformHttpEndpoint endpoint, Processor route) {
    return new PushConsumer(endpoint, route, this, this::open);
  }

  @Override
  public void requireMet() {
    PushGate unused = gate();
    try {
      FreePort.require(address, getServerPort(), "choose another METALLB_DYN6_PUSH_PORT");
    } catch (IOException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** Returns who decides about callers, if the properties are right. */
  PushGate gate() {
    return new PushGate(
        AllowedCallers.parse(allowedCallers),
        new CallRate(System::nanoTime),
        new PushSecret(token, user, password));
  }

  private HttpPort open(PushPort.Calls calls) throws IOException {
    return PushPort.open(address, getServerPort(), calls);
  }

  @Override
  public int getServerPort() {
    boolean right = port.matches("[1-9][0-9]{0,4}") && Integer.parseInt(port) <= HIGHEST_PORT;
    if (!right) {
      throw new IllegalArgumentException(
          "METALLB_DYN6_PUSH_PORT=%s: not a whole number from 1 to %d"
              .formatted(port, HIGHEST_PORT));
    }
    return Integer.parseInt(port);
  }
}
