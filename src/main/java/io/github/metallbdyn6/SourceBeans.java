package io.github.metallbdyn6;

import io.github.metallbdyn6.answer.AddressRule;
import io.github.metallbdyn6.answer.AnswerJudge;
import io.github.metallbdyn6.answer.AnswerRule;
import io.github.metallbdyn6.kubernetes.IpAddressPool;
import io.github.metallbdyn6.kubernetes.NodeAddresses;
import io.github.metallbdyn6.kubernetes.PushedPrefixStore;
import io.github.metallbdyn6.push.PushRule;
import io.github.metallbdyn6.settings.Setting;
import io.github.metallbdyn6.settings.Settings;
import io.github.metallbdyn6.settings.TrustedCertificates;
import io.github.metallbdyn6.source.Credentials;
import io.github.metallbdyn6.source.DelegatedPrefix;
import io.github.metallbdyn6.source.JsonAnswer;
import io.github.metallbdyn6.source.NameServers;
import io.github.metallbdyn6.source.PrefixFile;
import io.github.metallbdyn6.source.SourceBackoff;
import io.github.metallbdyn6.source.SourceClient;
import io.github.metallbdyn6.source.SourcePolicy;
import io.github.metallbdyn6.source.Ubus;
import io.github.metallbdyn6.source.VyOs;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The beans by which the routes ask the sources, and judge what they answer. */
final class SourceBeans {
  private SourceBeans() {}

  static Map<String, Object> of(
      SharedParts shared, Supplier<Collection<IpAddressPool>> pools, AddressRule addressRule) {
    Settings settings = shared.settings();
    AnswerJudge judge =
        new AnswerJudge(
            AnswerRule.of(
                settings.is(Setting.REQUIRE_GLOBAL), settings.get(Setting.ALLOWED_PREFIXES)));
    Credentials credentials = new Credentials(settings::variable);
    PushedPrefixStore pushes = new PushedPrefixStore(pools, shared.clock(), settings.dryRun());
    Map<String, Object> beans = new HashMap<>();
    beans.put("answerJudge", judge);
    beans.put(
        "sourcePolicy",
        new SourcePolicy(
            settings.sources(),
            settings.quorum(),
            new DelegatedPrefix(addressRule),
            shared.explainer()::reasonOf,
            pushes::isDisputable));
    beans.put(
        "sourceBackoff",
        new SourceBackoff(settings.sourceBreak(), shared.clock(), System::nanoTime));
    beans.put("strictJson", JsonAnswer.STRICT);
    beans.put(
        "sourceClient",
        new SourceClient(
            settings.requestTimeout(), TrustedCertificates.trust(settings.get(Setting.CA_FILE))));
    beans.put("nameServers", new NameServers(settings.requestTimeout()));
    beans.put("credentials", credentials);
    beans.put("ubus", new Ubus(credentials));
    beans.put("vyos", new VyOs(credentials));
    beans.put("prefixFile", new PrefixFile());
    beans.put("nodeAddresses", new NodeAddresses(shared.client()));
    beans.put("pushRule", new PushRule(judge, addressRule));
    beans.put("pushMemory", pushes);
    return beans;
  }
}
