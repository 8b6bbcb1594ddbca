/**
 * Keeps a MetalLB {@code IPAddressPool} on the IPv6 prefix that the ISP delegates today.
 *
 * <p>The program is the folder {@code routes/}, read in order: {@code watch-prefix} asks a source
 * and judges its answer, {@code plan-pool} compares the wanted address range with the live pool,
 * {@code patch-pool} writes the difference, {@code reload-metallb} restarts MetalLB where that is
 * needed. Java holds what YAML cannot say well: {@code ipv6} and {@code pool} and {@code metallb}
 * are pure decisions, {@code kubernetes} is the only package that knows the cluster, {@code
 * settings} reads what the user wants, {@code routing} checks the routes and takes over edited
 * ones, and this package starts Camel.
 */
@NullMarked
package io.github.metallbdyn6;

import org.jspecify.annotations.NullMarked;
