/**
 * Which services have to change when the prefix does, how each of them gets to the new range with
 * its IPv4 address and its host part, and when the old range can go. Pure: no I/O, no clock, no
 * Camel, no Kubernetes.
 */
@NullMarked
package io.github.metallbdyn6.handover;

import org.jspecify.annotations.NullMarked;
