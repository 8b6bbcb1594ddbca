/**
 * IPv6 values as the home network knows them: a delegated prefix, a subnet id, a host range, and
 * the address range that they make together (RFC 4291, section 2.5.4). Pure: no I/O, no clock, no
 * Camel, no Kubernetes.
 */
@NullMarked
package io.github.metallbdyn6.ipv6;

import org.jspecify.annotations.NullMarked;
