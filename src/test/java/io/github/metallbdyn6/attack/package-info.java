/**
 * Attacks on the whole program, as it runs in its pod: by neighbours in the cluster, by the network
 * and by what they say. Each test is one row of {@code target/attacks.md}; its display name is the
 * attack in words.
 */
package io.github.metallbdyn6.attack;
