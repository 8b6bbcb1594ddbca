/**
 * Compares an {@code IPAddressPool} with what it should hold. Pure: no I/O, no clock, no Camel, no
 * Kubernetes.
 */
@NullMarked
package io.github.metallbdyn6.pool;

import org.jspecify.annotations.NullMarked;
