package io.github.metallbdyn6.telling;

import io.github.metallbdyn6.follower.FollowerFailed;
import io.github.metallbdyn6.follower.HostAddress;
import io.github.metallbdyn6.ipv6.Ipv6Prefix;
import java.io.IOException;
import java.util.Optional;

/**
 * Finds names that are aliases before addresses are published for them: beside a CNAME there can be
 * no other record (RFC 1034, 3.6.2), so that a zone refuses the address, or loses the alias.
 */
public final class Aliases {
  private final NameServer nameServer;

  /** Answers what a name is an alias of. */
  public interface NameServer {
    /**
     * Returns the name's target, or nothing if the name has no CNAME.
     *
     * @param server host or address, with {@code :port} if that is not 53
     * @throws IOException when the server does not answer
     */
    Optional<String> aliasOf(String server, String name) throws IOException;
  }

  public Aliases(NameServer nameServer) {
    this.nameServer = nameServer;
  }

  /**
   * Requires that none of the hosts is an alias.
   *
   * @param server as {@link NameServer#aliasOf}; an empty text if nobody is to be asked
   * @param hosts as {@link HostAddress#parseAll}
   * @throws FollowerFailed when one is an alias
   * @throws IOException when the server does not answer
   */
  public void requireNone(String server, String hosts, String subnetPrefix) throws IOException {
    if (server.isEmpty()) {
      return;
    }
    for (HostAddress host : HostAddress.parseAll(hosts, Ipv6Prefix.parse(subnetPrefix))) {
      Optional<String> target = nameServer.aliasOf(server, host.host());
      if (target.isPresent()) {
        throw new FollowerFailed(
            "%s is an alias of %s, and can have no address: remove the CNAME from its zone, or the name from METALLB_DYN6_HOSTS"
                .formatted(host.host(), target.get()));
      }
    }
  }
}
