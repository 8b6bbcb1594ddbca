/**
 * The only package that knows the cluster: the pool as a Kubernetes object, its Events, MetalLB's
 * pods, and what the API server's refusals mean. Everything goes through the fabric8 client that
 * camel-kubernetes uses too.
 */
@NullMarked
package io.github.metallbdyn6.kubernetes;

import org.jspecify.annotations.NullMarked;
