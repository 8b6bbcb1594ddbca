/**
 * The door for routers that tell their prefix, in the DynDNS style, and need not be asked: who may
 * call, how often, and what he is answered. The route {@code source-push} goes on from there.
 */
@NullMarked
package io.github.metallbdyn6.push;

import org.jspecify.annotations.NullMarked;
