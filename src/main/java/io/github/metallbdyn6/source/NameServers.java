package io.github.metallbdyn6.source;

import io.github.metallbdyn6.answer.RefusedAnswer;
import io.github.metallbdyn6.answer.RefusedAnswer.Reason;
import io.github.metallbdyn6.text.ForeignText;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a name server a question, with the JDK's own DNS client: by UDP, and once more by TCP where
 * the answer is truncated. It takes no answer but the one to its question, from whom it asked.
 */
public final class NameServers {
  private static final Logger LOG = LoggerFactory.getLogger("metallb-dyn6");

  private static final String FACTORY = "com.sun.jndi.dns.DnsContextFactory";
  private static final String FIRST_WAIT = "com.sun.jndi.dns.timeout.initial";
  private static final String QUESTIONS = "com.sun.jndi.dns.timeout.retries";
  private static final int DNS_PORT = 53;

  private final Duration patience;

  /**
   * Creates the client.
   *
   * @param patience how long a server may be silent, in all
   */
  public NameServers(Duration patience) {
    this.patience = patience;
  }

  /**
   * Returns the records, each on a line of its own.
   *
   * @param server host or address, with {@code :port} if that is not 53
   * @param name what to ask for
   * @param type {@code AAAA}, {@code TXT} or {@code CNAME}
   * @throws IOException when the server is unreachable, silent, or says that it cannot answer
   * @throws RefusedAnswer when it answers that there is no such name or no such record
   */
  @SuppressWarnings("BanJNDI") // nothing is deserialized: of DNS it reads records, as text
  public String ask(String server, String name, String type) throws IOException {
    try {
      InitialDirContext dns = new InitialDirContext(environment(urls(server)));
      try {
        String records = lines(dns.getAttributes(name, new String[] {type}).get(type));
        LOG.debug("Source: {} {} of {} -> {}", type, name, server, ForeignText.of(records));
        return records;
      } finally {
        dns.close();
      }
    } catch (NameNotFoundException e) {
      throw new RefusedAnswer(
          Reason.FAILURE, "the name server %s does not know %s".formatted(server, name));
    } catch (NamingException e) {
      throw new IOException(
          "the name server %s does not answer: %s"
              .formatted(server, ForeignText.of(String.valueOf(reasonOf(e)))),
          e);
    }
  }

  /** The client's own text is often no more than "DNS error". */
  private static @Nullable String reasonOf(NamingException failure) {
    @Nullable Throwable cause = failure.getRootCause();
    return cause == null ? failure.getMessage() : cause.getMessage();
  }

  /**
   * All IPv6 addresses of the server, or all others if it has none: a name server that is asked by
   * IPv4 sees an IPv4 address.
   */
  private static List<String> urls(String server) throws IOException {
    boolean bareIpv6 = !server.startsWith("[") && server.indexOf(':') < server.lastIndexOf(':');
    URI uri = URI.create("dns://" + (bareIpv6 ? "[" + server + "]" : server));
    if (uri.getHost() == null) {
      throw new IllegalArgumentException(server + " is no name server: host or address, and :port");
    }
    InetAddress[] addresses = Ipv6First.sorted(InetAddress.getAllByName(uri.getHost()));
    int port = uri.getPort() < 0 ? DNS_PORT : uri.getPort();
    return Arrays.stream(addresses)
        .filter(address -> address.getClass().equals(addresses[0].getClass()))
        .map(InetAddress::getHostAddress)
        .map(host -> "dns://%s:%d".formatted(host.contains(":") ? "[" + host + "]" : host, port))
        .toList();
  }

  /**
   * The client asks each server once, and then each once more, and waits twice as long for the
   * answer to its second question as to its first.
   */
  private Properties environment(List<String> urls) {
    Properties environment = new Properties();
    environment.setProperty(Context.INITIAL_CONTEXT_FACTORY, FACTORY);
    environment.setProperty(Context.PROVIDER_URL, String.join(" ", urls));
    environment.setProperty(
        FIRST_WAIT, String.valueOf(patience.dividedBy(3L * urls.size()).toMillis()));
    environment.setProperty(QUESTIONS, "2");
    return environment;
  }

  private static String lines(@Nullable Attribute records) throws NamingException {
    return AnswerLines.of(records == null ? null : Collections.list(records.getAll()));
  }
}
