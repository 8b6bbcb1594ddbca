package io.github.metallbdyn6.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.github.metallbdyn6.ipv6.AddressRange;
import io.github.metallbdyn6.pool.PoolPlan;
import io.github.metallbdyn6.pool.PoolState;
import io.github.metallbdyn6.testbed.TestCluster;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Pools with anything in them, planned and patched through the real client: what is not ours comes
 * back from the API server byte for byte.
 */
class PatchedPoolsTest {
  private static final long SEED = 20_261_122;
  private static final int POOLS = 200;
  private static final int ROTATIONS = 1000;
  private static final List<String> FOREIGN =
      List.of(
          "192.0.2.0/28",
          "198.51.100.7-198.51.100.9",
          "FD00:DB8::/64",
          "fd00:db8:0:1::1 - fd00:db8:0:1::ff",
          "fe80::1/128",
          "junk",
          "");
  private static final ObjectMapper JSON = new ObjectMapper();

  private static TestCluster cluster;

  @BeforeAll
  static void startCluster() {
    cluster = TestCluster.fake();
  }

  @AfterAll
  static void stopCluster() throws Exception {
    cluster.close();
  }

  private static IpAddressPool pool() {
    return new IpAddressPool(cluster.client(), cluster.namespace(), TestCluster.POOL);
  }

  private static AddressRange range(int prefix) {
    return AddressRange.parseEntry("2001:db8:%x::1000-2001:db8:%x::1999".formatted(prefix, prefix))
        .orElseThrow();
  }

  @Test
  void keepForeignContentByteForByte() {
    Random random = new Random(SEED);
    for (int i = 0; i < POOLS; i++) {
      List<String> shuffled = new ArrayList<>(FOREIGN);
      Collections.shuffle(shuffled, random);
      List<String> foreign = shuffled.subList(0, random.nextInt(FOREIGN.size()));
      List<String> addresses = new ArrayList<>(foreign);
      addresses.add(random.nextInt(addresses.size() + 1), range(1).toString());
      cluster.createPool(addresses, Map.of("example.com/" + random.nextInt(99), "\u00fc " + i));
      cluster.patchPool("{\"spec\":{\"unknown\":{\"deep\":[1,null,{\"x\":\"%d\"}]}}}".formatted(i));
      JsonNode before = withoutOurs(cluster.pool());

      PoolState state = pool().patch(PoolPlan.of(pool().read(), range(2)), Optional.of("all"));

      assertThat(withoutOurs(cluster.pool())).as("seed %d, pool %d", SEED, i).isEqualTo(before);
      assertThat(state.addresses()).containsAll(foreign).contains(range(2).toString());
      assertThat(PoolPlan.of(pool().read(), range(2)).isChanged()).isFalse();
      cluster.deletePool();
    }
  }

  @Test
  void neverGrowOverManyRotations() {
    List<String> foreign = List.of("192.0.2.0/28", "fd00:db8::/64");
    cluster.createPool(foreign);
    for (int rotation = 1; rotation <= ROTATIONS; rotation++) {
      PoolState state = pool().patch(PoolPlan.of(pool().read(), range(rotation)), Optional.empty());
      assertThat(state.addresses())
          .containsExactly(foreign.get(0), foreign.get(1), range(rotation).toString());
    }
    cluster.deletePool();
  }

  /** The whole object without our entries, our annotations, and what the server counts. */
  private static JsonNode withoutOurs(GenericKubernetesResource resource) {
    ObjectNode json = JSON.valueToTree(resource);
    ObjectNode metadata = (ObjectNode) json.get("metadata");
    metadata.remove(List.of("resourceVersion", "generation", "managedFields"));
    ((ObjectNode) metadata.get("annotations"))
        .remove(List.of(PoolState.RECORD, PoolState.RELOAD_MARK, PoolState.RECENT_CHANGES));
    ArrayNode addresses = (ArrayNode) json.at("/spec/addresses");
    for (int i = addresses.size() - 1; i >= 0; i--) {
      if (addresses.get(i).asText().startsWith("2001:db8:")) {
        addresses.remove(i);
      }
    }
    return json;
  }
}
