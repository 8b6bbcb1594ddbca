package io.github.metallbdyn6;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.github.metallbdyn6.ipv6.AddressRule;
import io.github.metallbdyn6.ipv6.AnswerRule;
import io.github.metallbdyn6.kubernetes.IpAddressPool;
import io.github.metallbdyn6.kubernetes.MetalLbPods;
import io.github.metallbdyn6.metallb.ReloadRule;
import io.github.metallbdyn6.report.PassLog;
import io.github.metallbdyn6.settings.Setting;
import io.github.metallbdyn6.settings.Settings;
import java.util.Map;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;

/**
 * What the routes refer to by name: the user's rules as pure decisions, and the two objects of the
 * cluster. Made here and not in YAML, which takes a pool that is named {@code 10} for a number.
 */
public final class RouteBeans {
  private RouteBeans() {}

  /** Returns the beans by the names that the routes use. */
  public static Map<String, Object> of(Settings settings, KubernetesClient client) {
    String namespace = settings.get(Setting.METALLB_NAMESPACE);
    String labelSelector = settings.get(Setting.METALLB_LABEL_SELECTOR);
    return Map.of(
        "kubernetesClient",
        client,
        "answerRule",
        AnswerRule.of(
            Boolean.parseBoolean(settings.get(Setting.REQUIRE_GLOBAL)),
            settings.get(Setting.ALLOWED_PREFIXES)),
        "addressRule",
        AddressRule.of(
            settings.get(Setting.HOST_RANGE),
            settings.get(Setting.SUBNET_OVERRIDE),
            settings.get(Setting.PREFIX_LENGTH)),
        "reloadRule",
        ReloadRule.of(
            settings.get(Setting.RELOAD),
            labelSelector,
            Integer.parseInt(settings.get(Setting.RELOAD_TIMEOUT))),
        "pool",
        new IpAddressPool(client, namespace, settings.get(Setting.METALLB_POOL)),
        "metallbPods",
        new MetalLbPods(client, namespace, labelSelector),
        "passLog",
        new PassLog(),
        "plansShown",
        MemoryIdempotentRepository.memoryIdempotentRepository(1));
  }
}
