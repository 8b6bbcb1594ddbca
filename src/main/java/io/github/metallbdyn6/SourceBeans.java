package io.github.metallbdyn6;

import static java.util.Map.entry;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.github.metallbdyn6.ipv6.AddressRule;
import io.github.metallbdyn6.ipv6.AnswerJudge;
import io.github.metallbdyn6.ipv6.AnswerRule;
import io.github.metallbdyn6.kubernetes.IpAddressPool;
import io.github.metallbdyn6.kubernetes.NodeAddresses;
import io.github.metallbdyn6.kubernetes.PushMemory;
import io.github.metallbdyn6.push.PushRule;
import io.github.metallbdyn6.report.Trouble;
import io.github.metallbdyn6.settings.Setting;
import io.github.metallbdyn6.settings.Settings;
import io.github.metallbdyn6.source.CaFile;
import io.github.metallbdyn6.source.Confirmations;
import io.github.metallbdyn6.source.Credentials;
import io.github.metallbdyn6.source.DelegatedPrefix;
import io.github.metallbdyn6.source.JsonAnswer;
import io.github.metallbdyn6.source.NameServers;
import io.github.metallbdyn6.source.PrefixFile;
import io.github.metallbdyn6.source.RecentAnswers;
import io.github.metallbdyn6.source.SourceClient;
import io.github.metallbdyn6.source.SourcePolicy;
import io.github.metallbdyn6.source.SourceRest;
import io.github.metallbdyn6.source.Ubus;
import java.time.Clock;
import java.util.Map;

/** What the routes need to ask sources, and to find the prefix in what they say. */
final class SourceBeans {
  private SourceBeans() {}

  static Map<String, Object> of(
      Settings settings, KubernetesClient client, IpAddressPool pool, Clock clock) {
    AnswerRule answerRule =
        AnswerRule.of(
            Boolean.parseBoolean(settings.get(Setting.REQUIRE_GLOBAL)),
            settings.get(Setting.ALLOWED_PREFIXES));
    AddressRule addressRule =
        AddressRule.of(
            settings.get(Setting.HOST_RANGE),
            settings.get(Setting.SUBNET_OVERRIDE),
            settings.get(Setting.PREFIX_LENGTH));
    Credentials credentials = new Credentials(settings::variable);
    boolean dryRun = Boolean.parseBoolean(settings.get(Setting.DRY_RUN));
    PushMemory pushMemory = new PushMemory(pool, clock, dryRun);
    return Map.ofEntries(
        entry("answerJudge", new AnswerJudge(answerRule)),
        entry("addressRule", addressRule),
        entry(
            "sourcePolicy",
            new SourcePolicy(
                settings.sources(),
                addressRule,
                settings.quorum(),
                new DelegatedPrefix(addressRule),
                Trouble::reasonOf,
                pushMemory::isDisputable)),
        entry("sourceRest", new SourceRest(clock)),
        entry("confirmations", new Confirmations()),
        entry("strictJson", JsonAnswer.STRICT),
        entry(
            "sourceClient",
            new SourceClient(
                settings.requestTimeout(), CaFile.trust(settings.get(Setting.CA_FILE)))),
        entry("nameServers", new NameServers(settings.requestTimeout())),
        entry("recentAnswers", new RecentAnswers(System::nanoTime)),
        entry("credentials", credentials),
        entry("ubus", new Ubus(credentials)),
        entry("prefixFile", new PrefixFile()),
        entry("nodeAddresses", new NodeAddresses(client)),
        entry("pushRule", new PushRule(new AnswerJudge(answerRule), addressRule)),
        entry("pushMemory", pushMemory));
  }
}
