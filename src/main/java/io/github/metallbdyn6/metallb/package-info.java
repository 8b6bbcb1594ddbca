/**
 * Knows MetalLB's pods, and whether they must be restarted to take up a changed pool. Pure: no I/O,
 * no clock, no Camel, no Kubernetes.
 */
@NullMarked
package io.github.metallbdyn6.metallb;

import org.jspecify.annotations.NullMarked;
