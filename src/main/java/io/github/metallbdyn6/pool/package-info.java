/**
 * What an {@code IPAddressPool} holds, what it should hold, and the difference. Pure: no I/O, no
 * clock, no Camel, no Kubernetes.
 */
@NullMarked
package io.github.metallbdyn6.pool;

import org.jspecify.annotations.NullMarked;
