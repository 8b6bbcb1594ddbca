package io.github.metallbdyn6.flow;

import io.github.metallbdyn6.testbed.TestCluster;
import org.junit.jupiter.api.Test;

/** A cluster without MetalLB, or with its API server gone. */
class NoMetalLbTest extends WholeFlow {

  @Override
  TestCluster newCluster() {
    return TestCluster.withoutMetalLb();
  }

  @Test
  void saysThatMetalLbIsNotInstalled() {
    isp.givesAddress(ADDRESS_B);
    startProgram();

    awaitLog("the cluster has no IPAddressPool resource (metallb.io/v1beta1); install MetalLB");
  }

  @Test
  void saysThatTheApiServerCannotBeReached() {
    isp.givesAddress(ADDRESS_B);
    cluster.api().close();
    startProgram();

    awaitLog("the Kubernetes API server cannot be reached: ");
  }
}
