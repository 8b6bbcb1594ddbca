package io.github.metallbdyn6;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.github.metallbdyn6.answer.RefusedAnswer;
import io.github.metallbdyn6.follower.FollowerNews;
import io.github.metallbdyn6.kubernetes.DnsEndpoint;
import io.github.metallbdyn6.kubernetes.FollowerStore;
import io.github.metallbdyn6.kubernetes.IpAddressPool;
import io.github.metallbdyn6.kubernetes.RenumberedObjects;
import io.github.metallbdyn6.lease.Leadership;
import io.github.metallbdyn6.report.Journal;
import io.github.metallbdyn6.settings.Setting;
import io.github.metallbdyn6.settings.Settings;
import io.github.metallbdyn6.settings.TrustedCertificates;
import io.github.metallbdyn6.settings.VariableName;
import io.github.metallbdyn6.source.NameServers;
import io.github.metallbdyn6.source.RetryAfter;
import io.github.metallbdyn6.source.SourceClient;
import io.github.metallbdyn6.telling.Aliases;
import io.github.metallbdyn6.telling.DynDns;
import io.github.metallbdyn6.telling.FollowerClient;
import io.github.metallbdyn6.telling.FollowerNotices;
import io.github.metallbdyn6.telling.Followers;
import io.github.metallbdyn6.telling.Messages;
import io.github.metallbdyn6.telling.RenumberedFiles;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The beans of followers. Nothing of this is made, or its classes loaded, if none is chosen. */
final class FollowerBeans {
  private static final Duration HOLD_AFTER = Duration.ofMinutes(10);

  private FollowerBeans() {}

  static Map<String, Object> of(
      Settings settings,
      KubernetesClient client,
      Leadership leadership,
      IpAddressPool pool,
      Journal journal,
      Clock clock) {
    Followers followers =
        new Followers(
            settings.followers(),
            pool.toString(),
            new FollowerStore(pool),
            journal,
            clock,
            settings.requestTimeout(),
            settings.dryRun(),
            failure -> RetryAfter.askedBy(failure, clock.instant()));
    journal.attention().follows(followers::states);
    settings.followers().forEach(name -> addNotices(settings, journal, followers, name));
    Map<String, Object> beans = new HashMap<>();
    beans.put("followers", followers);
    UnaryOperator<String> parameters = key -> settings.variable(VariableName.of(key));
    beans.put("messages", new Messages(parameters));
    beans.put("dynDns", new DynDns(parameters));
    beans.put("renumberedFiles", new RenumberedFiles());
    beans.put("aliases", new Aliases(aliases(settings.requestTimeout())));
    beans.put("renumberedObjects", new RenumberedObjects(client, leadership));
    beans.put(
        "dnsEndpoint",
        new DnsEndpoint(client, settings.get(Setting.METALLB_NAMESPACE), leadership));
    beans.put(
        "followerClient",
        new FollowerClient(
            new SourceClient(
                settings.requestTimeout(),
                TrustedCertificates.trust(settings.get(Setting.CA_FILE)))));
    return beans;
  }

  private static Aliases.NameServer aliases(Duration patience) {
    NameServers nameServers = new NameServers(patience);
    return (server, name) -> {
      try {
        return Optional.of(nameServers.ask(server, name, "CNAME"));
      } catch (RefusedAnswer none) {
        return Optional.empty();
      }
    };
  }

  private static void addNotices(
      Settings settings, Journal journal, Followers followers, String name) {
    Set<String> causes = Set.copyOf(settings.listOf(name, "ON"));
    if (causes.stream().anyMatch(cause -> !cause.equals(FollowerNews.CHANGE))) {
      String after = settings.variable(VariableName.ofFollower(name, "HOLD_AFTER"));
      journal.addReader(
          new FollowerNotices(
              followers,
              name,
              causes,
              after.isEmpty() ? HOLD_AFTER : Duration.ofSeconds(Long.parseLong(after))));
    }
  }
}
