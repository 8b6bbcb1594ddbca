/**
 * Keeps a MetalLB {@code IPAddressPool} on the IPv6 prefix that the ISP delegates today.
 *
 * <p>The program is the folder {@code routes/}, read in order: {@code run-pass} finds the prefix
 * and has the pool follow it, {@code plan-pool} compares the address range with the live pool,
 * {@code patch-pool} writes the difference, {@code hand-over} moves services, {@code
 * restart-metallb} restarts an old MetalLB. The body of every exchange is the pass ({@code pass}).
 *
 * <p>Java holds what YAML cannot say well. Inside are values and decisions, without any I/O: {@code
 * ipv6}, {@code answer}, {@code pool}, {@code metallb}, {@code handover}, {@code pass}. Around them
 * stand, side by side, {@code kubernetes} (the only package that knows the cluster), {@code source}
 * and {@code report}. People and machines are served by {@code push}, {@code metrics}, {@code
 * status}, {@code health} and {@code management}, on {@code http}. {@code settings} reads what the
 * user wants; {@code routing} runs passes, checks the routes and takes over edited ones. This
 * package starts Camel.
 */
@NullMarked
package io.github.metallbdyn6;

import org.jspecify.annotations.NullMarked;
